import type { DutyRules, Policy } from './policy.ts';

/** The narrower rules for a duty, if there are any: those that name the organisation before those for everybody. */
export function dutyRulesFor({ duties }: Pick<Policy, 'duties'>, { name, organisationName }: { name: string; organisationName: string }): DutyRules | undefined {
  const named = duties.filter((rules) => rules.name === name);
  return named.find(({ organisation }) => organisation === organisationName) ?? named.find(({ organisation }) => organisation === undefined);
}
