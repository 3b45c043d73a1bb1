import { effectiveRank, LEVEL_RANK } from '../policy/level.ts';
import type { LevelInForce, PriorityClass } from '../port.ts';

/** `lifted`: it is not met, and the level in force takes it away. */
export type Rule<Seen> = (facts: Seen) => 'met' | 'lifted' | 'unmet';

/** Whether a need is taken away by the level that counts for the duty. */
export function liftedAt({ liftedFrom }: { readonly liftedFrom: 1 | 2 | 3 | undefined }, level: LevelInForce, duty: { readonly class: PriorityClass } | undefined): boolean {
  if (liftedFrom === undefined) return false;
  return (duty === undefined ? LEVEL_RANK[level.level] : effectiveRank(level, duty.class)) >= liftedFrom;
}
