import { events, type AuditEvent } from '../../audit/index.ts';
import { byOf } from '../../identity/directory/deps.ts';
import { sql, type Transaction } from '../../store/index.ts';
import type { ApplyDeps } from '../apply-deps.ts';

type Assignment = { readonly desktopId: string; readonly personId: string };

export async function assignDesktops(transaction: Transaction, { organisationId, clock, actor, address }: ApplyDeps, assignments: readonly Assignment[]): Promise<readonly AuditEvent[]> {
  if (assignments.length === 0) return [];
  await sql`
    insert into desktop_assignment (organisation_id, desktop_id, person_id, assigned_at)
    select ${organisationId}, desktop_id, person_id, ${clock.now()}
    from unnest(${assignments.map(({ desktopId }) => desktopId)}::uuid[], ${assignments.map(({ personId }) => personId)}::uuid[]) as row (desktop_id, person_id)`.execute(transaction);
  return assignments.map((assignment) => events.desktopAssigned({ actor, address, organisationId, ...assignment }));
}

/** Ends the sessions that rested on it: whoever still has the desktop by its pool goes on. */
export async function unassignDesktops(transaction: Transaction, deps: ApplyDeps, assignments: readonly Assignment[]): Promise<readonly AuditEvent[]> {
  if (assignments.length === 0) return [];
  const { organisationId, actor, address, endLeasesOf } = deps;
  const named = sql`unnest(${assignments.map(({ desktopId }) => desktopId)}::uuid[], ${assignments.map(({ personId }) => personId)}::uuid[]) as row (desktop_id, person_id)`;
  await sql`delete from desktop_assignment using ${named} where desktop_assignment.desktop_id = row.desktop_id and desktop_assignment.person_id = row.person_id`.execute(transaction);
  const { rows } = await sql<Assignment>`
    select distinct lease.desktop_id as "desktopId", lease.person_id as "personId"
    from lease join ${named} on lease.desktop_id = row.desktop_id and lease.person_id = row.person_id
    join desktop on desktop.id = lease.desktop_id
    where lease.state <> 'ended' and (desktop.pool_id is null or not pool_is_given(desktop.pool_id, lease.person_id))
    order by 1, 2`.execute(transaction);
  for (const { desktopId, personId } of rows) await endLeasesOf(transaction, { desktopId, personId }, 'desktop-not-assigned', byOf(deps));
  return assignments.map((assignment) => events.desktopUnassigned({ actor, address, organisationId, ...assignment }));
}
