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
  let last: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const now = () => {
    const done = last.then(() => (stopped ? undefined : work()));
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
      }, GATHERED);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await last;
    },
  };
}
