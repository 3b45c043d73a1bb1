import { events, type AuditEvent } from '../../audit/index.ts';
import { sql, type Transaction } from '../../store/index.ts';
import type { ApplyDeps } from '../apply-deps.ts';
import { endAccounts, endForDuties, endWithoutStaff } from './ending.ts';
import { assignDuties, grantRoles, revokeRoles, unassignDuties } from './rights.ts';
import type { ChangedRow } from './work.ts';

/** What is taken goes before what is given, so that no two roles that exclude each other meet on the way. */
export async function applyChanges(transaction: Transaction, deps: ApplyDeps, rows: readonly ChangedRow[]): Promise<readonly AuditEvent[]> {
  if (rows.length === 0) return [];
  const told = await changePeople(transaction, deps, rows);
  const revoked = rows.flatMap(({ personId, revoke }) => revoke.map((role) => ({ personId, role })));
  const unassigned = rows.flatMap(({ personId, unassign }) => unassign.map((dutyId) => ({ personId, dutyId })));
  const taken = [...(await revokeRoles(transaction, deps, revoked)), ...(await unassignDuties(transaction, deps, unassigned))];
  const given = [
    ...(await grantRoles(transaction, deps, rows.flatMap(({ personId, grant }) => grant.map((role) => ({ personId, role, unitId: null }))))),
    ...(await assignDuties(transaction, deps, rows.flatMap(({ personId, assign }) => assign.map((dutyId) => ({ personId, dutyId }))))),
  ];
  await endAccounts(transaction, deps, rows.filter(({ status }) => status === 'disabled').map(({ personId }) => personId));
  await endForDuties(transaction, deps, unassigned);
  await endWithoutStaff(transaction, deps, revoked.filter(({ role }) => role === 'staff').map(({ personId }) => personId));
  return [...told, ...taken, ...given];
}

async function changePeople(transaction: Transaction, { organisationId, actor, address }: ApplyDeps, rows: readonly ChangedRow[]): Promise<readonly AuditEvent[]> {
  const of = <Key extends keyof ChangedRow>(key: Key) => rows.map((row) => row[key] ?? null);
  await sql`
    update person set
      display_name = coalesce(row.display_name, person.display_name), unit_id = coalesce(row.unit_id, person.unit_id),
      language = coalesce(row.language, person.language), status = coalesce(row.status, person.status)
    from unnest(${of('personId')}::uuid[], ${of('displayName')}::text[], ${of('unitId')}::uuid[], ${of('language')}::text[], ${of('status')}::text[])
      as row (id, display_name, unit_id, language, status)
    where person.id = row.id and num_nonnulls(row.display_name, row.unit_id, row.language, row.status) > 0`.execute(transaction);
  return rows.flatMap(({ personId, displayName, unitId, language, status }) => [
    ...(displayName === undefined && unitId === undefined && language === undefined ? [] : [events.personChanged({ actor, address, organisationId, personId, displayName, unitId, language })]),
    ...(status === 'disabled' ? [events.personDisabled({ actor, address, organisationId, personId })] : []),
    ...(status === 'active' ? [events.personEnabled({ actor, address, organisationId, personId })] : []),
  ]);
}
