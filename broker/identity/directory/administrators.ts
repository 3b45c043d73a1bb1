import type { Transaction } from '../../store/index.ts';
import { refusal } from '../refusals.ts';

/**
 * Makes all who may take an administrator from an organisation wait for one another, so that two never take the last two.
 * To be called before a person is locked.
 */
export async function holdAdministrators(transaction: Transaction, organisationId: string): Promise<void> {
  await transaction.selectFrom('organisation').where('id', '=', organisationId).select('id').forNoKeyUpdate().execute();
}

/** Whether the person, active, has `system-admin` for the whole organisation. */
export async function administers(transaction: Transaction, personId: string): Promise<boolean> {
  return (await administrators(transaction).where('person.id', '=', personId).executeTakeFirst()) !== undefined;
}

/** Somebody who can let others in again stays. @throws Refusal `last-administrator` */
export async function assertAdministratorStays(transaction: Transaction, organisationId: string): Promise<void> {
  if (!(await administrators(transaction).where('person.organisation_id', '=', organisationId).executeTakeFirst())) throw refusal('last-administrator');
}

function administrators(transaction: Transaction) {
  return transaction
    .selectFrom('role_grant')
    .innerJoin('person', 'person.id', 'role_grant.person_id')
    .where('role_grant.role', '=', 'system-admin')
    .where('role_grant.unit_id', 'is', null)
    .where('person.status', '=', 'active')
    .select('person.id')
    .limit(1);
}
