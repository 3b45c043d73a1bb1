import net from 'node:net';
import tls from 'node:tls';
import type { GuacdAddress } from '../contract.ts';
import type { RelayLimits } from '../limits.ts';

/** The gateway's own connection to guacd: bytes in, bytes out, no decoding. */
export type GuacdLink = {
  write(text: string): void;
  /** Bytes written but not yet taken by the kernel. */
  bufferedBytes(): number;
  pause(): void;
  resume(): void;
  /**
   * Sends a last few instructions and closes; what guacd sends after that is thrown away. guacd frees the desktop within
   * milliseconds of a `disconnect`, and after 15 s without one. May be called again, to no effect.
   */
  close(farewell: string): void;
};

export type GuacdLinkEvents = {
  connected(): void;
  data(chunk: Buffer): void;
  /** Everything written has been taken. */
  drained(): void;
  /** The connection is over or was never made; called once, and not after `close`. `code` as in Node.js system errors, or `closed`, `timeout`. */
  lost(code: string): void;
};

export function openGuacdLink(address: GuacdAddress, limits: Pick<RelayLimits, 'guacdConnectMs' | 'closingMs'>, events: GuacdLinkEvents): GuacdLink {
  const socket = connect(address);
  let over = false;
  let connected = false;
  const connecting = setTimeout(() => lose('timeout'), limits.guacdConnectMs);

  socket.setNoDelay(true);
  socket.setKeepAlive(true, 30_000);
  socket.on(address.tls === undefined ? 'connect' : 'secureConnect', () => {
    clearTimeout(connecting);
    if (over) return;
    connected = true;
    events.connected();
  });
  socket.on('data', (chunk) => {
    if (!over) events.data(chunk);
  });
  socket.on('drain', () => {
    if (!over) events.drained();
  });
  socket.on('error', (error: NodeJS.ErrnoException) => lose(error.code ?? 'closed'));
  socket.on('close', () => lose('closed'));

  return {
    write(text) {
      if (!over && text !== '') socket.write(text);
    },
    bufferedBytes: () => socket.writableLength,
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
    close(farewell) {
      if (over) return;
      over = true;
      clearTimeout(connecting);
      if (!connected) {
        socket.destroy();
        return;
      }
      socket.resume();
      socket.end(farewell);
      const cut = setTimeout(() => socket.destroy(), limits.closingMs);
      socket.once('close', () => clearTimeout(cut));
    },
  };

  function lose(code: string): void {
    clearTimeout(connecting);
    socket.destroy();
    if (over) return;
    over = true;
    events.lost(code);
  }
}

function connect(address: GuacdAddress): net.Socket {
  const { host, port } = address;
  if (address.tls === undefined) return net.connect({ host, port });
  const { ca, servername = host } = address.tls;
  return tls.connect({ host, port, minVersion: 'TLSv1.2', ...(net.isIP(servername) === 0 ? { servername } : {}), ...(ca === undefined ? {} : { ca }) });
}
