import type { Estimate } from '../port.ts';

/** Fewer seats than these that became free lately tell nothing. */
const ENOUGH = 5;
/** 80 % of a normal distribution lie within so many standard deviations. */
const EIGHT_OF_TEN = 1.2816;

export type Outlook = {
  /** Seats of those before and the own one. */
  readonly seatsNeeded: number;
  /** Seats that became free by themselves in the window. */
  readonly freed: number;
  readonly windowSeconds: number;
  /** When each seat becomes free at the latest, in any order: one for each seat. */
  readonly latest: readonly Date[];
  /** Until then sessions yield to this very place. */
  readonly yieldsBy: Date | undefined;
  readonly now: Date;
};

/**
 * When a seat is likely to be there. Seats become free one by one at the pace of the last hours: the time until the n-th one then has a gamma
 * distribution, whose pace is itself known only from what was counted; both uncertainties are in the range (Wilson and Hilferty's approximation).
 * It is never later than the time at which so many leases are over in any case.
 */
export function estimateOf({ seatsNeeded, freed, windowSeconds, latest, yieldsBy, now }: Outlook): Estimate {
  if (yieldsBy !== undefined) return { kind: 'at-the-latest', by: yieldsBy };
  const bound = latest.toSorted((one, other) => one.getTime() - other.getTime())[seatsNeeded - 1];
  if (freed < ENOUGH) return bound === undefined ? { kind: 'unknown' } : { kind: 'at-the-latest', by: bound };
  const spread = (1 / seatsNeeded + 1 / freed) / 9;
  const quantile = (z: number) => (seatsNeeded * Math.max(0, 1 - 1 / (9 * seatsNeeded) + z * Math.sqrt(spread)) ** 3 * windowSeconds) / freed;
  const at = (seconds: number) => {
    const time = now.getTime() + seconds * 1000;
    return new Date(bound === undefined ? time : Math.min(time, Math.max(now.getTime(), bound.getTime())));
  };
  return { kind: 'between', from: at(quantile(-EIGHT_OF_TEN)), to: at(quantile(EIGHT_OF_TEN)), seats: freed };
}
