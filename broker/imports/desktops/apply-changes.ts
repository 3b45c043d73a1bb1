import { events, type AuditEvent } from '../../audit/index.ts';
import { byOf } from '../../identity/directory/deps.ts';
import { sql, type Transaction } from '../../store/index.ts';
import type { ApplyDeps } from '../apply-deps.ts';
import { assignDesktops, unassignDesktops } from './assignments.ts';
import type { ChangedDesktopRow } from './work.ts';

export async function applyDesktopChanges(transaction: Transaction, deps: ApplyDeps, rows: readonly ChangedDesktopRow[]): Promise<readonly AuditEvent[]> {
  if (rows.length === 0) return [];
  await changeDesktops(transaction, rows);
  const unassigned = await unassignDesktops(transaction, deps, rows.flatMap(({ desktopId, unassign }) => unassign.map((personId) => ({ desktopId, personId }))));
  const assigned = await assignDesktops(transaction, deps, rows.flatMap(({ desktopId, assign }) => assign.map((personId) => ({ desktopId, personId }))));
  await endOnDisabled(transaction, deps, rows.filter(({ status }) => status === 'disabled').map(({ desktopId }) => desktopId));
  return [...rows.flatMap((row) => told(row, deps)), ...unassigned, ...assigned];
}

async function changeDesktops(transaction: Transaction, rows: readonly ChangedDesktopRow[]): Promise<void> {
  const of = <Key extends keyof ChangedDesktopRow>(key: Key) => rows.map((row) => row[key] ?? null);
  await sql`
    update desktop set
      host = coalesce(row.host, desktop.host), port = coalesce(row.port, desktop.port), kind = coalesce(row.kind, desktop.kind),
      sessions = coalesce(row.sessions, desktop.sessions), weight = coalesce(row.weight, desktop.weight), status = coalesce(row.status, desktop.status),
      pool_id = case when row.pooled then row.pool_id else desktop.pool_id end,
      credentials = coalesce(row.credentials, desktop.credentials),
      sealed_credentials = case when row.credentials is null then desktop.sealed_credentials end
    from unnest(${of('desktopId')}::uuid[], ${of('host')}::text[], ${of('port')}::integer[], ${of('kind')}::text[], ${of('sessions')}::smallint[], ${of('weight')}::smallint[],
      ${of('status')}::text[], ${rows.map(({ poolId }) => poolId !== undefined)}::boolean[], ${of('poolId')}::uuid[], ${of('credentials')}::text[])
      as row (id, host, port, kind, sessions, weight, status, pooled, pool_id, credentials)
    where desktop.id = row.id and (row.pooled or num_nonnulls(row.host, row.port, row.kind, row.sessions, row.weight, row.status, row.credentials) > 0)`.execute(transaction);
}

async function endOnDisabled(transaction: Transaction, deps: ApplyDeps, desktopIds: readonly string[]): Promise<void> {
  const { rows } = await sql<{ id: string }>`select distinct desktop_id as id from lease where desktop_id = any (${[...desktopIds]}::uuid[]) and state <> 'ended' order by 1`.execute(transaction);
  for (const { id } of rows) await deps.endLeasesOf(transaction, { desktopId: id }, 'desktop-disabled', byOf(deps));
}

function told({ desktopId, host, port, kind, sessions, weight, credentials, poolId, poolBefore, status }: ChangedDesktopRow, { organisationId, actor, address }: ApplyDeps): readonly AuditEvent[] {
  const about = { actor, address, organisationId, desktopId };
  const changed = { host, port, kind, sessions, weight, logIn: credentials };
  return [
    ...(Object.values(changed).every((value) => value === undefined) ? [] : [events.desktopChanged({ ...about, ...changed })]),
    ...(poolId === undefined ? [] : [events.desktopPooled({ ...about, poolId, from: poolBefore ?? null })]),
    ...(status === 'disabled' ? [events.desktopDisabled(about)] : []),
    ...(status === 'active' ? [events.desktopEnabled(about)] : []),
  ];
}
