import { authorise, type Action, type Holder, type Reach } from '../authorization/index.ts';
import { holdPerson } from '../identity/directory/person.ts';
import { refusal } from '../identity/refusals.ts';
import { grantsBy, readGrants } from '../identity/signed-in.ts';
import type { SignedIn } from '../port.ts';
import type { Transaction } from '../store/index.ts';

/** How far the person's roles reach until the transaction ends. @throws Refusal `sign-in-required`, `forbidden` */
export async function holdReach(transaction: Transaction, person: SignedIn, action: Action): Promise<Reach> {
  authorise(person, action);
  return authorise(await holdGrants(transaction, person), action);
}

/**
 * What the person is granted until the transaction ends: whoever suspends the account, ends the sign-in or takes a role away
 * waits, or came first and is heeded.
 * @throws Refusal `sign-in-required`
 */
export async function holdGrants(transaction: Transaction, { personId, signInId, organisationId, method }: SignedIn): Promise<Holder> {
  const account = await transaction.selectFrom('person').where('id', '=', personId).where('status', '=', 'active').select('id').forShare().executeTakeFirst();
  const signIn = await transaction.selectFrom('sign_in').where('id', '=', signInId).where('person_id', '=', personId).where('ended_at', 'is', null).select('id').forShare().executeTakeFirst();
  if (!account || !signIn) throw refusal('sign-in-required');
  await transaction.selectFrom('role_grant').where('person_id', '=', personId).select('id').forShare().execute();
  return { organisationId, grants: grantsBy(method, await readGrants(transaction, personId)) };
}

/** Somebody to be changed, held still, whom the action reaches. Throws `not-found`. */
export async function holdTarget(transaction: Transaction, { organisationId, units }: Reach, personId: string) {
  const target = await holdPerson(transaction, personId);
  if (target.organisationId !== organisationId || (units !== 'all' && !units.includes(target.unitId))) throw refusal('not-found');
  return target;
}

/** A unit that the action reaches. Throws `not-found`. */
export function assertReaches({ units }: Reach, unitId: string): void {
  if (units !== 'all' && !units.includes(unitId.toLowerCase())) throw refusal('not-found');
}

/**
 * Whoever administers a unit only must not, by an invitation or a move, get at somebody whose roles reach further than theirs.
 * `staff` gives no power over others.
 * @throws Refusal `forbidden`
 */
export async function assertNotAbove(transaction: Transaction, { units }: Reach, personId: string): Promise<void> {
  if (units === 'all') return;
  const grants = await transaction.selectFrom('role_grant').where('person_id', '=', personId).where('role', '<>', 'staff').select('unit_id as unitId').execute();
  if (grants.some(({ unitId }) => unitId === null || !units.includes(unitId))) throw refusal('forbidden');
}
