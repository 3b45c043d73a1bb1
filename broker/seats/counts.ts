import type { Code } from '../codes.ts';
import type { PriorityClass } from '../port.ts';

/**
 * One limit of seats (席), by weight, as it stands for one request; `taken` leaves out what the request itself would give back.
 * Of the total: `kept` are seats that are free and guaranteed to some organisation or unit, and `own` is how many of these are
 * guaranteed to the one that asks: by which shares, the lowest first, say `guarantees`. `depth` of a share: the number of names in its path.
 */
export type SeatCount = {
  readonly scope: 'total' | 'organisation' | 'unit' | 'pool' | 'guacd';
  readonly seats: number;
  readonly taken: number;
  readonly kept?: number;
  readonly own?: number;
  readonly guarantees?: readonly { readonly depth: number; readonly seats: number }[];
  readonly depth?: number;
};

export type SeatAsk = {
  readonly weight: number;
  readonly class: PriorityClass;
  /** False: surplus capacity only. */
  readonly due: boolean;
  /** Of the total, for P0 alone. */
  readonly reserve: number;
  /** Of the total, left by what is not due. */
  readonly surplusKeeps: number;
};

/**
 * Whether nothing but a seat of the total is missing. Who lacks one of the own share or pool holds back nobody elsewhere.
 */
export function lacksOfTotal(counts: readonly SeatCount[], ask: SeatAsk): boolean {
  const [total, others] = [counts.filter(({ scope }) => scope === 'total'), counts.filter(({ scope }) => scope !== 'total')];
  return whyNoSeat(others, ask) === undefined && whyNoSeat(total, ask) !== undefined;
}

/** Why these limits have no room, or nothing where they have. What is guaranteed to the one that asks needs nothing else. */
export function whyNoSeat(counts: readonly SeatCount[], { weight, class: priorityClass, due, reserve, surplusKeeps }: SeatAsk): Code | undefined {
  if (counts.some(({ seats, taken }) => taken + weight > seats)) return 'no-seat-free';
  const total = counts.find(({ scope }) => scope === 'total');
  if (total === undefined) return undefined;
  const beyond = weight - (total.own ?? 0);
  if (beyond <= 0) return undefined;
  const left = total.seats - total.taken - (total.kept ?? 0) - beyond;
  if (left < 0) return 'floors-of-others';
  const kept = priorityClass === 'P0' ? 0 : reserve;
  if (left < kept) return 'seats-reserved';
  return due || left >= kept + surplusKeeps ? undefined : 'class-not-due';
}
