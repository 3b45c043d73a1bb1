/**
 * Work that is asked for more often than it is done: one at a time, and once more where it was asked for meanwhile.
 */
export type Soon = {
  /** Within some milliseconds; errors are told. */
  soon(): void;
  /** At once, or after the one that is under way. Throws what the work throws. */
  now(): Promise<void>;
  /** Resolves when nothing runs any more; nothing begins after it. */
  stop(): Promise<void>;
};

/** Requests of so many milliseconds are one. */
const GATHERED = 20;

export function createSoon(work: () => Promise<void>, onError: (error: unknown) => void): Soon {
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const now = async () => {
    while (running !== undefined) await running.catch(() => undefined);
    if (stopped) return;
    running = work().finally(() => {
      running = undefined;
    });
    await running;
  };
  return {
    now,
    soon() {
      if (stopped || timer !== undefined) return;
      timer = setTimeout(() => {
        timer = undefined;
        now().catch(onError);
      }, GATHERED);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running?.catch(() => undefined);
    },
  };
}
