import type { Code } from '../../codes.ts';
import { effectiveRank } from '../../policy/level.ts';
import type { Need } from '../../policy/policy.ts';
import type { Check, StandingFacts } from '../check.ts';

/**
 * A registered device and a two-person exception are conditions that nothing can meet: there is no means to register a
 * device or to grant an exception, so both refuse and name what is missing.
 */
const REASON: Readonly<Record<Need, Code | undefined>> = {
  allow: undefined,
  'registered-device': 'registered-device-required',
  exception: 'exception-required',
  forbid: 'zone-forbidden-at-site',
};

/** Which zone may be reached from which site, and from which level on more freely. */
export const zoneAtSite: Check<StandingFacts> = {
  name: 'zone at site',
  reason: ({ policy, level, duty, site }) => {
    if (policy === undefined) return undefined;
    if (site === undefined) return 'site-unknown';
    if (duty === undefined) return undefined;
    const { needs, liftedFrom } = policy.zones[duty.zone][site];
    return liftedFrom !== undefined && effectiveRank(level, duty.class) >= liftedFrom ? undefined : REASON[needs];
  },
};
