import type { Level, PriorityClass } from '../port.ts';
import type { Day, Request } from '../simulation/index.ts';
import { sql, type Connection } from '../store/index.ts';

export type Recorded = { readonly day: Day; readonly requests: readonly Request[] };

/** How long somebody would have worked who was never let in, in milliseconds. */
const USUAL_STAY = 4 * 3_600_000;

/**
 * The demand of a time that has been: who first asked for which duty when, whatever was decided, and how long they worked. Whoever was never let in, or was
 * still at work at its end, is taken to work for four hours.
 */
export async function readRecorded(connection: Connection, { organisationId, from, to }: { organisationId: string; from: Date; to: Date }): Promise<Recorded> {
  const { rows } = await sql<{ person: string; duty: string; class: PriorityClass; target: string | null; path: string[]; asked: Date; weight: number | null; worked: string | null; open: boolean }>`
    select decision.person_id as person, duty.name as duty, duty.priority_class as class, duty.target_seconds as target, array_prepend(organisation.name, unit.path) as path, min(decision.at) as asked,
      max(sat.weight) as weight, max(sat.worked) as worked, coalesce(bool_or(sat.open), false) as open
    from admission_decision as decision
    join duty on duty.id = decision.duty_id
    join unit on unit.id = decision.unit_id
    join organisation on organisation.id = decision.organisation_id
    left join lateral (
      select max(lease.weight) as weight, sum(extract(epoch from lease.ended_at - lease.granted_at)) as worked, bool_or(lease.ended_at is null) as open
      from lease where lease.person_id = decision.person_id and lease.duty_id = decision.duty_id and lease.granted_at >= ${from} and lease.granted_at < ${to}
    ) as sat on true
    where decision.organisation_id = ${organisationId} and decision.at >= ${from} and decision.at < ${to}
    group by decision.person_id, duty.id, unit.id, organisation.name
    order by asked, person`.execute(connection);
  const requests = rows.map(({ person, duty, class: priorityClass, target, path, asked, weight, worked, open }): Request => ({
    id: `${person} ${duty}`,
    duty,
    class: priorityClass,
    targetSeconds: target === null ? null : Number(target),
    path,
    weight: weight ?? 1,
    asksAt: asked.getTime() - from.getTime(),
    stays: worked === null || open ? USUAL_STAY : Math.max(1, Number(worked) * 1000),
    patience: undefined,
  }));
  return { requests, day: { hours: (to.getTime() - from.getTime()) / 3_600_000, levels: await readLevels(connection, { organisationId, from, to }) } };
}

/** Which level held from when on, in hours since the beginning. */
async function readLevels(connection: Connection, { organisationId, from, to }: { organisationId: string; from: Date; to: Date }): Promise<Day['levels']> {
  const { rows } = await sql<{ level: Level; since: Date }>`
    select level, since from level_change where organisation_id = ${organisationId} and since < ${to}
      and number >= coalesce((select max(number) from level_change where organisation_id = ${organisationId} and since <= ${from}), 0)
    order by number`.execute(connection);
  const changes = rows.map(({ level, since }) => ({ level, from: Math.max(0, (since.getTime() - from.getTime()) / 3_600_000) }));
  return changes[0]?.from === 0 ? changes : [{ level: '0', from: 0 }, ...changes];
}
