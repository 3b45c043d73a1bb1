import { Refusal } from '../port.ts';
import { sql, type Transaction } from '../store/index.ts';
import { isOpen } from './open.ts';

/** A bypass that nobody else approves, uses or ends until the transaction is over. @throws Refusal `not-found` */
export async function holdBypass(transaction: Transaction, organisationId: string, id: string) {
  const held = await transaction
    .selectFrom('bypass')
    .where('organisation_id', '=', organisationId)
    .where(sql<boolean>`id::text = ${id.toLowerCase()}`)
    .select(['id', 'person_id as personId', 'voucher_id as voucherId', 'issued_by as issuedBy', 'closes_at as closesAt'])
    .forUpdate()
    .executeTakeFirst();
  if (held === undefined) throw new Refusal('not-found');
  // Statements of their own, so that they see what was committed while the lock was waited for.
  const approved = await transaction.selectFrom('bypass_approval').where('bypass_id', '=', held.id).select('redeem_until').executeTakeFirst();
  const used = await transaction
    .selectFrom('bypass_use')
    .innerJoin('sign_in', 'sign_in.id', 'bypass_use.sign_in_id')
    .where('bypass_id', '=', held.id)
    .select(['sign_in.id', 'sign_in.ended_at as endedAt', 'sign_in.expires_at as expiresAt'])
    .executeTakeFirst();
  const ended = await transaction.selectFrom('bypass_end').where('bypass_id', '=', held.id).select('bypass_id').executeTakeFirst();
  return { ...held, redeemUntil: approved?.redeem_until, signIn: used, ended: ended !== undefined };
}

/** One issues or uses at a time in an organisation, so that what is counted stays counted. */
export async function holdCount(transaction: Transaction, organisationId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`bypass ${organisationId}`}, 0))`.execute(transaction);
}

/** How many can still be approved or used, or are in use; and how many were issued for the person within a day. */
export async function countBypasses(transaction: Transaction, { organisationId, personId, now }: { organisationId: string; personId: string; now: Date }): Promise<{ readonly open: number; readonly ofPersonToday: number }> {
  const { rows } = await sql<{ open: number; ofPersonToday: number }>`
    select
      count(*) filter (where ${isOpen(now)})::integer as open,
      count(*) filter (where issued.person_id = ${personId} and issued.issued_at > ${new Date(now.getTime() - 86_400_000)})::integer as "ofPersonToday"
    from bypass as issued
    left join bypass_approval as approved on approved.bypass_id = issued.id
    left join bypass_use as used on used.bypass_id = issued.id
    left join sign_in on sign_in.id = used.sign_in_id
    left join bypass_end as ended on ended.bypass_id = issued.id
    where issued.organisation_id = ${organisationId} and issued.issued_at > ${new Date(now.getTime() - 2 * 86_400_000)}`.execute(transaction);
  return rows[0] ?? { open: 0, ofPersonToday: 0 };
}
