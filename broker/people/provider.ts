import { events } from '../audit/index.ts';
import { authorise, type Reach } from '../authorization/index.ts';
import { takeRole } from '../identity/directory/roles.ts';
import { endSignIns } from '../identity/ending.ts';
import { claimOf } from '../identity/oidc/claims.ts';
import { Refusal, type People, type ProviderAccount } from '../port.ts';
import { inTransaction, type Connection, type Transaction } from '../store/index.ts';
import { inNameOf, type By, type PeopleDeps } from './deps.ts';
import { assertNotAbove, holdReach, holdTarget } from './right.ts';

/** Who an identity provider may link to which account. Whoever decides that decides who gets in, so a fresh second factor is asked for. */
export function createProviderAccounts(deps: PeopleDeps): Pick<People, 'providerAccount' | 'expectAtProvider' | 'unlinkProvider'> {
  const { database } = deps;

  const on = async ({ person }: By, personId: string, work: (transaction: Transaction, target: { organisationId: string }) => Promise<void>) => {
    authorise(person, 'people.manage');
    await deps.requireFreshFactor(person);
    return inTransaction(database, async (transaction) => {
      const reach: Reach = await holdReach(transaction, person, 'people.manage');
      const { organisationId } = await holdTarget(transaction, reach, personId);
      await assertNotAbove(transaction, reach, personId);
      await work(transaction, { organisationId });
      return read(transaction, personId);
    });
  };

  return {
    providerAccount: ({ person, personId }) =>
      inTransaction(database, async (transaction) => {
        await holdTarget(transaction, authorise(person, 'directory.view'), personId);
        return read(transaction, personId);
      }),

    expectAtProvider: ({ person, origin, personId, name: typed }) =>
      on({ person, origin }, personId, async (transaction, { organisationId }) => {
        // In the form that a claim is read in, or the two would never be the same.
        const name = claimOf({ name: typed }, 'name');
        if (name === undefined) throw new Refusal('request-invalid', { fields: [{ path: 'name', expected: '1 to 255 characters' }] });
        const taken = await transaction.selectFrom('provider_name').where('organisation_id', '=', organisationId).where('name', '=', name).where('person_id', '<>', personId).select('person_id').executeTakeFirst();
        if (taken !== undefined) throw new Refusal('provider-name-taken');
        await transaction
          .insertInto('provider_name')
          .values({ person_id: personId, organisation_id: organisationId, name })
          .onConflict((conflict) => conflict.column('person_id').doUpdateSet({ name }))
          .execute();
        const { actor, address } = inNameOf(deps, { person, origin });
        await deps.trail.append(transaction, events.providerNameChanged({ actor, address, organisationId, personId, expected: true }));
      }).catch(takenMeanwhile),

    unlinkProvider: ({ person, origin, personId }) =>
      on({ person, origin }, personId, async (transaction, { organisationId }) => {
        const by = inNameOf(deps, { person, origin });
        const { actor, address } = by;
        const gone = await transaction.deleteFrom('provider_name').where('person_id', '=', personId).returning('person_id').executeTakeFirst();
        if (gone !== undefined) await deps.trail.append(transaction, events.providerNameChanged({ actor, address, organisationId, personId, expected: false }));
        const linked = await transaction.selectFrom('provider_identity').where('person_id', '=', personId).select(['id', 'issuer', 'subject']).forUpdate().execute();
        if (linked.length === 0) return;
        await endSignIns(transaction, by, { which: { personId }, why: 'replaced', by: { ...actor, ...(address !== undefined && { address }) } });
        const halves = transaction.selectFrom('provider_session').where('identity_id', 'in', linked.map(({ id }) => id)).select('half_sign_in_id');
        await transaction.updateTable('half_sign_in').set({ ended_at: deps.clock.now(), ended_because: 'replaced' }).where('id', 'in', halves).where('ended_at', 'is', null).execute();
        await transaction.deleteFrom('provider_session').where('identity_id', 'in', linked.map(({ id }) => id)).execute();
        await transaction.deleteFrom('provider_identity').where('person_id', '=', personId).execute();
        // What followed from its claims has nobody any more who would take it away.
        const followed = await transaction.selectFrom('role_grant').where('person_id', '=', personId).where('provider', 'is not', null).select('id').orderBy('id').execute();
        for (const { id } of followed) await takeRole(transaction, by, { grantId: id, personId, organisationId });
        await deps.trail.append(transaction, ...linked.map(({ issuer, subject }) => events.providerUnlinked({ actor, address, organisationId, personId, issuer, subject })));
      }),
  };
}

/** Two administrators gave one name at once. */
function takenMeanwhile(error: unknown): never {
  if ((error as { code?: unknown }).code === '23505') throw new Refusal('provider-name-taken', {}, { cause: error });
  throw error;
}

async function read(connection: Connection, personId: string): Promise<ProviderAccount> {
  const expected = await connection.selectFrom('provider_name').where('person_id', '=', personId).select('name').executeTakeFirst();
  const linked = await connection.selectFrom('provider_identity').where('person_id', '=', personId).select(['issuer', 'linked_at as linkedAt', 'linked_by as linkedBy']).orderBy('linked_at').execute();
  return { name: expected?.name ?? null, linked };
}
