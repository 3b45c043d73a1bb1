import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import Server from 'guacamole-lite';
import ClientConnection, { type ClientOptions, type ConnectionRequest } from 'guacamole-lite/lib/ClientConnection.js';
import type { WebSocket } from 'ws';
import type { ConnectionSettings, DisplaySize } from './contract.ts';
import type { GuacdParameters } from './guacd/connection-parameters.ts';
import { webSocketCloseCode } from './guacamole-status.ts';
import type { RelayLimits } from './limits.ts';
import { isProperUpgrade, SUBPROTOCOL } from './proper-upgrade.ts';

/**
 * The frame of the relay: guacamole-lite's server and connection, and the only file that imports it. Its part is the
 * lifecycle of a browser's connection and the merging of its settings; what must not be used of it is overridden here.
 */
export type BrowserFrame = {
  /** Completes the WebSocket handshake. Undefined when it is invalid, which is answered in plain HTTP, and when the line is already cut. */
  accept(upgrade: Upgrade, wanted: WantedConnection, events: BrowserEvents): BrowserConnection | undefined;
  /** Completes it and closes at once with a Guacamole status, so that the page learns why. */
  refuse(upgrade: Upgrade, status: number): void;
  close(): void;
};

export type Upgrade = { readonly request: IncomingMessage; readonly socket: Duplex; readonly head: Buffer };

export type WantedConnection = {
  readonly protocol: ConnectionSettings['protocol'];
  readonly parameters: GuacdParameters;
  readonly size: DisplaySize;
  readonly timezone?: string;
};

export type BrowserEvents = {
  message(text: Buffer): void;
  /** A binary message, or a frame that WebSocket forbids (RFC 6455). */
  invalid(code: 'not-text' | 'message-invalid'): void;
  /** Something sent has been taken by the kernel. */
  drained(): void;
  alive(): void;
  /** The connection is over, by whomever. */
  closed(): void;
};

export type BrowserConnection = {
  /** The settings as guacamole-lite merged them. */
  readonly settings: unknown;
  /** One text message: whole instructions. */
  send(message: Buffer | string): void;
  /** Bytes sent but not yet taken by the kernel. */
  bufferedBytes(): number;
  pause(): void;
  resume(): void;
  ping(): void;
  /** What is to be closed together with the connection. */
  carries(link: { close(): void }): void;
  close(status: number): void;
};

export function createBrowserFrame(limits: RelayLimits): BrowserFrame {
  const server = createServer(limits);
  return {
    accept(upgrade, wanted, events) {
      const webSocket = upgradeToWebSocket(server, upgrade);
      if (webSocket === undefined) return undefined;
      const id = ++server.connectionsCount;
      const connection = new RelayConnection({ ...LITE_OPTIONS, wanted, events, limits }, id, webSocket, { ...wanted.size }, KEEP_SETTINGS);
      server.activeConnections.set(id, connection);
      connection.once('close', () => {
        server.activeConnections.delete(id);
        events.closed();
      });
      connection.connect();
      return {
        settings: connection.connectionSettings.connection,
        send: (message) => connection.send(message),
        bufferedBytes: () => webSocket.bufferedAmount,
        pause: () => webSocket.pause(),
        resume: () => webSocket.resume(),
        ping: () => webSocket.ping(),
        carries(link) {
          connection.guacdClient = link;
        },
        close: (status) => connection.closeWith(status),
      };
    },
    refuse(upgrade, status) {
      const webSocket = upgradeToWebSocket(server, upgrade);
      webSocket?.on('error', ignore);
      webSocket?.close(webSocketCloseCode(status), String(status));
    },
    close: () => server.close(),
  };
}

/** guacamole-lite's server without its listener on every connection, its hold on SIGTERM and SIGINT, and its log. */
function createServer(limits: RelayLimits): Server {
  const server = new Server(
    {
      noServer: true,
      port: null,
      perMessageDeflate: false,
      maxPayload: limits.maxMessageBytes,
      clientTracking: false,
      autoPong: false,
      closeTimeout: limits.closingMs,
      handleProtocols: () => SUBPROTOCOL,
    },
    {},
    LITE_OPTIONS,
    {},
  );
  server.webSocketServer.removeAllListeners('connection');
  if (server.sigTermHandler !== null) process.removeListener('SIGTERM', server.sigTermHandler);
  if (server.sigIntHandler !== null) process.removeListener('SIGINT', server.sigIntHandler);
  return server;
}

function upgradeToWebSocket(server: Server, { request, socket, head }: Upgrade): WebSocket | undefined {
  socket.on('error', ignore);
  if (!isProperUpgrade(request)) {
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', () => socket.destroy());
    return undefined;
  }
  let opened: WebSocket | undefined;
  server.webSocketServer.handleUpgrade(request, socket, head, (webSocket) => {
    opened = webSocket;
  });
  return opened;
}

type RelayOptions = ClientOptions & { readonly wanted: WantedConnection; readonly events: BrowserEvents; readonly limits: RelayLimits };

/** Has no fields of its own: guacamole-lite's constructor calls what is overridden here before they would be set. */
class RelayConnection extends ClientConnection<RelayOptions> {
  /** In place of a token: the settings come from the lease. */
  override decryptToken(): ConnectionRequest {
    const { protocol, parameters, timezone } = this.clientOptions.wanted;
    return { connection: { type: protocol, settings: { ...parameters, ...(timezone === undefined ? {} : { timezone }) } } };
  }

  /** In place of guacamole-lite's own client of guacd. */
  override connect(): void {
    const { events, limits } = this.clientOptions;
    this.webSocket.on('message', (message: Buffer, isBinary) => {
      if (isBinary) events.invalid('not-text');
      else this.sendMessageToGuacd(message);
    });
    this.webSocket.on('error', () => events.invalid('message-invalid'));
    this.webSocket.on('close', () => this.close());
    this.webSocket.on('pong', events.alive);
    this.webSocket.on('ping', (data) => {
      if (this.webSocket.bufferedAmount < limits.browserBufferCapBytes) this.webSocket.pong(data);
    });
  }

  override sendMessageToGuacd(message: Buffer): void {
    if (this.state === this.STATE_OPEN) this.clientOptions.events.message(message);
  }

  override send(message: Buffer | string): void {
    if (this.state === this.STATE_OPEN) this.webSocket.send(message, { binary: false, compress: false }, this.clientOptions.events.drained);
  }

  /** Closes with a Guacamole status, as `Guacamole.WebSocketTunnel` reads it, and then the way guacamole-lite does. */
  closeWith(status: number): void {
    if (this.webSocket.readyState === this.webSocket.OPEN) this.webSocket.close(webSocketCloseCode(status), String(status));
    this.webSocket.resume();
    this.close();
  }
}

const KEEP_SETTINGS = {
  processConnectionSettings(settings: unknown, callback: (error: unknown, settings: unknown) => void): void {
    callback(undefined, settings);
  },
};

/** No default of guacamole-lite's (they ask for audio), no log of its own (it holds passwords), nothing but the display's size beside the settings. */
const LITE_OPTIONS = {
  maxInactivityTime: 0,
  log: { level: 0, stdLog: ignore, errorLog: ignore },
  connectionDefaultSettings: { rdp: {}, vnc: {} },
  allowedUnencryptedConnectionSettings: { rdp: ['width', 'height', 'dpi'], vnc: ['width', 'height', 'dpi'] },
};

function ignore(): void {}
