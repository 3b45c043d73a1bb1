import { dutyRulesFor } from '../../policy/duties.ts';
import { effectiveRank } from '../../policy/level.ts';
import { isTelework } from '../../policy/telework.ts';
import type { Check, StandingFacts } from '../check.ts';

/** Some work may leave the office only once the level is raised. A rule for the duty counts before the one for its class. */
export const outsideFromLevel: Check<StandingFacts> = {
  name: 'outside from level',
  reason: ({ policy, level, duty, organisationName, site }) => {
    if (policy === undefined || duty === undefined || !isTelework(site)) return undefined;
    const needed = dutyRulesFor(policy, { name: duty.name, organisationName })?.outsideFromLevel ?? policy.classes[duty.class].outsideFromLevel;
    return effectiveRank(level, duty.class) < needed ? 'level-too-low' : undefined;
  },
};
