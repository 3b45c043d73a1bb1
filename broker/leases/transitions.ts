import type { LeaseState, LeaseView } from '../port.ts';

/** The legal moves of a lease (利用権). The database holds the same ones in lease_transition and refuses all others. */
export const TRANSITIONS: Readonly<Record<LeaseState | 'none', readonly LeaseState[]>> = {
  none: ['granted'],
  granted: ['active', 'ended'],
  active: ['parked', 'ended'],
  parked: ['active', 'ended'],
  ended: [],
};

export type EndedBecause = NonNullable<LeaseView['endedBecause']>;
