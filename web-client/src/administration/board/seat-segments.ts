import type { Board } from '../../../../gateway/http/schemas/index.ts';

/** One piece of the bar, in seats. `free`: nobody sits there. */
export type Segment = { readonly kind: 'floor' | 'shared' | 'reserve' | 'all'; readonly name?: string; readonly free: boolean; readonly seats: number };

/** The seats side by side: what is guaranteed to each, what is shared, and the reserve; of each what is taken and then what is free. Shares within shares are not drawn twice. */
export function segmentsOf({ total, taken, reserve, shared, shares }: Board['seats']): Segment[] {
  if (total === undefined) return [{ kind: 'all' as const, free: false, seats: taken }].filter(({ seats }) => seats > 0);
  const top = shares.filter(({ floor, name }) => floor > 0 && !name.includes(' / '));
  const floors = top.flatMap(({ name, floor, taken: used }) => pieces('floor', Math.min(floor, used), floor, name));
  const ofShared = pieces('shared', shared?.taken ?? 0, shared?.seats ?? 0);
  const inReserve = pieces('reserve', reserve.seats - reserve.free, reserve.seats);
  return [...floors, ...ofShared, ...inReserve].filter(({ seats }) => seats > 0);
}

function pieces(kind: Segment['kind'], used: number, seats: number, name?: string): Segment[] {
  const named = name === undefined ? {} : { name };
  return [
    { kind, ...named, free: false, seats: Math.min(used, seats) },
    { kind, ...named, free: true, seats: Math.max(0, seats - used) },
  ];
}
