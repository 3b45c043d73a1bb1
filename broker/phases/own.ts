import { readLevel } from '../continuity/in-force.ts';
import type { Clock } from '../environment.ts';
import type { PolicySource } from '../policy/index.ts';
import type { DutyPhase, Phases, PriorityClass } from '../port.ts';
import { sql, type Database } from '../store/index.ts';
import { phaseOf } from './phase-of.ts';

/** That its time has come is news for a day, in milliseconds. */
const NEWS = 24 * 3_600_000;

export function createPhases({ database, clock, policy }: { readonly database: Database; readonly clock: Clock; readonly policy: PolicySource }): Phases {
  return {
    async own({ personId, organisationId }) {
      const [rules, now] = [await policy.current(), clock.now()];
      if (rules === undefined) return [];
      const level = await readLevel(database, organisationId, now);
      const { rows } = await sql<{ id: string; name: string; class: PriorityClass; target: string | null }>`
        select duty.id, duty.name, duty.priority_class as class, duty.target_seconds as target
        from duty_assignment join duty on duty.id = duty_assignment.duty_id
        where duty_assignment.person_id = ${personId} and duty.status = 'active' order by duty.priority_class, duty.name`.execute(database);
      return rows.flatMap(({ id: dutyId, name, class: priorityClass, target }): DutyPhase[] => {
        const at = phaseOf(rules, level, { class: priorityClass, targetSeconds: target === null ? null : Number(target) });
        return at === undefined || at.getTime() < now.getTime() - NEWS ? [] : [{ dutyId, name, class: priorityClass, dueAt: at, due: at <= now }];
      });
    },
  };
}
