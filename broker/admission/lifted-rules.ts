import type { LiftedRule } from '../port.ts';
import type { DutyNow } from './check.ts';
import { acknowledgementRule } from './checks/acknowledgement.ts';
import { daysRule } from './checks/telework-days.ts';
import { hoursRule } from './checks/telework-hours.ts';
import type { Rule } from './lifted.ts';

const RULES: Readonly<Record<LiftedRule, Rule<DutyNow>>> = { acknowledgement: acknowledgementRule, hours: hoursRule, days: daysRule };

/** The rules of telework that are not met and that only the level takes away: flagged wherever the session is shown. */
export function liftedRules(facts: DutyNow): readonly LiftedRule[] {
  return (Object.keys(RULES) as LiftedRule[]).filter((name) => RULES[name](facts) === 'lifted');
}
