import { isUsedUp } from '../../policy/day-limit.ts';
import { dayLimitFor } from '../../policy/duties.ts';
import { isTelework } from '../../policy/telework.ts';
import type { Check, DutyNow } from '../check.ts';
import { liftedAt, type Rule } from '../lifted.ts';

/** So many days of telework a week or month, for a duty or in all. Who has a session keeps it. */
export const daysRule: Rule<DutyNow> = (facts) => {
  const { policy, level, duty, organisationName, site, at, occupancy, teleworkDays = [] } = facts;
  if (policy === undefined || duty === undefined || !isTelework(site) || occupancy.mine) return 'met';
  const found = dayLimitFor(policy, { name: duty.name, organisationName });
  if (found === undefined) return 'met';
  const counted = found.ofDuty ? teleworkDays.filter(({ dutyId }) => dutyId === duty.id) : teleworkDays;
  if (!isUsedUp(found.limit, counted.map(({ day }) => day), at)) return 'met';
  return liftedAt(found.limit, level, duty) ? 'lifted' : 'unmet';
};

export const teleworkDays: Check<DutyNow> = { name: 'telework days', reason: (facts) => (daysRule(facts) === 'unmet' ? 'telework-days-used' : undefined) };
