import type { Told } from './contract.ts';

/** Between two tellings in one room, in milliseconds. */
const PAUSE = 250;

/**
 * Tells a room at once, and then not again before the pause is over: what comes meanwhile is told together after it.
 * @param send is given what is told; without the lease where several were meant
 */
export function createPace(send: (room: string, told: Told) => void): { tell(room: string, told: Told): void; stop(): void } {
  const resting = new Map<string, { waiting: Told | undefined; readonly timer: NodeJS.Timeout }>();
  const tell = (room: string, told: Told) => {
    const rest = resting.get(room);
    if (rest !== undefined) return void (rest.waiting = rest.waiting === undefined || rest.waiting.leaseId === told.leaseId ? told : { topic: told.topic });
    resting.set(room, { waiting: undefined, timer: setTimeout(() => wake(room), PAUSE) });
    send(room, told);
  };
  const wake = (room: string) => {
    const waiting = resting.get(room)?.waiting;
    resting.delete(room);
    if (waiting !== undefined) tell(room, waiting);
  };
  return {
    tell,
    stop() {
      for (const { timer } of resting.values()) clearTimeout(timer);
      resting.clear();
    },
  };
}
