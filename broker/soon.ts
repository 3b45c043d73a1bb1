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

/** Requests of so many milliseconds are one; of more where the work takes longer than that, so that it is never at it all the time. */
const GATHERED = 20;
const REST = 2;

export function createSoon(work: () => Promise<void>, onError: (error: unknown) => void): Soon {
  let last: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let took = 0;
  const timed = async () => {
    const from = performance.now();
    await work();
    took = performance.now() - from;
  };
  const now = () => {
    const done = last.then(() => (stopped ? undefined : timed()));
    last = done.catch(() => undefined);
    return done;
  };
  return {
    now,
    soon() {
      if (stopped || timer !== undefined) return;
      timer = setTimeout(() => {
        timer = undefined;
        now().catch(onError);
      }, Math.max(GATHERED, took * REST));
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await last;
    },
  };
}
