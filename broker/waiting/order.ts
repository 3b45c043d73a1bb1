import { dueAt } from '../policy/due.ts';
import type { Policy } from '../policy/policy.ts';
import type { LevelInForce, PriorityClass } from '../port.ts';
import type { Entry } from './entry.ts';

const URGENCY: Readonly<Record<PriorityClass, number>> = { P0: 0, P1: 1, P2: 2, P3: 3, P4: 4, P5: 5, PX: 6 };
/** No class is lifted above it by waiting. */
const LIFTED_TO_AT_MOST = URGENCY.P2;

/** 0 is the most urgent. */
export function urgencyOf(priorityClass: PriorityClass): number {
  return URGENCY[priorityClass];
}

/** Whether the first of a line goes before a newcomer, who has not waited and whom nothing was promised. */
export function isBefore({ due, notDue }: { readonly due: number | null; readonly notDue: number | null }, newcomer: { readonly due: boolean; readonly class: PriorityClass }): boolean {
  const own = URGENCY[newcomer.class];
  return newcomer.due ? due !== null && due <= own : due !== null || (notDue !== null && notDue <= own);
}

/** What an entry is ordered by. */
export type Standing = {
  readonly entry: Entry;
  readonly due: boolean;
  readonly dueAt: Date | undefined;
  /** Urgency of the class that it counts as. */
  readonly countsAs: number;
  /** It counts as one class more urgent for having waited. */
  readonly lifted: boolean;
};

type Rules = Pick<Policy, 'levels' | 'classes' | 'durations'>;

const LEVEL_0: LevelInForce = { number: 0, level: '0' };

export function standingOf(entry: Entry, rules: Rules, levels: ReadonlyMap<string, LevelInForce>, now: Date): Standing {
  const at = dueAt(rules, levels.get(entry.organisationId) ?? LEVEL_0, entry.class, entry.targetSeconds);
  const own = URGENCY[entry.class];
  const lifted = own > LIFTED_TO_AT_MOST && now.getTime() - entry.arrivedAt.getTime() >= rules.durations.ageing * 1000;
  return { entry, due: at === undefined || at <= now, dueAt: at, countsAs: lifted ? own - 1 : own, lifted };
}

/**
 * The order of the queue: what is due before what is not, then the class that each counts as; within it those to whom sessions yield already, so
 * that nobody's seat is taken for somebody whom waiting alone has lifted, then those who return from a preemption, then by arrival.
 */
export function compare(one: Standing, other: Standing): number {
  return (
    Number(other.due) - Number(one.due) ||
    one.countsAs - other.countsAs ||
    Number(other.entry.promised) - Number(one.entry.promised) ||
    Number(other.entry.returning) - Number(one.entry.returning) ||
    one.entry.arrivedAt.getTime() - other.entry.arrivedAt.getTime() ||
    (one.entry.id < other.entry.id ? -1 : 1)
  );
}

export function inOrder(waiting: readonly Entry[], rules: Rules, levels: ReadonlyMap<string, LevelInForce>, now: Date): Standing[] {
  return waiting.map((entry) => standingOf(entry, rules, levels, now)).sort(compare);
}
