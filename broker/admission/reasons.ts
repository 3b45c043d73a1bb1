import type { Code } from '../codes.ts';
import type { Check } from './check.ts';
import type { Facts } from './facts.ts';
import { ADMISSION } from './table.ts';

/** Reasons that time alone takes away: nothing but a free seat or desktop is missing. */
export const WAITING: readonly Code[] = ['desktop-in-use', 'residual-session', 'no-seat-free', 'seats-reserved', 'floors-of-others', 'class-not-due', 'others-before', 'pool-exhausted'];

/** Of these, the desktop itself is missing, and no seat. */
export const OF_THE_DESKTOP: readonly Code[] = ['desktop-in-use', 'residual-session', 'pool-exhausted'];

export type Outcome = 'admit' | 'wait' | 'refuse';

/** Every reason that can be known, in the order of the table. */
export function reasonsOf(facts: Facts, table: readonly Check[] = ADMISSION): readonly Code[] {
  return table.map((check) => check.reason(facts)).filter((reason) => reason !== undefined);
}

/** Who has to wait types the log-in of the desktop once it is theirs. */
export function outcomeOf(reasons: readonly Code[]): Outcome {
  if (reasons.length === 0) return 'admit';
  const others = reasons.filter((reason) => reason !== 'desktop-credentials-required');
  return others.length > 0 && others.every((reason) => WAITING.includes(reason)) ? 'wait' : 'refuse';
}
