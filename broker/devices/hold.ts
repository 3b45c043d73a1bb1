import { Refusal } from '../port.ts';
import { sql, type Transaction } from '../store/index.ts';

/** A device that nobody else decides about until the transaction is over. @throws Refusal `not-found` */
export async function holdDevice(transaction: Transaction, organisationId: string, id: string) {
  const held = await transaction
    .selectFrom('device')
    .innerJoin('person', 'person.id', 'device.person_id')
    .where('device.organisation_id', '=', organisationId)
    .where(sql<boolean>`device.id::text = ${id.toLowerCase()}`)
    .select(['device.id', 'device.person_id as personId', 'device.name', 'person.unit_id as unitId'])
    .modifyEnd(sql`for update of device`)
    .executeTakeFirst();
  if (held === undefined) throw new Refusal('not-found');
  const approved = await transaction.selectFrom('device_approval').where('device_id', '=', held.id).select('until').executeTakeFirst();
  const ended = await transaction.selectFrom('device_end').where('device_id', '=', held.id).select('device_id').executeTakeFirst();
  return { ...held, until: approved?.until, ended: ended !== undefined };
}
