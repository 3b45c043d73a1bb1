import { effectiveLevel } from '../../policy/level.ts';
import type { Check, StandingFacts } from '../check.ts';

/** At some levels work of some classes stops, so that the rest has the seats. */
export const classSuspended: Check<StandingFacts> = {
  name: 'class suspended',
  reason: ({ policy, level, duty }) => {
    if (policy === undefined || duty === undefined) return undefined;
    return policy.levels[effectiveLevel(level, duty.class)].suspended.includes(duty.class) ? 'class-suspended' : undefined;
  },
};
