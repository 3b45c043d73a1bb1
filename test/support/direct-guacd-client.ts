import { connect, type Socket } from 'node:net';

/** Opcode and arguments. */
export type Instruction = readonly [opcode: string, ...args: string[]];

export interface DirectSession {
  /** guacd's id of the connection, by which others may join it. */
  readonly id: string;
  /** Names of the parameters that guacd asked for. */
  readonly parameterNames: readonly string[];
  /** Every instruction since the handshake, oldest first, `blob`s and all. */
  readonly received: readonly Instruction[];
  /** The same as the bytes that came. */
  bytes(): Buffer;
  send(...instruction: Instruction): void;
  /** The first instruction, received already or within `limit` ms, that fits. Throws where none does. */
  waitFor(what: (instruction: Instruction) => boolean, limit?: number): Promise<Instruction>;
  /** Resolves when nothing but `sync` and `nop` has come for `span` ms. */
  untilQuiet(span?: number): Promise<void>;
  /** Decoded contents of the stream that an instruction (`clipboard`, `file`, `body`, …) opened, once it has ended. */
  contentsOf(opener: Instruction, limit?: number): Promise<Buffer>;
  /** Leaves in order, so that guacd ends the connection at once. */
  close(): Promise<void>;
}

export interface DirectSessionOptions {
  readonly host: string;
  readonly port: number;
  /** `vnc`, `rdp`, or the id of a connection to join. */
  readonly select: string;
  /** Connection parameters by guacd's names; what is left away is sent empty. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly width?: number;
  readonly height?: number;
  readonly audio?: readonly string[];
}

/**
 * Speaks to guacd without the product in between and permits everything: it shows what *would* arrive (the control
 * experiment). It acknowledges every `sync` and every stream, so that nothing is held back.
 */
export async function openDirectSession(options: DirectSessionOptions): Promise<DirectSession> {
  const { host, port, select, parameters = {}, width = 1024, height = 768, audio = [] } = options;
  const link = await openLink(host, port);
  link.send('select', select);
  const [, version = '', ...names] = await link.waitFor(([opcode]) => opcode === 'args' || opcode === 'error');
  link.send('size', `${width}`, `${height}`, '96');
  link.send('audio', ...audio);
  link.send('video');
  link.send('image', 'image/png', 'image/jpeg', 'image/webp');
  link.send('connect', version, ...names.map((name) => parameters[name] ?? ''));
  const [opcode, id = '', ...rest] = await link.waitFor((instruction) => ['ready', 'error'].includes(instruction[0]));
  if (opcode !== 'ready') throw new Error(`guacd refused: ${[id, ...rest].join(' ')}`);
  link.forget((instruction) => instruction[0] === 'ready');
  const { received, send, waitFor, untilQuiet, contentsOf, close } = link;
  return { id, parameterNames: names, received, bytes: () => afterHandshake(link.bytes()), send, waitFor, untilQuiet, contentsOf, close };
}

function afterHandshake(bytes: Buffer): Buffer {
  return bytes.subarray(bytes.indexOf(';', bytes.indexOf('5.ready,')) + 1);
}

interface Link extends Omit<DirectSession, 'id' | 'parameterNames'> {
  /** Drops what was received up to and with the first instruction that fits. */
  forget(last: (instruction: Instruction) => boolean): void;
}

async function openLink(host: string, port: number): Promise<Link> {
  const socket = connect(port, host);
  await new Promise((up, fail) => socket.once('connect', up).once('error', fail));
  const received: Instruction[] = [];
  const chunks: Buffer[] = [];
  const listeners = new Set<() => void>();
  let lastBusy = performance.now();

  const send = (...instruction: Instruction) => void socket.write(encode(instruction));
  const hear = (instruction: Instruction) => {
    const [opcode, first = ''] = instruction;
    received.push(instruction);
    if (opcode !== 'sync' && opcode !== 'nop') lastBusy = performance.now();
    if (opcode === 'sync') send('sync', first);
    if (['clipboard', 'file', 'pipe', 'audio', 'video', 'blob'].includes(opcode)) send('ack', first, 'OK', '0');
    // An object's body is announced with the object first and its stream second.
    if (opcode === 'body') send('ack', instruction[2] ?? '', 'OK', '0');
    for (const listener of listeners) listener();
  };
  receive(socket, chunks, hear);

  const until = async <T>(find: () => T | undefined, limit: number, what: string): Promise<T> => {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const look = () => {
      const found = find();
      if (found !== undefined) resolve(found);
    };
    const timer = setTimeout(() => reject(new Error(`No ${what} within ${limit} ms`)), limit);
    const closed = () => reject(new Error(`guacd closed before ${what}: ${received.slice(-3).join(' | ')}`));
    socket.once('close', closed);
    listeners.add(look);
    look();
    return promise.finally(() => {
      clearTimeout(timer);
      socket.off('close', closed);
      listeners.delete(look);
    });
  };

  return {
    received,
    bytes: () => Buffer.concat(chunks),
    send,
    forget: (last) => void received.splice(0, received.findIndex(last) + 1),
    waitFor: (what, limit = 60_000) => until(() => received.find(what), limit, 'such instruction'),
    untilQuiet: async (span = 500) => {
      while (performance.now() - lastBusy < span) await new Promise((done) => setTimeout(done, 20));
    },
    contentsOf: async (opener, limit = 60_000) => {
      const stream = opener[0] === 'body' ? opener[2] : opener[1];
      const following = () => received.slice(received.indexOf(opener) + 1).filter(([, index]) => index === stream);
      await until(() => following().find(([opcode]) => opcode === 'end'), limit, 'end of the stream');
      const blobs = following().slice(0, following().findIndex(([opcode]) => opcode === 'end'));
      return Buffer.concat(blobs.filter(([opcode]) => opcode === 'blob').map(([, , data = '']) => Buffer.from(data, 'base64')));
    },
    close: async () => {
      if (socket.destroyed) return;
      const closed = new Promise((done) => socket.once('close', done));
      send('disconnect');
      socket.end();
      await closed;
    },
  };
}

/** Elements are `length.value`, in code points, joined by commas and ended by a semicolon. */
function encode(instruction: Instruction): string {
  return `${instruction.map((element) => `${Array.from(element).length}.${element}`).join(',')};`;
}

/** Cuts the stream into instructions. It trusts guacd: this is a measuring device, not a guard. */
function receive(socket: Socket, chunks: Buffer[], hear: (instruction: Instruction) => void): void {
  let rest: string[] = [];
  let instruction: [string, ...string[]] | undefined;
  const decoder = new TextDecoder();
  socket.on('error', () => undefined);
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    const points = [...rest, ...Array.from(decoder.decode(chunk, { stream: true }))];
    let from = 0;
    for (;;) {
      const dot = points.indexOf('.', from);
      const end = dot + 1 + Number(points.slice(from, dot).join(''));
      if (dot < 0 || points.length <= end) break;
      const element = points.slice(dot + 1, end).join('');
      instruction = instruction ? [...instruction, element] : [element];
      if (points[end] === ';') {
        hear(instruction);
        instruction = undefined;
      }
      from = end + 1;
    }
    rest = points.slice(from);
  });
}
