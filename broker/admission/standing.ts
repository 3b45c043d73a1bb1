import type { Code } from '../codes.ts';
import type { Check, DutyNow, StandingFacts } from './check.ts';
import { acknowledgement } from './checks/acknowledgement.ts';
import { classSuspended } from './checks/class-suspended.ts';
import { delegation } from './checks/delegation.ts';
import { dutySites } from './checks/duty-sites.ts';
import { entry } from './checks/entry.ts';
import { outsideFromLevel } from './checks/outside-from-level.ts';
import { policy } from './checks/policy.ts';
import { teleworkDays } from './checks/telework-days.ts';
import { teleworkHours } from './checks/telework-hours.ts';
import { teleworkable } from './checks/teleworkable.ts';
import { zoneAtSite } from './checks/zone-at-site.ts';

/**
 * The checks that an open session has to pass again whenever policy, level or entry change, and as hours pass. Rules are acknowledged
 * and days counted at the door.
 */
const STANDING: readonly Check<StandingFacts>[] = [entry, delegation, classSuspended, teleworkable, outsideFromLevel, dutySites, teleworkHours, zoneAtSite];

/** Why a session that was admitted may not go on; undefined: it may. */
export function whyNotAnyLonger(facts: StandingFacts): Code | undefined {
  return STANDING.map((check) => check.reason(facts)).find((reason) => reason !== undefined);
}

/** Those that say of a duty whether it could be done from here now, in the order of the table. */
const OF_A_DUTY: readonly Check<DutyNow>[] = [policy, entry, acknowledgement, delegation, classSuspended, teleworkable, outsideFromLevel, dutySites, teleworkHours, teleworkDays, zoneAtSite];

/** Whether it is the registered device that opens the duty: without one it would be refused for that. */
export const restsOnDevice = (facts: DutyNow): boolean => zoneAtSite.reason(facts) === undefined && zoneAtSite.reason({ ...facts, device: undefined }) === 'registered-device-required';

/** What stands in the way of a duty, apart from desktops and seats; empty: nothing. */
export function dutyStanding(facts: DutyNow): readonly Code[] {
  return OF_A_DUTY.map((check) => check.reason(facts)).filter((reason) => reason !== undefined);
}
