import type { PriorityClass } from '../port.ts';
import { sql, type Connection } from '../store/index.ts';

/** Those of one unit who hold one duty. `people` are numbers only: nobody is played by name. */
export type Group = { readonly dutyId: string; readonly duty: string; readonly class: PriorityClass; /** Null: the target time of its class. */ readonly targetSeconds: number | null; readonly path: readonly string[]; readonly people: number };

/** Who holds which duty, by unit. Somebody with several duties asks for the most urgent one. */
export async function readRoster(connection: Connection, organisationId: string): Promise<readonly Group[]> {
  const { rows } = await sql<{ duty_id: string; duty: string; class: PriorityClass; target: string | null; path: string[]; people: number }>`
    select duty.id as duty_id, duty.name as duty, duty.priority_class as class, duty.target_seconds as target, array_prepend(organisation.name, unit.path) as path, count(*)::integer as people
    from (
      select distinct on (person.id) person.unit_id, duty.id as duty_id
      from person join duty_assignment on duty_assignment.person_id = person.id join duty on duty.id = duty_assignment.duty_id
      where person.organisation_id = ${organisationId} and person.status = 'active' and duty.status = 'active'
      order by person.id, duty.priority_class, duty.name
    ) as held
    join duty on duty.id = held.duty_id join unit on unit.id = held.unit_id join organisation on organisation.id = unit.organisation_id
    group by duty.id, unit.id, organisation.name
    order by duty.priority_class, duty.name, unit.path`.execute(connection);
  return rows.map(({ duty_id: dutyId, target, ...row }) => ({ dutyId, ...row, targetSeconds: target === null ? null : Number(target) }));
}
