import type { LevelInForce, PriorityClass } from '../port.ts';
import { effectiveLevel } from './level.ts';
import type { Policy } from './policy.ts';

type Rules = Pick<Policy, 'levels' | 'classes' | 'durations'>;

/**
 * The phase clock (経過時間): when work of this class, or of this duty where it has a target of its own, becomes due. Work that is not
 * due yet gets surplus capacity only.
 * @param targetSeconds of the duty; undefined: the target time of its class
 * @returns undefined where it is due in any case: P0, and whenever the level in force sets no phases or no onset is known
 */
export function dueAt(rules: Rules, level: LevelInForce, priorityClass: PriorityClass, targetSeconds?: number | null): Date | undefined {
  if (priorityClass === 'P0') return undefined;
  const { due } = rules.levels[effectiveLevel(level, priorityClass)];
  if (due === 'at-once') return undefined;
  if (due === 'by-target') {
    if (level.onset === undefined) return undefined;
    const target = targetSeconds ?? rules.classes[priorityClass].target;
    return new Date(level.onset.getTime() + Math.max(0, target - rules.durations.dueBefore) * 1000);
  }
  const after = due[priorityClass];
  return afterBeginning(level, after);
}

/**
 * When work of this class is let in again after the level fell to recovery, stage by stage, so that no rush follows.
 * @returns undefined where it is let in at once
 */
export function backAt({ levels }: Pick<Policy, 'levels'>, level: LevelInForce, priorityClass: PriorityClass): Date | undefined {
  return afterBeginning(level, levels[effectiveLevel(level, priorityClass)].stages?.[priorityClass]);
}

/** An extension does not begin a level anew. */
function afterBeginning({ since, began = since }: LevelInForce, seconds: number | undefined): Date | undefined {
  return seconds === undefined || began === undefined ? undefined : new Date(began.getTime() + seconds * 1000);
}

/** Whether it is due at this time. */
export function isDue(rules: Rules, level: LevelInForce, duty: { readonly class: PriorityClass; readonly targetSeconds?: number | null }, now: Date): boolean {
  const at = dueAt(rules, level, duty.class, duty.targetSeconds);
  return at === undefined || at <= now;
}
