import type { Code } from '../codes.ts';

export type GuacdLoad = {
  readonly address: string;
  readonly reachable: boolean;
  /** Seats of the sessions that it carries now, of every gateway. */
  readonly taken: number;
};

/**
 * The guacd that shall carry a session: of those reachable, the one with the fewest seats taken that has room for it; of
 * equal ones the first. Gives the reason where there is none.
 * @param seats of each guacd; undefined: not limited
 */
export function chooseGuacd(guacds: readonly GuacdLoad[], weight: number, seats: number | undefined): { readonly address: string } | { readonly reason: Code } {
  const reachable = guacds.filter((guacd) => guacd.reachable);
  if (reachable.length === 0) return { reason: 'guacd-unreachable' };
  const roomy = reachable.filter(({ taken }) => seats === undefined || taken + weight <= seats);
  const [first, ...others] = roomy;
  if (first === undefined) return { reason: 'no-seat-free' };
  return { address: others.reduce((best, other) => (other.taken < best.taken ? other : best), first).address };
}
