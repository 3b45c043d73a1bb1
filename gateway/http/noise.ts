/** A minute, in milliseconds. */
const WINDOW = 60_000;
/** Keys remembered at once; beyond it nothing new is let through until the minute is over. */
const MOST_KEYS = 10_000;

/** Lets one of a kind through a minute, so that anybody's noise cannot fill the audit trail. */
export function createNoiseFilter({ clock }: { clock: { now(): Date } }): { first(kind: string): boolean } {
  let seen = new Set<string>();
  let since = 0;
  return {
    first(kind) {
      const now = clock.now().getTime();
      if (Math.abs(now - since) >= WINDOW) [seen, since] = [new Set(), now];
      if (seen.has(kind) || seen.size >= MOST_KEYS) return false;
      seen.add(kind);
      return true;
    },
  };
}
