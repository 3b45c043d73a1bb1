import { events, type AuditEvent } from '../../audit/index.ts';
import { sql, type Transaction } from '../../store/index.ts';
import type { ApplyDeps } from '../apply-deps.ts';
import { applyChanges } from './apply-changes.ts';
import { assignDuties, grantRoles } from './rights.ts';
import type { NewRow, PeopleWork } from './work.ts';

/** Does what was planned, in a few statements whatever the number of rows. @returns what it did, for the trail */
export async function applyPeople(transaction: Transaction, deps: ApplyDeps, { add, change }: PeopleWork): Promise<readonly AuditEvent[]> {
  return [...(await applyChanges(transaction, deps, change)), ...(await addPeople(transaction, deps, add))];
}

async function addPeople(transaction: Transaction, deps: ApplyDeps, rows: readonly NewRow[]): Promise<readonly AuditEvent[]> {
  if (rows.length === 0) return [];
  const { organisationId, clock, ids, actor, address } = deps;
  const people = rows.map((row) => ({ ...row, id: ids.uuid() }));
  const column = <Key extends keyof (typeof people)[number]>(key: Key) => people.map((row) => row[key]);
  await sql`
    insert into person (id, organisation_id, unit_id, username, display_name, language, status, password_hash, created_at, ends_at, loaned_from)
    select id, ${organisationId}, unit_id, username, display_name, language, status, null, ${clock.now()}, ends_at, loaned_from
    from unnest(${column('id')}::uuid[], ${column('unitId')}::uuid[], ${column('username')}::text[], ${column('displayName')}::text[], ${column('language')}::text[], ${column('status')}::text[],
      ${people.map(({ loan }) => loan?.endsAt ?? null)}::timestamptz[], ${people.map(({ loan }) => loan?.from ?? null)}::text[])
      as row (id, unit_id, username, display_name, language, status, ends_at, loaned_from)`.execute(transaction);
  const added = people.flatMap(({ id, unitId, username, displayName, status, loan }) => [
    events.personAdded({ actor, address, organisationId, personId: id, unitId, username, displayName }),
    ...(loan ? [events.personLoaned({ actor, address, organisationId, personId: id, from: loan.from, endsAt: loan.endsAt.toISOString() })] : []),
    ...(status === 'disabled' ? [events.personDisabled({ actor, address, organisationId, personId: id })] : []),
  ]);
  const granted = await grantRoles(transaction, deps, people.flatMap(({ id, roles, grantedUnit }) => roles.map((role) => ({ personId: id, role, unitId: grantedUnit }))));
  const assigned = await assignDuties(transaction, deps, people.flatMap(({ id, dutyIds }) => dutyIds.map((dutyId) => ({ personId: id, dutyId }))));
  return [...added, ...granted, ...assigned];
}
