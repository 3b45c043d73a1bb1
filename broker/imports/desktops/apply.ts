import { events, type AuditEvent } from '../../audit/index.ts';
import { sql, type Transaction } from '../../store/index.ts';
import type { ApplyDeps } from '../apply-deps.ts';
import { applyDesktopChanges } from './apply-changes.ts';
import { assignDesktops } from './assignments.ts';
import type { DesktopsWork, NewDesktopRow } from './work.ts';

/** Does what was planned, in a few statements whatever the number of rows. @returns what it did, for the trail */
export async function applyDesktops(transaction: Transaction, deps: ApplyDeps, { add, change }: DesktopsWork): Promise<readonly AuditEvent[]> {
  return [...(await applyDesktopChanges(transaction, deps, change)), ...(await addDesktops(transaction, deps, add))];
}

async function addDesktops(transaction: Transaction, deps: ApplyDeps, rows: readonly NewDesktopRow[]): Promise<readonly AuditEvent[]> {
  if (rows.length === 0) return [];
  const { organisationId, clock, ids, actor, address } = deps;
  const desktops = rows.map((row) => ({ ...row, id: ids.uuid() }));
  const column = <Key extends keyof (typeof desktops)[number]>(key: Key) => desktops.map((row) => row[key]);
  await sql`
    insert into desktop (id, organisation_id, name, protocol, host, port, kind, sessions, weight, pool_id, status, credentials, sealed_credentials, parameters, created_at)
    select id, ${organisationId}, name, protocol, host, port, kind, sessions, weight, pool_id, status, 'ask', null, '{}', ${clock.now()}
    from unnest(${column('id')}::uuid[], ${column('name')}::text[], ${column('protocol')}::text[], ${column('host')}::text[], ${column('port')}::integer[], ${column('kind')}::text[],
      ${column('sessions')}::smallint[], ${column('weight')}::smallint[], ${column('poolId')}::uuid[], ${column('status')}::text[])
      as row (id, name, protocol, host, port, kind, sessions, weight, pool_id, status)`.execute(transaction);
  const added = desktops.flatMap(({ id: desktopId, name, protocol, host, port, kind, sessions, poolId, status }) => [
    events.desktopAdded({ actor, address, organisationId, desktopId, name, protocol, host, port, kind, sessions }),
    ...(poolId === null ? [] : [events.desktopPooled({ actor, address, organisationId, desktopId, poolId, from: null })]),
    ...(status === 'disabled' ? [events.desktopDisabled({ actor, address, organisationId, desktopId })] : []),
  ]);
  return [...added, ...(await assignDesktops(transaction, deps, desktops.flatMap(({ id, assign }) => assign.map((personId) => ({ desktopId: id, personId })))))];
}
