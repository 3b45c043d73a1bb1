import { dutyRulesFor } from '../../policy/duties.ts';
import type { Check, StandingFacts } from '../check.ts';

/** A single duty may be bound to some sites, at every level. */
export const dutySites: Check<StandingFacts> = {
  name: 'duty sites',
  reason: ({ policy, duty, organisationName, site }) => {
    if (policy === undefined || duty === undefined || site === undefined) return undefined;
    const sites = dutyRulesFor(policy, { name: duty.name, organisationName })?.sites;
    return sites === undefined || sites.includes(site) ? undefined : 'duty-not-at-site';
  },
};
