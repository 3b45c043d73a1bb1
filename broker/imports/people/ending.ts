import { voidInvitations } from '../../identity/directory/accounts.ts';
import { byOf } from '../../identity/directory/deps.ts';
import { endSignIns } from '../../identity/ending.ts';
import { endHalves } from '../../identity/half-sign-in.ts';
import { sql, type Transaction } from '../../store/index.ts';
import type { ApplyDeps } from '../apply-deps.ts';

/** Ends everything that suspended people hold. Only those who hold something cost anything. */
export async function endAccounts(transaction: Transaction, deps: ApplyDeps, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return;
  const { rows } = await sql<{ id: string }>`
    select person.id from person where person.id = any (${[...personIds]}::uuid[]) and (
      exists (select from invitation where person_id = person.id and redeemed_at is null and voided_at is null)
      or exists (select from half_sign_in where person_id = person.id and ended_at is null)
      or exists (select from sign_in where person_id = person.id and ended_at is null)
      or exists (select from lease where person_id = person.id and state <> 'ended'))
    order by person.id`.execute(transaction);
  const now = deps.clock.now();
  for (const { id } of rows) {
    await voidInvitations(transaction, id, now);
    await endHalves(transaction, id, 'account-disabled', now);
    await endSignIns(transaction, deps, { which: { personId: id }, why: 'account-disabled', by: byOf(deps) });
    await deps.endLeasesOf(transaction, { personId: id }, 'account-disabled', byOf(deps));
  }
}

export async function endForDuties(transaction: Transaction, deps: ApplyDeps, taken: readonly { readonly personId: string; readonly dutyId: string }[]): Promise<void> {
  const { rows } = await sql<{ personId: string; dutyId: string }>`
    select distinct lease.person_id as "personId", lease.duty_id as "dutyId"
    from lease join unnest(${taken.map(({ personId }) => personId)}::uuid[], ${taken.map(({ dutyId }) => dutyId)}::uuid[]) as row (person_id, duty_id)
      on lease.person_id = row.person_id and lease.duty_id = row.duty_id
    where lease.state <> 'ended' order by 1, 2`.execute(transaction);
  for (const { personId, dutyId } of rows) await deps.endLeasesOf(transaction, { personId, dutyId }, 'duty-not-held', byOf(deps));
}

/** Of those from whom `staff` was taken and who hold it nowhere else. */
export async function endWithoutStaff(transaction: Transaction, deps: ApplyDeps, personIds: readonly string[]): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select distinct person_id as id from lease
    where person_id = any (${[...personIds]}::uuid[]) and state <> 'ended'
      and not exists (select from role_grant where role_grant.person_id = lease.person_id and role = 'staff')
    order by 1`.execute(transaction);
  for (const { id } of rows) await deps.endLeasesOf(transaction, { personId: id }, 'role-not-held', byOf(deps));
}
