import type { Duplex } from 'node:stream';
import type { Server as SocketServer, Socket } from 'socket.io';
import type { SignedIn } from '../../broker/port.ts';
import type { ClientEvents, ServerEvents, Topic } from './contract.ts';
import { roomsOf } from './rooms.ts';

export type LiveServer = SocketServer<ClientEvents, ServerEvents>;
export type LiveSocket = Socket<ClientEvents, ServerEvents>;

/** How long a browser that is sent away may take to close, in milliseconds. */
const LEAVING = 1_000;

/** One page that listens, and for whom. */
export type Member = {
  readonly token: string;
  /** Who it is, with the rights last read. */
  person(): SignedIn;
  /** The topics it watches now. */
  watching(): readonly Topic[];
  watch(topics: readonly Topic[]): void;
  unwatch(topics: readonly Topic[]): void;
  /** Takes the rights it has now: rooms that they no longer open are left. */
  holds(person: SignedIn): void;
  /** Says that the sign-in is over and ends the connection. */
  signedOut(): void;
  /** Ends the connection of one that does not keep to the contract. */
  expel(): void;
};

export function createMember(socket: LiveSocket, { person: first, token, connection }: { person: SignedIn; token: string; connection: Duplex }): Member {
  let person = first;
  let entered = new Set<string>();
  const wanted = new Set<Topic>();
  const take = () => {
    const open = new Set([...wanted].flatMap((topic) => roomsOf(person, topic)));
    for (const room of entered) if (!open.has(room)) void socket.leave(room);
    for (const room of open) if (!entered.has(room)) void socket.join(room);
    entered = open;
  };
  return {
    token,
    person: () => person,
    watching: () => [...wanted].filter((topic) => roomsOf(person, topic).length > 0),
    watch(topics) {
      for (const topic of topics) wanted.add(topic);
      take();
    },
    unwatch(topics) {
      for (const topic of topics) wanted.delete(topic);
      take();
    },
    holds(now) {
      person = now;
      take();
    },
    signedOut() {
      socket.emit('signed-out');
      for (const room of entered) void socket.leave(room);
      socket.disconnect(true);
      setTimeout(() => connection.destroy(), LEAVING).unref();
    },
    expel() {
      socket.disconnect(true);
      connection.destroy();
    },
  };
}
