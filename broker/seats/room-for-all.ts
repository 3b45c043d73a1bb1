import { whyNoSeat, type SeatAsk, type SeatCount } from './counts.ts';

/** Seats that those want who come before, by limit. */
export type SeatsWanted = {
  readonly total: number;
  /** In each of the own shares, by the number of names in its path. */
  readonly shares: Readonly<Record<number, number>>;
  readonly pool: number;
};

/**
 * Whether every limit has room for the one that asks and for all who come before, whatever these wait for: since the queue was last looked at, it may have
 * become free. Where it has not, the next look decides.
 */
export function hasRoomForAll(counts: readonly SeatCount[], ask: SeatAsk, wanted: SeatsWanted): boolean {
  return counts.every((count) => {
    const { seats, taken, depth } = count;
    if (count.scope === 'total') return totalHasRoom(count, ask, wanted);
    const before = count.scope === 'pool' ? wanted.pool : (wanted.shares[depth ?? 0] ?? 0);
    return taken + ask.weight + before <= seats;
  });
}

/**
 * What is guaranteed to the one that asks is taken from nobody outside of the share that guarantees it. Where more is guaranteed than is there (fewer seats,
 * or a new floor, since others sat down), it is asked of all.
 */
function totalHasRoom(total: SeatCount, ask: SeatAsk, { total: wanted, shares }: SeatsWanted): boolean {
  const by = total.taken + (total.kept ?? 0) <= total.seats ? guaranteeFor(total, ask.weight) : undefined;
  if (by !== undefined) return ask.weight + (shares[by.depth] ?? 0) <= by.seats;
  return whyNoSeat([{ ...total, own: Math.min(total.own ?? 0, ask.weight) }], { ...ask, weight: ask.weight + wanted }) === undefined;
}

/** The lowest share that guarantees so many seats, together with those below it, and how many these are; undefined: none does. */
export function guaranteeFor({ guarantees = [] }: SeatCount, weight: number): { readonly depth: number; readonly seats: number } | undefined {
  let seats = 0;
  for (const { depth, seats: more } of guarantees) {
    seats += more;
    if (seats >= weight) return { depth, seats };
  }
  return undefined;
}
