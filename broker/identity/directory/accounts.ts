import { events } from '../../audit/index.ts';
import { inTransaction, type Transaction } from '../../store/index.ts';
import { endSignIns } from '../ending.ts';
import { endHalves } from '../half-sign-in.ts';
import { refusal } from '../refusals.ts';
import { createThrottle } from '../throttle/throttle.ts';
import { administers, assertAdministratorStays, holdAdministrators } from './administrators.ts';
import { byOf, type DirectoryDeps } from './deps.ts';
import { readPerson } from './person.ts';

/** Whether a person's account may do anything. */
export function createAccounts(deps: DirectoryDeps) {
  const { database } = deps;
  return {
    /** Throws `last-administrator`. */
    disablePerson: (personId: string): Promise<void> => inTransaction(database, (transaction) => disablePerson(transaction, deps, personId)),
    enablePerson: (personId: string): Promise<void> => inTransaction(database, (transaction) => enablePerson(transaction, deps, personId)),
    forgetFailures: (personId: string): Promise<void> => inTransaction(database, (transaction) => forgetFailures(transaction, deps, personId)),
  };
}

/** Ends everything the person holds: sign-ins, leases, invitations. Disabling a disabled one changes nothing. */
export async function disablePerson(transaction: Transaction, deps: DirectoryDeps, personId: string): Promise<void> {
  const { clock, trail, actor, address, endLeasesOf } = deps;
  const by = byOf(deps);
  const { organisationId } = await readPerson(transaction, personId);
  await holdAdministrators(transaction, organisationId);
  const administered = await administers(transaction, personId);
  if (!(await move(transaction, personId, 'disabled'))) return;
  if (administered) await assertAdministratorStays(transaction, organisationId);
  await voidInvitations(transaction, personId, clock.now());
  await endHalves(transaction, personId, 'account-disabled', clock.now());
  await endSignIns(transaction, deps, { which: { personId }, why: 'account-disabled', by });
  await endLeasesOf(transaction, { personId }, 'account-disabled', by);
  await trail.append(transaction, events.personDisabled({ actor, address, organisationId, personId }));
}

/** @throws Refusal `account-term-over` */
export async function enablePerson(transaction: Transaction, { trail, clock, actor, address }: DirectoryDeps, personId: string): Promise<void> {
  const { organisationId } = await readPerson(transaction, personId);
  const { endsAt } = await transaction.selectFrom('person').where('id', '=', personId).select('ends_at as endsAt').forNoKeyUpdate().executeTakeFirstOrThrow();
  if (endsAt !== null && endsAt <= clock.now()) throw refusal('account-term-over');
  if (await move(transaction, personId, 'active')) await trail.append(transaction, events.personEnabled({ actor, address, organisationId, personId }));
}

/** Lets an account that had too many failures be tried again at once, from every browser. */
export async function forgetFailures(transaction: Transaction, { policy, trail, actor, address }: DirectoryDeps, personId: string): Promise<void> {
  const throttle = createThrottle(policy.throttle);
  const { organisationId, username } = await readPerson(transaction, personId);
  const browsers = await transaction.selectFrom('known_browser').where('person_id', '=', personId).select('id').execute();
  await throttle.forget(transaction, { username, browserId: undefined });
  for (const { id } of browsers) await throttle.forget(transaction, { username, browserId: id });
  await trail.append(transaction, events.failuresForgotten({ actor, address, organisationId, personId }));
}

/** Makes the open invitation of a person worthless. */
export async function voidInvitations(transaction: Transaction, personId: string, now: Date): Promise<void> {
  await transaction
    .updateTable('invitation')
    .set({ voided_at: now })
    .where('person_id', '=', personId)
    .where('redeemed_at', 'is', null)
    .where('voided_at', 'is', null)
    .execute();
}

/** Changes the status; false when it was so already. */
async function move(transaction: Transaction, personId: string, status: 'active' | 'disabled'): Promise<boolean> {
  const moved = await transaction.updateTable('person').set({ status }).where('id', '=', personId).where('status', '<>', status).returning('id').executeTakeFirst();
  return moved !== undefined;
}
