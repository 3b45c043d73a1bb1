import type { Code } from '../codes.ts';
import { dueAt } from '../policy/due.ts';
import { effectiveLevel } from '../policy/level.ts';
import type { Level } from '../port.ts';
import { decide, type Decision } from './decide.ts';
import type { Facts } from './facts.ts';
import { ADMISSION } from './table.ts';

/** Why a request comes out as it does, check by check. */
export type Explanation = {
  readonly decision: Decision;
  /** In the order in which reasons are told; no reason: it holds, or there is nothing to judge it by. */
  readonly checks: readonly { readonly name: string; readonly reason: Code | undefined }[];
  /** Each limit of seats, with what is left of it for this request: less what is guaranteed to others, the reserve, and what is kept for work that is due. */
  readonly seats: readonly { readonly scope: string; readonly seats: number; readonly taken: number; readonly guaranteedToOthers: number; readonly guaranteedToOwn: number; readonly left: number }[];
  /** The level that counts for the class. */
  readonly level: Level | undefined;
  /** When the class becomes due; undefined: it is. */
  readonly dueAt: Date | undefined;
  /** Less urgent sessions would yield to it, where it lacks nothing but a seat. */
  readonly makesOthersYield: boolean;
};

/** Pure: the same table, with its working shown. */
export function explain(facts: Facts): Explanation {
  const { policy, duty, level, at } = facts;
  const decision = decide(facts);
  const due = policy === undefined || duty === undefined ? undefined : dueAt(policy, level, duty.class, duty.targetSeconds);
  const notDue = due !== undefined && due > at;
  const counts = duty === undefined ? undefined : effectiveLevel(level, duty.class);
  const reserve = duty?.class === 'P0' ? 0 : (policy?.capacity.reserve ?? 0);
  return {
    decision,
    checks: ADMISSION.map((check) => ({ name: check.name, reason: check.reason(facts) })),
    seats: facts.seats.map(({ scope, seats, taken, kept = 0, own = 0 }) => ({
      scope,
      seats,
      taken,
      guaranteedToOthers: kept - own,
      guaranteedToOwn: own,
      left: Math.max(0, scope === 'total' ? Math.max(own, seats - taken - (kept - own) - reserve - (notDue ? (policy?.capacity.surplusKeeps ?? 0) : 0)) : seats - taken),
    })),
    level: counts,
    dueAt: notDue ? due : undefined,
    makesOthersYield: policy !== undefined && duty !== undefined && counts !== undefined && !notDue && policy.levels[counts].preempting.includes(duty.class),
  };
}
