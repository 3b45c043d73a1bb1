import { dueAt, type Policy } from '../policy/index.ts';
import type { LevelInForce, PriorityClass } from '../port.ts';

/** A duty as the phase clock sees it. `targetSeconds` null: the target time of its class. */
export type TimedDuty = { readonly class: PriorityClass; readonly targetSeconds: number | null };

/**
 * When a duty becomes due while the level in force lasts; undefined where it has been due from the level's beginning, so that nobody had to wait for it.
 * Pure.
 */
export function phaseOf(rules: Pick<Policy, 'levels' | 'classes' | 'durations'>, level: LevelInForce, duty: TimedDuty): Date | undefined {
  const at = dueAt(rules, level, duty.class, duty.targetSeconds);
  return at === undefined || level.since === undefined || at <= level.since ? undefined : at;
}
