import { ACTIONS, asOf, authorise, OF_A_DEPUTY, type Action } from '../authorization/index.ts';
import { Refusal, type SignedIn } from '../port.ts';
import type { Transaction } from '../store/index.ts';

/** By which right somebody acts: that of a role, or of a deputyship. */
export type Right = { readonly asDeputy: string | undefined };

/**
 * The person's right as it is until the transaction ends: whoever ends the sign-in, suspends the account, takes the role
 * away or ends the deputyship waits, so that nothing is loosened by somebody who has just lost the right to it.
 * @param now for what a deputy may as well; without it, and with it where both allow it, a role counts
 * @throws Refusal `sign-in-required`, `forbidden`
 */
export async function holdRight(transaction: Transaction, person: SignedIn, action: Action, now?: Date): Promise<Right> {
  authorise(now === undefined ? person : asOf(person, now), action);
  const { personId, signInId, organisationId } = person;
  const account = await transaction.selectFrom('person').where('id', '=', personId).where('organisation_id', '=', organisationId).select('status').forShare().executeTakeFirst();
  const signIn = await transaction.selectFrom('sign_in').where('id', '=', signInId).where('person_id', '=', personId).where('ended_at', 'is', null).select('id').forShare().executeTakeFirst();
  if (account?.status !== 'active' || signIn === undefined) throw new Refusal('sign-in-required');
  const roles = [...ACTIONS[action]];
  const grants =
    roles.length === 0
      ? []
      : await transaction.selectFrom('role_grant').where('person_id', '=', personId).where('organisation_id', '=', organisationId).where('role', 'in', roles).where('unit_id', 'is', null).select('id').forShare().execute();
  if (grants.length > 0) return { asDeputy: undefined };
  const deputyship = now !== undefined && OF_A_DEPUTY.includes(action) ? await holdDeputyship(transaction, { personId, organisationId }, now) : undefined;
  if (deputyship === undefined) throw new Refusal('forbidden');
  return { asDeputy: deputyship };
}

/** The one that runs at this moment and that nobody has ended. */
export async function holdDeputyship(transaction: Transaction, { personId, organisationId }: Pick<SignedIn, 'personId' | 'organisationId'>, now: Date): Promise<string | undefined> {
  const running = await transaction
    .selectFrom('deputyship')
    .where('deputy_id', '=', personId)
    .where('organisation_id', '=', organisationId)
    .where('ended_at', 'is', null)
    .where('begins_at', '<=', now)
    .where('until', '>', now)
    .select('id')
    .forShare()
    .executeTakeFirst();
  return running?.id;
}
