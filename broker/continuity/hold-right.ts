import { ACTIONS, authorise, type Action } from '../authorization/index.ts';
import { Refusal, type SignedIn } from '../port.ts';
import type { Transaction } from '../store/index.ts';

/**
 * The person's right as it is until the transaction ends: whoever ends the sign-in, suspends the account or takes the role
 * away waits, so that nothing is loosened by somebody who has just lost the right to it.
 * @throws Refusal `sign-in-required`, `forbidden`
 */
export async function holdRight(transaction: Transaction, person: SignedIn, action: Action): Promise<void> {
  authorise(person, action);
  const { personId, signInId, organisationId } = person;
  const account = await transaction.selectFrom('person').where('id', '=', personId).where('organisation_id', '=', organisationId).select('status').forShare().executeTakeFirst();
  const signIn = await transaction.selectFrom('sign_in').where('id', '=', signInId).where('person_id', '=', personId).where('ended_at', 'is', null).select('id').forShare().executeTakeFirst();
  if (account?.status !== 'active' || signIn === undefined) throw new Refusal('sign-in-required');
  const grants = await transaction
    .selectFrom('role_grant')
    .where('person_id', '=', personId)
    .where('organisation_id', '=', organisationId)
    .where('role', 'in', [...ACTIONS[action]])
    .where('unit_id', 'is', null)
    .select('id')
    .forShare()
    .execute();
  if (grants.length === 0) throw new Refusal('forbidden');
}
