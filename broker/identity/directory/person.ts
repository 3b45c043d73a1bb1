import type { Connection, Transaction } from '../../store/index.ts';
import { assertId, refusal } from '../refusals.ts';

/** Where a person stands. Throws `not-found`. */
export async function readPerson(connection: Connection, personId: string) {
  const person = await select(connection, personId).executeTakeFirst();
  if (!person) throw refusal('not-found');
  return person;
}

/** The same, held still until the transaction ends: nobody moves, suspends or grants anything to the person meanwhile. Throws `not-found`. */
export async function holdPerson(transaction: Transaction, personId: string) {
  const person = await select(transaction, personId).forNoKeyUpdate().executeTakeFirst();
  if (!person) throw refusal('not-found');
  return person;
}

function select(connection: Connection, personId: string) {
  assertId(personId);
  return connection.selectFrom('person').where('id', '=', personId).select(['organisation_id as organisationId', 'unit_id as unitId', 'username', 'status']);
}
