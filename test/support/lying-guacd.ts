import { createServer, type Socket } from 'node:net';
import { writeInstruction } from '../../gateway/relay/wire/instruction.ts';

/** A guacd that need not tell the truth: it shakes hands (unless told otherwise) and then sends whatever the test wants. */
export interface LyingGuacd {
  readonly host: string;
  readonly port: number;
  /** The connections so far, oldest first. */
  readonly connections: readonly LyingConnection[];
  /** The next connection, once it has come as far as this guacd lets it. */
  next(): Promise<LyingConnection>;
  stop(): Promise<void>;
}

export interface LyingConnection {
  /** Everything the gateway has sent. */
  received(): string;
  /** Resolves when the gateway has sent this text. Throws after `limit` ms. */
  until(text: string, limit?: number): Promise<void>;
  /** Resolves when the kernel has taken it. */
  send(bytes: string | Buffer): Promise<void>;
  stopReading(): void;
  /** Without a word. */
  destroy(): void;
  readonly closed: Promise<void>;
}

export interface Lies {
  /** What follows `select`; false for silence. Default: the `args` of guacd 1.3.0. */
  readonly args?: string | false;
  /** What follows `connect`; false for silence. Default: `ready` with an id. */
  readonly ready?: string | false;
}

/** The names that guacd 1.3.0 asks for. */
export const ARGS_1_3: Readonly<Record<'rdp' | 'vnc', readonly string[]>> = {
  rdp: [
    'hostname', 'port', 'domain', 'username', 'password', 'width', 'height', 'dpi', 'initial-program', 'color-depth', 'disable-audio', 'enable-printing',
    'printer-name', 'enable-drive', 'drive-name', 'drive-path', 'create-drive-path', 'disable-download', 'disable-upload', 'server-layout', 'security',
    'ignore-cert', 'static-channels', 'timezone', 'enable-sftp', 'recording-path', 'resize-method', 'enable-audio-input', 'read-only', 'disable-copy',
    'disable-paste',
  ],
  vnc: ['hostname', 'port', 'read-only', 'username', 'password', 'color-depth', 'cursor', 'enable-audio', 'enable-sftp', 'recording-path', 'disable-copy', 'disable-paste'],
};

/** As a secret: nobody but the gateway may ever see it. */
export const GUACD_CONNECTION_ID = '$8f2b1c7e-0000-4000-8000-secretsecret';

export async function startLyingGuacd({ args, ready }: Lies = {}): Promise<LyingGuacd> {
  const connections: LyingConnection[] = [];
  const waiting: ((connection: LyingConnection) => void)[] = [];
  let handed = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.once('close', () => sockets.delete(socket));
    const come = (connection: LyingConnection) => {
      connections.push(connection);
      waiting.shift()?.(connection);
    };
    converse(socket, { ...(args === undefined ? {} : { args }), ...(ready === undefined ? {} : { ready }) }, come);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The lying guacd has no port');
  return {
    host: '127.0.0.1',
    port: address.port,
    connections,
    next() {
      const index = handed++;
      const come = connections[index];
      return come === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(come);
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

function converse(socket: Socket, { args, ready }: Lies, come: (connection: LyingConnection) => void): void {
  let text = '';
  let answeredSelect = false;
  let answeredConnect = false;
  const listeners = new Set<() => void>();
  const connection: LyingConnection = {
    received: () => text,
    until: (wanted, limit = 5_000) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`guacd was not sent ${wanted} within ${limit} ms, but: ${text.slice(-500)}`)), limit);
        const look = () => {
          if (!text.includes(wanted)) return;
          clearTimeout(timer);
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
      }),
    send: (bytes) => new Promise((resolve) => socket.write(bytes, () => resolve())),
    stopReading: () => void socket.pause(),
    destroy: () => void socket.destroy(),
    closed: new Promise((resolve) => socket.once('close', () => resolve())),
  };
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    text += chunk.toString('utf8');
    const protocol = /^6\.select,3\.(rdp|vnc);/.exec(text)?.[1] as 'rdp' | 'vnc' | undefined;
    if (protocol !== undefined && !answeredSelect) {
      answeredSelect = true;
      if (args !== false) socket.write(args ?? writeInstruction('args', 'VERSION_1_3_0', ...ARGS_1_3[protocol]));
      else come(connection);
    }
    if (/;7\.connect,[^;]*;/.test(text) && !answeredConnect) {
      answeredConnect = true;
      if (ready !== false) socket.write(ready ?? writeInstruction('ready', GUACD_CONNECTION_ID));
      come(connection);
    }
    for (const listener of listeners) listener();
  });
}
