import { events } from '../../audit/index.ts';
import type { Role } from '../../port.ts';
import { inTransaction, type Connection, type Transaction } from '../../store/index.ts';
import { endSignIns } from '../ending.ts';
import { endHalves } from '../half-sign-in.ts';
import { assertId, refusal } from '../refusals.ts';
import { createThrottle } from '../throttle/throttle.ts';
import type { DirectoryDeps } from './deps.ts';

/** What a person's account may do, and whether it may do anything. */
export function createAccounts(deps: DirectoryDeps) {
  const { database, clock, trail, actor, endLeasesOf, policy } = deps;
  const throttle = createThrottle(policy.throttle);

  /** Changes the status; false when it was so already. */
  const move = async (transaction: Transaction, personId: string, status: 'active' | 'disabled') => {
    const moved = await transaction.updateTable('person').set({ status }).where('id', '=', personId).where('status', '<>', status).returning('id').executeTakeFirst();
    return moved !== undefined;
  };

  return {
    /** Ends everything the person holds: sign-ins, leases, invitations. Disabling a disabled one changes nothing. */
    async disablePerson(personId: string): Promise<void> {
      await inTransaction(database, async (transaction) => {
        const { organisationId } = await readPerson(transaction, personId);
        if (!(await move(transaction, personId, 'disabled'))) return;
        await voidInvitations(transaction, personId, clock.now());
        await endHalves(transaction, personId, 'account-disabled', clock.now());
        await endSignIns(transaction, deps, { which: { personId }, why: 'account-disabled', by: actor });
        await endLeasesOf(transaction, { personId }, 'account-disabled', actor);
        await trail.append(transaction, events.personDisabled({ actor, organisationId, personId }));
      });
    },

    async enablePerson(personId: string): Promise<void> {
      await inTransaction(database, async (transaction) => {
        const { organisationId } = await readPerson(transaction, personId);
        if (await move(transaction, personId, 'active')) await trail.append(transaction, events.personEnabled({ actor, organisationId, personId }));
      });
    },

    async grantRole({ personId, role }: { personId: string; role: Role }): Promise<void> {
      await inTransaction(database, async (transaction) => {
        const { organisationId } = await readPerson(transaction, personId);
        await insertRole(transaction, deps, { personId, organisationId, role });
      });
    },

    /** Lets an account that had too many failures be tried again at once, from every browser. */
    async forgetFailures(personId: string): Promise<void> {
      await inTransaction(database, async (transaction) => {
        const { organisationId, username } = await readPerson(transaction, personId);
        const browsers = await transaction.selectFrom('known_browser').where('person_id', '=', personId).select('id').execute();
        await throttle.forget(transaction, { username, browserId: undefined });
        for (const { id } of browsers) await throttle.forget(transaction, { username, browserId: id });
        await trail.append(transaction, events.failuresForgotten({ actor, organisationId, personId }));
      });
    },
  };
}

/** Granting twice changes nothing. */
export async function insertRole(
  transaction: Transaction,
  { clock, trail, actor }: DirectoryDeps,
  { personId, organisationId, role }: { personId: string; organisationId: string; role: Role },
): Promise<void> {
  const granted = await transaction
    .insertInto('role_grant')
    .values({ person_id: personId, organisation_id: organisationId, role, granted_at: clock.now() })
    .onConflict((conflict) => conflict.doNothing())
    .returning('role')
    .executeTakeFirst();
  if (granted) await trail.append(transaction, events.roleGranted({ actor, organisationId, personId, role }));
}

/** Throws `not-found`. */
export async function readPerson(connection: Connection, personId: string) {
  assertId(personId);
  const person = await connection.selectFrom('person').where('id', '=', personId).select(['organisation_id as organisationId', 'username', 'status']).executeTakeFirst();
  if (!person) throw refusal('not-found');
  return person;
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
