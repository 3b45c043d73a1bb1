import type { Check } from '../check.ts';

/**
 * The desktop's weight must fit into every limit, and the last seats of all are kept for class P0. Who already holds a seat
 * keeps it.
 */
export const seats: Check = {
  name: 'seats',
  reason: ({ policy, desktop, duty, occupancy, seats }) => {
    if (desktop === undefined || occupancy.mine) return undefined;
    const fits = (kept: number) => seats.every(({ scope, seats, taken }) => taken + desktop.weight <= seats - (scope === 'total' ? kept : 0));
    if (!fits(0)) return 'no-seat-free';
    return policy === undefined || duty === undefined || duty.class === 'P0' || fits(policy.capacity.reserve) ? undefined : 'seats-reserved';
  },
};
