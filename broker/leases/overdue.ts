import type { LeaseState } from '../port.ts';
import type { EndedBecause } from './transitions.ts';

export type Deadlines = {
  readonly state: LeaseState;
  readonly expiresAt: Date;
  /** Counts while the lease is granted. */
  readonly unusedUntil: Date;
  /** Counts while it is parked. */
  readonly parkedUntil: Date | null;
  /** When a session that may not go on ends, and why. */
  readonly closingAt?: Date | null;
  readonly closingBecause?: EndedBecause | null;
};

/** Why a lease is over by its own deadlines, whether or not anybody has ended it yet. A deadline is over at its very instant. */
export function overdue({ state, expiresAt, unusedUntil, parkedUntil, closingAt, closingBecause }: Deadlines, now: Date): EndedBecause | undefined {
  if (state === 'ended') return undefined;
  if (expiresAt <= now) return 'lease-expired';
  if (closingAt && closingBecause && closingAt <= now) return closingBecause;
  if (state === 'granted' && unusedUntil <= now) return 'not-used';
  if (state === 'parked' && parkedUntil !== null && parkedUntil <= now) return 'parking-expired';
  return undefined;
}
