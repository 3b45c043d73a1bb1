import { dueAt } from '../policy/due.ts';
import { effectiveLevel } from '../policy/level.ts';
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

/**
 * The least urgent that still comes before a newcomer, who has not waited and whom nothing was promised: among what is due, and among what is not.
 * -1: nobody does.
 */
export function lastBefore(newcomer: { readonly due: boolean; readonly class: PriorityClass }): { readonly due: number; readonly notDue: number } {
  const own = URGENCY[newcomer.class];
  return newcomer.due ? { due: own, notDue: -1 } : { due: URGENCY.PX, notDue: own };
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
  /** Sessions yield to it: by its class itself, not the one that it is lifted to, and only once it is due. */
  readonly mayPreempt: boolean;
};

type Rules = Pick<Policy, 'levels' | 'classes' | 'durations'>;

const LEVEL_0: LevelInForce = { number: 0, level: '0' };

export function standingOf(entry: Entry, rules: Rules, levels: ReadonlyMap<string, LevelInForce>, now: Date): Standing {
  const level = levels.get(entry.organisationId) ?? LEVEL_0;
  const at = dueAt(rules, level, entry.class, entry.targetSeconds);
  const due = at === undefined || at <= now;
  const own = URGENCY[entry.class];
  const lifted = own > LIFTED_TO_AT_MOST && now.getTime() - entry.arrivedAt.getTime() >= rules.durations.ageing * 1000;
  return { entry, due, dueAt: at, countsAs: lifted ? own - 1 : own, lifted, mayPreempt: due && rules.levels[effectiveLevel(level, entry.class)].preempting.includes(entry.class) };
}

/**
 * The order of the queue: what is due before what is not, then the class that each counts as; within it those to whom others yield before those to whom
 * nobody does or whom waiting has lifted, since otherwise somebody would have to yield for a seat that one of these has just taken; then those who
 * return from a preemption, then by arrival.
 */
export function compare(one: Standing, other: Standing): number {
  return (
    Number(other.due) - Number(one.due) ||
    one.countsAs - other.countsAs ||
    Number(other.mayPreempt && !other.lifted) - Number(one.mayPreempt && !one.lifted) ||
    Number(other.entry.returning) - Number(one.entry.returning) ||
    one.entry.arrivedAt.getTime() - other.entry.arrivedAt.getTime() ||
    (one.entry.id < other.entry.id ? -1 : 1)
  );
}

/**
 * Everybody, the next one first. Seats that sessions have yielded are for those to whom sessions yield: up to the last one to whom one has yielded
 * already they go before everybody else, also before more urgent work of an organisation whose level makes nobody yield.
 */
export function inOrder(waiting: readonly Entry[], rules: Rules, levels: ReadonlyMap<string, LevelInForce>, now: Date): Standing[] {
  const order = waiting.map((entry) => standingOf(entry, rules, levels, now)).sort(compare);
  const last = order.findLastIndex(({ entry, mayPreempt }) => entry.promised && mayPreempt && entry.present);
  if (last === -1) return order;
  const goFirst = order.filter(({ mayPreempt }, index) => mayPreempt && index <= last);
  return [...goFirst, ...order.filter(({ mayPreempt }, index) => !mayPreempt || index > last)];
}
