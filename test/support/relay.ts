import { createServer } from 'node:http';
import { WebSocket } from 'ws';
import {
  type ConnectionSettings,
  createRelay,
  type DisplaySize,
  type GuacdAddress,
  type Relay,
  type RelayAlarm,
  type RelayGrant,
  type RelayLimits,
  type SessionEnd,
} from '../../gateway/relay/index.ts';
import { writeInstruction } from '../../gateway/relay/wire/instruction.ts';

/** A relay behind a plain HTTP server, with a grant for whoever comes, and everything it reported. */
export interface RunningRelay {
  readonly relay: Relay;
  readonly url: string;
  readonly ends: readonly SessionEnd[];
  readonly alarms: readonly RelayAlarm[];
  readonly connected: () => number;
  /** Everything it logged, as JSON. */
  readonly logged: () => string;
  browse(options?: BrowseOptions): Promise<Browser>;
  /** The end of the session that is the `count`th to end. */
  end(count?: number): Promise<SessionEnd>;
  stop(): Promise<void>;
}

export interface RelayOptions {
  readonly guacd: GuacdAddress;
  readonly settings?: Partial<ConnectionSettings>;
  readonly size?: DisplaySize;
  readonly limits?: Partial<RelayLimits>;
  readonly forcedParameters?: Record<string, string>;
  readonly timezone?: string;
  readonly onConnected?: RelayGrant['onConnected'];
  readonly onEnded?: RelayGrant['onEnded'];
}

export interface BrowseOptions {
  readonly path?: string;
  readonly protocols?: string[];
  readonly autoPong?: boolean;
}

/** What a browser's page sees of the relay. */
export interface Browser {
  readonly socket: WebSocket;
  /** Messages as they came. */
  readonly messages: readonly string[];
  /** Their instructions; throws where a message does not consist of whole instructions. */
  instructions(): string[][];
  send(...instruction: readonly (string | number)[]): void;
  /** First instruction that fits, come or coming. */
  waitFor(what: (instruction: string[]) => boolean, limit?: number): Promise<string[]>;
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
}

export const VNC_SETTINGS: ConnectionSettings = { protocol: 'vnc', host: 'desktop.example', port: 5900, password: 'secret-password', parameters: {} };

export async function startRelay(options: RelayOptions): Promise<RunningRelay> {
  const { guacd, settings, size = { width: 1024, height: 768, dpi: 96 }, limits, forcedParameters, timezone } = options;
  const ends: SessionEnd[] = [];
  const alarms: RelayAlarm[] = [];
  const log: string[] = [];
  const listeners = new Set<() => void>();
  let connected = 0;
  const note = (message: string, fields?: Readonly<Record<string, unknown>>) => void log.push(JSON.stringify([message, fields]));
  const relay = createRelay({
    guacd,
    clock: { now: () => new Date() },
    log: { info: note, warn: note, error: note },
    ...(limits === undefined ? {} : { limits }),
    ...(forcedParameters === undefined ? {} : { forcedParameters }),
  });
  const server = createServer();
  server.on('upgrade', (request, socket, head) => {
    const { pathname } = new URL(request.url ?? '/', 'http://relay');
    const refused = /^\/refuse\/(\d+)$/.exec(pathname)?.[1];
    if (refused !== undefined) {
      relay.refuse(request, socket, head, Number(refused));
      return;
    }
    relay.open(request, socket, head, {
      leaseId: pathname.slice(1),
      settings: { ...VNC_SETTINGS, ...settings },
      size,
      ...(timezone === undefined ? {} : { timezone }),
      onConnected: () => {
        connected++;
        return options.onConnected?.();
      },
      onEnded: (end) => {
        ends.push(end);
        for (const listener of listeners) listener();
        return options.onEnded?.(end);
      },
      onAlarm: (alarm) => void alarms.push(alarm),
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The relay has no port');
  const url = `ws://127.0.0.1:${address.port}`;
  return {
    relay,
    url,
    ends,
    alarms,
    connected: () => connected,
    logged: () => log.join('\n'),
    browse: (how) => browse(url, how),
    end: (count = 1) =>
      until(() => ends[count - 1], 10_000, `end ${count} of a session`, listeners),
    async stop() {
      await relay.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

async function browse(url: string, { path = '/lease-1', protocols = ['guacamole'], autoPong = true }: BrowseOptions = {}): Promise<Browser> {
  const socket = new WebSocket(url + path, protocols, { perMessageDeflate: false, autoPong });
  const messages: string[] = [];
  const instructions: string[][] = [];
  let malformed: Error | undefined;
  const listeners = new Set<() => void>();
  const closed = new Promise<{ code: number; reason: string }>((resolve) => socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() })));
  socket.on('error', () => undefined);
  socket.on('message', (data: Buffer, isBinary) => {
    const message = data.toString('utf8');
    messages.push(message);
    try {
      if (isBinary) throw new Error('A binary message came');
      instructions.push(...readMessage(message));
    } catch (error) {
      malformed ??= error as Error;
    }
    for (const listener of listeners) listener();
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  return {
    socket,
    messages,
    instructions() {
      if (malformed !== undefined) throw malformed;
      return instructions;
    },
    send: (...instruction) => socket.send(writeInstruction(...instruction)),
    waitFor: (what, limit = 10_000) => until(() => instructions.find(what), limit, 'such instruction', listeners),
    closed,
  };
}

/** Reads a message the way Guacamole.WebSocketTunnel 1.5 does: UTF-16 units, whole instructions. */
export function readMessage(message: string): string[][] {
  const instructions: string[][] = [];
  let elements: string[] = [];
  let position = 0;
  while (position < message.length) {
    const dot = message.indexOf('.', position);
    const end = dot + 1 + Number.parseInt(message.slice(position, dot), 10);
    const terminator = message[end];
    if (dot < 0 || (terminator !== ';' && terminator !== ',')) throw new Error(`Not whole instructions: ${message.slice(position, position + 80)}`);
    elements.push(message.slice(dot + 1, end));
    if (terminator === ';') {
      instructions.push(elements);
      elements = [];
    }
    position = end + 1;
  }
  if (elements.length > 0) throw new Error('A message ended inside an instruction');
  return instructions;
}

function until<Found>(find: () => Found | undefined, limit: number, what: string, listeners: Set<() => void>): Promise<Found> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`No ${what} within ${limit} ms`)), limit);
    const look = () => {
      const found = find();
      if (found === undefined) return;
      clearTimeout(timer);
      listeners.delete(look);
      resolve(found);
    };
    listeners.add(look);
    look();
  });
}
