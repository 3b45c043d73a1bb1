import type { Check } from '../check.ts';

/** The desktop's weight must fit into every limit. Who already holds a seat keeps it. */
export const lastSeat: Check = {
  name: 'last seat',
  reason: ({ desktop, occupant, seats }) => {
    if (desktop === undefined || occupant === 'requester') return undefined;
    return seats.every((limit) => limit.taken + desktop.weight <= limit.seats) ? undefined : 'no-seat-free';
  },
};
