import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { clientAddress, isTrusted, type TrustedProxies } from './auth/client-address.ts';

export type ListenerDeps = {
  readonly certificate: { readonly cert: string; readonly key: string };
  readonly connectionsPerAddress: number;
  readonly trustedProxies: TrustedProxies;
  handle(request: IncomingMessage, response: ServerResponse): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  readonly limits?: Partial<typeof LIMITS>;
};

export type Listener = {
  /** The port it listens on. */
  listen(port: number, host: string | undefined): Promise<number>;
  /** Accepts no more. Resolves when every connection is gone; those idle at once, the others after `patience` milliseconds. */
  close(patience: number): Promise<void>;
};

/** Milliseconds, bytes and counts; nobody with an ordinary browser on a bad line reaches one. */
const LIMITS = {
  handshakeTimeout: 10_000,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  /** Between two looks at the two above. */
  connectionsCheckingInterval: 5_000,
  keepAliveTimeout: 65_000,
  /** Between two bytes, before a request has become a WebSocket. */
  idle: 120_000,
  maxHeaderSize: 16_384,
  maxHeadersCount: 100,
  maxRequestsPerSocket: 10_000,
  connections: 20_000,
};

/** HTTPS, hard against the slow and the many. */
export function createListener({ certificate, connectionsPerAddress, trustedProxies, handle, upgrade, ...given }: ListenerDeps): Listener {
  const limits = { ...LIMITS, ...given.limits };
  const server = createServer(
    {
      ...certificate,
      minVersion: 'TLSv1.2',
      handshakeTimeout: limits.handshakeTimeout,
      headersTimeout: limits.headersTimeout,
      requestTimeout: limits.requestTimeout,
      keepAliveTimeout: limits.keepAliveTimeout,
      connectionsCheckingInterval: limits.connectionsCheckingInterval,
      maxHeaderSize: limits.maxHeaderSize,
      requireHostHeader: true,
      rejectNonStandardBodyWrites: true,
    },
    handle,
  );
  server.maxHeadersCount = limits.maxHeadersCount;
  server.maxRequestsPerSocket = limits.maxRequestsPerSocket;
  server.maxConnections = limits.connections;
  server.setTimeout(limits.idle);
  server.on('upgrade', (request, socket: Duplex, head) => {
    // Its own life begins: silence is judged by the relay's heartbeat from here.
    (socket as TLSSocket).setTimeout(0);
    upgrade(request, socket, head);
  });
  server.on('clientError', answerUnreadable);
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  limitPerAddress(server, connectionsPerAddress, trustedProxies);
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });

  return {
    async listen(port, host) {
      await new Promise<void>((done, fail) => {
        server.once('error', fail);
        server.listen({ port, ...(host !== undefined && { host }) }, () => {
          server.off('error', fail);
          done();
        });
      });
      return (server.address() as AddressInfo).port;
    },
    async close(patience) {
      const closed = new Promise<void>((done) => server.close(() => done()));
      server.closeIdleConnections();
      // Not closeAllConnections: it does not know of WebSockets.
      const timer = setTimeout(() => sockets.forEach((socket) => socket.destroy()), patience);
      await closed;
      clearTimeout(timer);
    },
  };
}

/** What the HTTP parser could not read never becomes a request, so it is answered here, without a body. */
function answerUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function limitPerAddress(server: Server, most: number, trusted: TrustedProxies): void {
  const open = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const address = clientAddress(socket.remoteAddress, undefined, []);
    if (isTrusted(address, trusted)) return;
    const count = (open.get(address) ?? 0) + 1;
    open.set(address, count);
    socket.once('close', () => {
      const left = open.get(address)! - 1;
      if (left === 0) open.delete(address);
      else open.set(address, left);
    });
    if (count > most) socket.destroy();
  });
}
