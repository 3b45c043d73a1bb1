import type { Said } from './documents/index.ts';
import type { DayLimit, DutyRules, Hours, Policy } from './policy.ts';
import { dayLimitOf, hoursOf } from './telework.ts';

/** The narrower rules for a duty, if there are any: those that name the organisation before those for everybody. */
export function dutyRulesFor({ duties }: Pick<Policy, 'duties'>, { name, organisationName }: { name: string; organisationName: string }): DutyRules | undefined {
  const named = duties.filter((rules) => rules.name === name);
  return named.find(({ organisation }) => organisation === organisationName) ?? named.find(({ organisation }) => organisation === undefined);
}

type Named = { readonly name: string; readonly organisationName: string };

/** The hours of telework that count for a duty: its own instead of everybody's. Undefined: any hour. */
export function hoursFor(policy: Pick<Policy, 'duties' | 'telework'>, duty: Named): Hours | undefined {
  return dutyRulesFor(policy, duty)?.hours ?? policy.telework?.hours;
}

/** The limit of days that counts for a duty. `ofDuty`: it is the duty's own, and only days of the duty count. */
export function dayLimitFor(policy: Pick<Policy, 'duties' | 'telework'>, duty: Named): { readonly limit: DayLimit; readonly ofDuty: boolean } | undefined {
  const own = dutyRulesFor(policy, duty)?.days;
  const limit = own ?? policy.telework?.days;
  return limit && { limit, ofDuty: own !== undefined };
}

/** As a file or a case says them. */
export function dutyRulesOf({ name, organisation, sites, hours, days, ...said }: Said['duties.yaml']['duties'][number]): DutyRules {
  const notTeleworkable = said['not-teleworkable'];
  return {
    name,
    organisation,
    outsideFromLevel: said['outside-from-level'],
    sites,
    ...(notTeleworkable && { notTeleworkable }),
    ...(hours && { hours: hoursOf(hours) }),
    ...(days && { days: dayLimitOf(days) }),
  };
}
