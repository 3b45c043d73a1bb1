import type { Code } from '../codes.ts';
import type { Check, StandingFacts } from './check.ts';
import { classSuspended } from './checks/class-suspended.ts';
import { dutySites } from './checks/duty-sites.ts';
import { entry } from './checks/entry.ts';
import { outsideFromLevel } from './checks/outside-from-level.ts';
import { teleworkHours } from './checks/telework-hours.ts';
import { teleworkable } from './checks/teleworkable.ts';
import { zoneAtSite } from './checks/zone-at-site.ts';

/** The checks that an open session has to pass again whenever policy, level or entry change. */
const STANDING: readonly Check<StandingFacts>[] = [entry, classSuspended, teleworkable, outsideFromLevel, dutySites, teleworkHours, zoneAtSite];

/** Why a session that was admitted may not go on; undefined: it may. */
export function whyNotAnyLonger(facts: StandingFacts): Code | undefined {
  return STANDING.map((check) => check.reason(facts)).find((reason) => reason !== undefined);
}
