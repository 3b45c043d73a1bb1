import { Refusal } from '../port.ts';
import { sql, type Transaction } from '../store/index.ts';

/** An exception that nobody else agrees to or ends until the transaction is over. @throws Refusal `not-found` */
export async function holdException(transaction: Transaction, organisationId: string, id: string) {
  const held = await transaction
    .selectFrom('zone_exception')
    .where('organisation_id', '=', organisationId)
    .where(sql<boolean>`id::text = ${id.toLowerCase()}`)
    .select(['id', 'person_id as personId', 'unit_id as unitId', 'duty_id as dutyId', 'seconds', 'asked_by as askedBy', 'closes_at as closesAt'])
    .forUpdate()
    .executeTakeFirst();
  if (held === undefined) throw new Refusal('not-found');
  // Statements of their own, so that they see what was committed while the lock was waited for.
  const agreed = await transaction.selectFrom('zone_exception_agreement').where('exception_id', '=', held.id).select('until').executeTakeFirst();
  const ended = await transaction.selectFrom('zone_exception_end').where('exception_id', '=', held.id).select('exception_id').executeTakeFirst();
  return { ...held, agreedUntil: agreed?.until ?? null, ended: ended !== undefined };
}
