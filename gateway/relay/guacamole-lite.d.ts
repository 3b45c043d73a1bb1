/** guacamole-lite 1.2.0 has no types of its own: this much of it is used, by lite-frame.ts alone. */
declare module 'guacamole-lite' {
  import { EventEmitter } from 'node:events';
  import type { ServerOptions, WebSocketServer } from 'ws';
  import type ClientConnection from 'guacamole-lite/lib/ClientConnection.js';

  class Server extends EventEmitter {
    constructor(
      wsOptions: Omit<ServerOptions, 'port'> & { port: number | null; autoPong?: boolean; closeTimeout?: number },
      guacdOptions: Readonly<Record<string, unknown>>,
      clientOptions: Readonly<Record<string, unknown>>,
      callbacks: Readonly<Record<string, unknown>>,
    );
    readonly webSocketServer: WebSocketServer;
    readonly activeConnections: Map<number, ClientConnection>;
    connectionsCount: number;
    sigTermHandler: ((signal: NodeJS.Signals) => void) | null;
    sigIntHandler: ((signal: NodeJS.Signals) => void) | null;
    close(): void;
  }
  export default Server;
}

declare module 'guacamole-lite/lib/ClientConnection.js' {
  import { EventEmitter } from 'node:events';
  import type { WebSocket } from 'ws';

  export type ClientOptions = Readonly<Record<string, unknown>>;
  export type ConnectionRequest = { readonly connection: { readonly type: string; readonly settings: Readonly<Record<string, unknown>> } };

  class ClientConnection<Options extends ClientOptions = ClientOptions> extends EventEmitter {
    constructor(
      clientOptions: Options,
      connectionId: number,
      webSocket: WebSocket,
      query: Record<string, unknown>,
      callbacks: { processConnectionSettings(settings: unknown, callback: (error: unknown, settings: unknown) => void): void },
    );
    readonly STATE_OPEN: number;
    readonly state: number;
    readonly clientOptions: Options;
    readonly connectionId: number;
    readonly webSocket: WebSocket;
    /** `connection` holds the merged settings. */
    readonly connectionSettings: { readonly connection: Readonly<Record<string, unknown>> };
    /** Closed together with the connection. */
    guacdClient?: { close(): void };
    decryptToken(): ConnectionRequest;
    connect(): void;
    send(message: Buffer | string): void;
    sendMessageToGuacd(message: Buffer): void;
    close(error?: Error): void;
  }
  export default ClientConnection;
}
