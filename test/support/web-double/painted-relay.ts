import type { Server } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Scene } from './scene.ts';

export type PaintedRelay = {
  /** Instructions that browsers have sent, pings left out. */
  readonly received: string[][];
  /** Milliseconds by which each ping is answered late; undefined: not at all. */
  pingDelay: number | undefined;
  /** Follows the size it is asked for, as RDP does; VNC keeps its own. */
  resizes: boolean;
  open(): number;
  closeAll(code: number, reason: string): void;
  /** Cuts every line without a word. */
  cutAll(): void;
};

const write = (...elements: (string | number)[]): string => `${elements.map((element) => `${[...String(element)].length}.${element}`).join(',')};`;

/** A relay whose desktop is painted by hand: a ground, a task bar, two windows. */
export function attachRelay(server: Server, scene: Scene): PaintedRelay {
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'guacamole' });
  const relay: PaintedRelay = {
    received: [],
    pingDelay: 0,
    resizes: true,
    open: () => sockets.clients.size,
    closeAll: (code, reason) => sockets.clients.forEach((socket) => socket.close(code, reason)),
    cutAll: () => sockets.clients.forEach((socket) => socket.terminate()),
  };
  server.on('upgrade', (request, socket, head) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (!pathname.startsWith('/relay/')) return void socket.destroy();
    sockets.handleUpgrade(request, socket, head, (client) => {
      const lease = scene.leases.get(pathname.split('/').at(-1) ?? '');
      if (lease === undefined || lease.state === 'ended') return client.close(1008, lease === undefined ? '516' : '523');
      const asks = scene.desktops.some(({ id, credentials }) => id === lease.desktopId && credentials === 'ask');
      if (scene.refusesRelays || (asks && !scene.credentialsGiven.delete(lease.id))) return client.close(1008, '771');
      carry(client, relay, Number(searchParams.get('width')), Number(searchParams.get('height')));
    });
  });
  return relay;
}

function carry(client: WebSocket, relay: PaintedRelay, width: number, height: number): void {
  const show = (toWidth: number, toHeight: number): void => client.send(painting(toWidth, toHeight) + write('sync', Date.now() % 1_000_000_000));
  client.on('message', (data: Buffer) => {
    const [opcode, ...parameters] = elementsOf(data.toString());
    if (opcode === '') {
      if (relay.pingDelay !== undefined) setTimeout(() => client.send(write('', ...parameters)), relay.pingDelay);
      return;
    }
    relay.received.push([opcode ?? '', ...parameters]);
    if (opcode === 'size' && relay.resizes) show(Number(parameters[0]), Number(parameters[1]));
  });
  setTimeout(() => (relay.resizes ? show(width, height) : show(1024, 768)), 150);
}

function painting(width: number, height: number): string {
  const fill = (x: number, y: number, w: number, h: number, red: number, green: number, blue: number): string => write('rect', 0, x, y, w, h) + write('cfill', 14, 0, red, green, blue, 255);
  const paper = fill(90, 80, Math.round(width * 0.55), Math.round(height * 0.7), 250, 250, 250) + fill(90, 80, Math.round(width * 0.55), 34, 210, 214, 224);
  const lines = Array.from({ length: 14 }, (_unused, row) => fill(120, 140 + row * 26, Math.round(width * 0.45) - ((row * 53) % 160), 9, 70, 72, 80)).join('');
  const terminal = fill(Math.round(width * 0.52), Math.round(height * 0.42), Math.round(width * 0.4), Math.round(height * 0.42), 18, 18, 24) + fill(Math.round(width * 0.52), Math.round(height * 0.42), Math.round(width * 0.4), 30, 60, 62, 74);
  return write('size', 0, width, height) + fill(0, 0, width, height, 38, 84, 124) + paper + lines + terminal + fill(0, height - 44, width, 44, 24, 30, 48) + fill(12, height - 34, 24, 24, 90, 160, 250);
}

function elementsOf(message: string): string[] {
  const elements: string[] = [];
  let at = 0;
  while (at < message.length) {
    const dot = message.indexOf('.', at);
    const end = dot + 1 + Number(message.slice(at, dot));
    elements.push(message.slice(dot + 1, end));
    at = end + 1;
  }
  return elements;
}
