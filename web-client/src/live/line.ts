import { io, type Socket } from 'socket.io-client';
import type { ClientEvents, ServerEvents, Told, Topic } from '../../../gateway/realtime/contract.ts';

export type LineEvents = {
  /** The line is up, and the gateway has been told what to watch. */
  up(): void;
  down(): void;
  changed(topic: Told['topic']): void;
  signedOut(): void;
};
export type Line = { watch(topics: readonly Topic[]): void; close(): void };

/** Milliseconds before a line is tried again that the gateway itself has ended, and before what it did not take in is said again. */
const afterRefusal = 5_000;

/** The line to the gateway that serves this page. It comes up again by itself for as long as it is not closed. */
export function openLine(first: readonly Topic[], events: LineEvents): Line {
  let topics = first;
  let again: ReturnType<typeof setTimeout> | undefined;
  const socket: Socket<ServerEvents, ClientEvents> = io({ path: '/live/socket.io', transports: ['websocket'], reconnectionDelay: 1_000, reconnectionDelayMax: 30_000, randomizationFactor: 0.5 });
  const tell = () => {
    clearTimeout(again);
    socket.timeout(10_000).emit('watch', { topics }, (error, answer) => {
      if (error === null && 'watching' in answer) return events.up();
      events.down();
      // A line that stands is not made anew: what was not taken in is said again.
      if (socket.connected) again = setTimeout(tell, afterRefusal);
    });
  };
  const later = () => {
    events.down();
    if (socket.active) return;
    clearTimeout(again);
    again = setTimeout(() => socket.connect(), afterRefusal);
  };
  socket.on('connect', tell);
  socket.on('disconnect', later);
  socket.on('connect_error', later);
  socket.on('changed', ({ topic }) => events.changed(topic));
  socket.on('signed-out', () => events.signedOut());
  return {
    watch(now) {
      const gone = topics.filter((topic) => !now.includes(topic));
      topics = now;
      if (!socket.connected) return;
      if (gone.length > 0) socket.emit('unwatch', { topics: gone }, () => undefined);
      tell();
    },
    close() {
      clearTimeout(again);
      socket.off();
      socket.close();
    },
  };
}
