import { isOpen } from '../../policy/hours.ts';
import { hoursFor } from '../../policy/duties.ts';
import { isTelework } from '../../policy/telework.ts';
import type { Check, StandingFacts } from '../check.ts';
import { liftedAt, type Rule } from '../lifted.ts';

/** Telework has its hours, of the duty or of everybody. In an office they do not count. */
export const hoursRule: Rule<StandingFacts> = ({ policy, level, duty, organisationName, site, at }) => {
  if (policy === undefined || duty === undefined || at === undefined || !isTelework(site)) return 'met';
  const hours = hoursFor(policy, { name: duty.name, organisationName });
  if (hours === undefined || isOpen(hours, policy.telework?.holidays ?? [], at)) return 'met';
  return liftedAt(hours, level, duty) ? 'lifted' : 'unmet';
};

export const teleworkHours: Check<StandingFacts> = { name: 'telework hours', reason: (facts) => (outsideHours(facts) ? 'outside-hours' : undefined) };

export const outsideHours = (facts: StandingFacts): boolean => hoursRule(facts) === 'unmet';
