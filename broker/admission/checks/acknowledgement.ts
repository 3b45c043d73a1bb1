import type { Check, DutyNow } from '../check.ts';
import { liftedAt, type Rule } from '../lifted.ts';

/**
 * Whoever enters has acknowledged the rules of telework in the version in force. A level may let people in without, for some time after
 * it began; one that a single person raised lasts two hours at most in any case.
 */
export const acknowledgementRule: Rule<DutyNow> = ({ policy, level, duty, at, acknowledged }) => {
  const asked = policy?.telework?.acknowledgement;
  if (asked === undefined || acknowledged === true) return 'met';
  const { liftedFrom, liftedFor = 0 } = asked;
  if (!liftedAt({ liftedFrom }, level, duty)) return 'unmet';
  const alone = !liftedAt({ liftedFrom }, { number: level.number, level: level.level }, duty);
  const lasts = alone || (level.since !== undefined && at.getTime() < level.since.getTime() + liftedFor * 1000);
  return lasts ? 'lifted' : 'unmet';
};

export const acknowledgement: Check<DutyNow> = { name: 'acknowledgement', reason: (facts) => (acknowledgementRule(facts) === 'unmet' ? 'acknowledgement-required' : undefined) };
