import type { Code } from '../../codes.ts';
import { effectiveRank } from '../../policy/level.ts';
import type { Need } from '../../policy/policy.ts';
import type { Check, StandingFacts } from '../check.ts';
import type { ExceptionFacts } from '../facts.ts';

const REASON: Readonly<Record<Need, Code | undefined>> = {
  allow: undefined,
  'registered-device': 'registered-device-required',
  exception: 'exception-required',
  forbid: 'zone-forbidden-at-site',
};

/** Which zone may be reached from which site, and from which level on more freely. */
export const zoneAtSite: Check<StandingFacts> = {
  name: 'zone at site',
  reason: (facts) => {
    const { policy, level, duty, site } = facts;
    if (policy === undefined) return undefined;
    if (site === undefined) return 'site-unknown';
    if (duty === undefined) return undefined;
    const { needs, liftedFrom } = policy.zones[duty.zone][site];
    if (liftedFrom !== undefined && effectiveRank(level, duty.class) >= liftedFrom) return undefined;
    const exception = exceptionUsed(facts);
    if (exception !== undefined) return exception.proved ? undefined : 'step-up-required';
    return needs === 'registered-device' && isDeviceRegistered(facts) ? undefined : REASON[needs];
  },
};

/** A device counts where the policy has rules for devices. */
function isDeviceRegistered({ policy, device }: StandingFacts): boolean {
  return policy?.devices !== undefined && device !== undefined;
}

/** The exception that the request rests on: of the My Number zone, and in an alternative office on a closed line alone, whatever a policy asks elsewhere. */
export function exceptionUsed({ policy, duty, site, exception }: Pick<StandingFacts, 'policy' | 'duty' | 'site' | 'exception'>): ExceptionFacts | undefined {
  const asked = policy !== undefined && duty?.zone === 'my-number' && site === 'alternative-office' && policy.zones['my-number']['alternative-office'].needs === 'exception';
  return asked ? exception : undefined;
}
