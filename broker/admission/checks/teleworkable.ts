import { dutyRulesFor } from '../../policy/duties.ts';
import { isTelework } from '../../policy/telework.ts';
import type { Check, StandingFacts } from '../check.ts';

/** Some work is never done by telework, at no level; the policy says why. In an office it may be done. */
export const teleworkable: Check<StandingFacts> = {
  name: 'teleworkable',
  reason: ({ policy, duty, organisationName, site }) => {
    if (policy === undefined || duty === undefined || !isTelework(site)) return undefined;
    return dutyRulesFor(policy, { name: duty.name, organisationName })?.notTeleworkable === undefined ? undefined : 'duty-not-teleworkable';
  },
};
