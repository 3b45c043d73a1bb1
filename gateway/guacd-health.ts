/** How long a guacd that was not reached counts as not reachable, in milliseconds. */
const AVOIDED = 30_000;
/** How often one of those is tried, in milliseconds. */
const TRIED_EVERY = 2_000;

export type GuacdHealthDeps = {
  readonly clock: { now(): Date };
  /** Whether something answers at that address. */
  readonly answers: (address: string) => Promise<boolean>;
  readonly triedEveryMs?: number;
};

/** Which guacd can be reached, as far as sessions have shown. */
export type GuacdHealth = {
  reachable(address: string): boolean;
  /** A session did not reach it. */
  failed(address: string): void;
  stop(): void;
};

/**
 * A guacd that was not reached is left out for 30 s, or until something answers there again. One that answers and then
 * fails a session within these 30 s once more is left out for all of them: it would always have the fewest sessions.
 */
export function createGuacdHealth({ clock, answers, triedEveryMs = TRIED_EVERY }: GuacdHealthDeps): GuacdHealth {
  const failedAt = new Map<string, number>();
  const clearedAt = new Map<string, number>();
  const tries = new Map<string, NodeJS.Timeout>();
  const within = (since: number | undefined) => since !== undefined && clock.now().getTime() - since < AVOIDED;

  const tryLater = (address: string) => {
    clearTimeout(tries.get(address));
    tries.set(address, setTimeout(() => void tryNow(address), triedEveryMs).unref());
  };
  const tryNow = async (address: string) => {
    const since = failedAt.get(address);
    if (!within(since)) return;
    const answered = await answers(address).catch(() => false);
    if (failedAt.get(address) !== since || !tries.has(address)) return;
    if (!answered) return tryLater(address);
    failedAt.delete(address);
    clearedAt.set(address, clock.now().getTime());
  };
  return {
    reachable: (address) => !within(failedAt.get(address)),
    failed(address) {
      failedAt.set(address, clock.now().getTime());
      if (!within(clearedAt.get(address))) tryLater(address);
    },
    stop() {
      for (const timer of tries.values()) clearTimeout(timer);
      tries.clear();
    },
  };
}
