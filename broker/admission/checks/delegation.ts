import type { Check, StandingFacts } from '../check.ts';

/** What was handed over stands only while the policy lets duties be handed over, and this zone with them. */
export const delegation: Check<StandingFacts> = {
  name: 'delegation',
  reason: ({ policy, duty }) => {
    if (policy === undefined || duty?.delegation === undefined) return undefined;
    if (policy.delegation === undefined) return 'delegation-not-allowed';
    return duty.zone === 'my-number' && !policy.delegation.myNumber ? 'delegation-not-for-zone' : undefined;
  },
};
