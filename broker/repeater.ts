import type { Log } from './environment.ts';

/** Work that comes round again and again, never twice at once. */
export type Repeater = { start(): void; /** Waits for the round that is under way. */ stop(): Promise<void> };

/**
 * @param every from the end of one round to the next, in milliseconds
 * @param name what the operational log says when a round fails; the next round tries again
 */
export function createRepeater({ every, work, name, log }: { every: number; work: () => Promise<void>; name: string; log: Pick<Log, 'error'> }): Repeater {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  const next = () => {
    if (stopped) return;
    timer = setTimeout(() => {
      running = work()
        .catch((error: unknown) => log.error(name, { error }))
        .finally(next);
    }, every);
  };
  return {
    start: next,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
