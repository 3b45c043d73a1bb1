import type { Code } from '../../codes.ts';
import type { Access } from '../../policy/policy.ts';
import type { Check } from '../check.ts';
import type { Facts } from '../facts.ts';

/**
 * A registered device and a two-person exception are conditions that nothing can meet: there is no means to register a
 * device or to grant an exception, so both refuse and name what is missing.
 */
const REASON: Readonly<Record<Access, Code | undefined>> = {
  allow: undefined,
  'registered-device': 'registered-device-required',
  exception: 'exception-required',
  forbid: 'zone-forbidden-at-site',
};

/** Which zone may be reached from which site. */
export const zoneAtSite: Check = {
  name: 'zone at site',
  reason: (facts) => (facts.policyVersion === undefined ? undefined : whyNotAtSite(facts)),
};

/** The same for a site and an access that a policy gave. */
export function whyNotAtSite({ site, access }: Pick<Facts, 'site' | 'access'>): Code | undefined {
  if (site === undefined) return 'site-unknown';
  return access && REASON[access];
}
