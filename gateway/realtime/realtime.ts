import { createServer, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { Server } from 'socket.io';
import { WebSocketServer } from 'ws';
import { Refusal, type Broker, type Change, type Code } from '../../broker/port.ts';
import type { Authenticated } from '../auth/authenticate.ts';
import type { Log } from '../log/index.ts';
import { admit, PATH, turnAway, type AdmissionDeps } from './admission.ts';
import { converse } from './conversation.ts';
import { limitFlood, type Line } from './flood.ts';
import { createMember, type LiveServer, type LiveSocket, type Member } from './member.ts';
import { createPace } from './pace.ts';
import { createPlaces } from './places.ts';
import { tellings } from './rooms.ts';
import { createStanding } from './standing.ts';

/** Bytes, milliseconds. */
const LINE = { maxHttpBufferSize: 4_096, pingInterval: 20_000, pingTimeout: 10_000, connectTimeout: 5_000 };
/** Upgrades that may be under examination at once. */
const MOST_PENDING = 256;

export type RealtimeDeps = AdmissionDeps & { readonly broker: Pick<Broker, 'signIns' | 'onChanged'>; readonly log: Log };

/** Tells the pages that are open what has changed; what it is now they ask by HTTP, like everybody. */
export type Realtime = {
  /** For an upgrade of the path {@link PATH}. */
  upgrade(request: IncomingMessage, connection: Duplex, head: Buffer): void;
  /** Everything that can be said to it. */
  readonly server: LiveServer;
  close(): Promise<void>;
};

type Admitted = Authenticated & { readonly connection: Duplex };

export function createRealtime({ broker, log, ...deps }: RealtimeDeps): Realtime {
  const server: LiveServer = new Server({ ...LINE, path: PATH, transports: ['websocket'], serveClient: false, perMessageDeflate: false, httpCompression: false, wsEngine: WebSocketServer });
  // A server that never listens: requests and upgrades reach the live line through `upgrade` below and in no other way.
  server.attach(createServer());
  const admitted = new WeakMap<IncomingMessage, Admitted>();
  const members = new Set<Member>();
  const places = createPlaces();
  const standing = createStanding({ signIns: broker.signIns, members, log });
  const pace = createPace((room, told) => (room === EVERYBODY ? server : server.to(room)).emit('changed', told));
  let pending = 0;

  const stopListening = broker.onChanged((change) => {
    if (change.topic === 'everything') {
      standing.look();
      return pace.tell(EVERYBODY, { topic: change.topic });
    }
    if (change.topic === 'person' && change.personId !== undefined) standing.personChanged(change.personId);
    for (const { room, told } of heardHere(server, change)) pace.tell(room, told);
  });
  server.engine.on('connection', (line: Line & { readonly request: IncomingMessage }) => limitFlood(line, () => admitted.get(line.request)?.connection.destroy()));
  server.use((socket, next) => next(admitted.has(socket.request) ? undefined : new Error('sign-in-required')));
  server.on('connection', (socket: LiveSocket) => {
    const member = createMember(socket, admitted.get(socket.request)!);
    members.add(member);
    socket.on('disconnect', () => members.delete(member));
    converse(socket, member, { signIns: broker.signIns, log });
  });
  standing.start();

  async function examine(request: IncomingMessage, connection: Duplex, head: Buffer): Promise<void> {
    const asking = await admit(request, deps);
    const { signInId } = asking.person;
    if (connection.destroyed) return;
    if (!places.take(signInId)) throw new Refusal('service-unavailable');
    connection.once('close', () => places.leave(signInId));
    admitted.set(request, { ...asking, connection });
    server.engine.handleUpgrade(request, connection, head);
  }

  return {
    server,
    upgrade(request, connection, head) {
      connection.on('error', () => connection.destroy());
      if (pending >= MOST_PENDING) return turnAway(connection, 'service-unavailable');
      pending += 1;
      examine(request, connection, head)
        .catch((error: unknown) => turnAway(connection, codeOf(error, log)))
        .finally(() => (pending -= 1));
    },
    async close() {
      stopListening();
      pace.stop();
      await standing.stop();
      await server.close();
    },
  };
}

const EVERYBODY = 'everybody';

function heardHere(server: LiveServer, change: Change): { room: string; told: ReturnType<typeof tellings>[number]['told'] }[] {
  const { rooms } = server.sockets.adapter;
  return tellings(change).flatMap(({ rooms: meant, told }) => meant.filter((room) => rooms.has(room)).map((room) => ({ room, told })));
}

function codeOf(error: unknown, log: Log): Code {
  if (error instanceof Refusal) return error.code;
  log.error('a live connection could not be opened', { error });
  return 'internal-error';
}
