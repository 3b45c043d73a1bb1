import { events } from '../../audit/index.ts';
import type { Role } from '../../port.ts';
import { inTransaction, type Transaction } from '../../store/index.ts';
import { assertId, refusal } from '../refusals.ts';
import { administers, assertAdministratorStays, holdAdministrators } from './administrators.ts';
import { byOf, type DirectoryDeps } from './deps.ts';
import { assertUnit } from './organisations.ts';
import { holdPerson } from './person.ts';
import { incompatibleAsRefusal } from './violations.ts';

/** `unitId` null: the whole organisation. */
export type NewGrant = { readonly personId: string; readonly role: Role; readonly unitId: string | null };
export type GrantView = { readonly id: string; readonly personId: string; readonly role: Role; readonly unitId: string | null };

/** Roles (役割) that people hold, for an organisation or for a unit and below. */
export function createRoles(deps: DirectoryDeps) {
  const { database } = deps;
  return {
    /** For the whole organisation unless said otherwise. Throws `roles-incompatible`; `forbidden` to oneself. Granting twice changes nothing; what a provider's claims gave is kept from then on, whatever they say. */
    grantRole: ({ personId, role, unitId = null }: Omit<NewGrant, 'unitId'> & { readonly unitId?: string | null }): Promise<void> =>
      incompatibleAsRefusal(() => inTransaction(database, (transaction) => grantRole(transaction, deps, { personId, role, unitId }))),

    /** Throws `last-administrator`. */
    revokeRole: ({ grantId }: { grantId: string }): Promise<void> => inTransaction(database, (transaction) => revokeRole(transaction, deps, grantId)),

    listGrants: ({ personId }: { personId: string }): Promise<GrantView[]> =>
      database.selectFrom('role_grant').where('person_id', '=', personId).select(['id', 'person_id as personId', 'role', 'unit_id as unitId']).orderBy('role').orderBy('unit_id').execute(),
  };
}

/** Call within {@link incompatibleAsRefusal}. */
export async function grantRole(transaction: Transaction, deps: DirectoryDeps, grant: NewGrant): Promise<void> {
  const { organisationId } = await holdPerson(transaction, grant.personId);
  if (deps.actor.personId === grant.personId) throw refusal('forbidden');
  if (grant.unitId !== null) {
    assertId(grant.unitId);
    await assertUnit(transaction, organisationId, grant.unitId);
  }
  await insertRole(transaction, deps, { ...grant, organisationId });
}

/** Of somebody who was locked or added in this transaction. What a person gives stays a person's, also where a provider's claims gave it before. */
export async function insertRole(transaction: Transaction, { clock, ids, trail, actor, address }: DirectoryDeps, { personId, organisationId, role, unitId, provider = null }: NewGrant & { organisationId: string; /** Whose claims give it. */ provider?: string | null }): Promise<void> {
  const granted = await transaction
    .insertInto('role_grant')
    .values({ id: ids.uuid(), person_id: personId, organisation_id: organisationId, role, unit_id: unitId, granted_by: actor.personId ?? null, granted_at: clock.now(), provider })
    .onConflict((conflict) => {
      const held = conflict.constraint('role_grant_once');
      if (provider !== null) return held.doNothing();
      return held.doUpdateSet({ provider: null, granted_by: actor.personId ?? null, granted_at: clock.now() }).where('role_grant.provider', 'is not', null);
    })
    .returning('id')
    .executeTakeFirst();
  if (granted) await trail.append(transaction, events.roleGranted({ actor, address, organisationId, personId, role, unitId: unitId ?? undefined, provider: provider ?? undefined }));
}

/** Without `staff` nobody uses a desktop, so the last grant of it takes the person's sessions along. Throws `not-found`, `last-administrator`. */
export async function revokeRole(transaction: Transaction, deps: DirectoryDeps, grantId: string): Promise<void> {
  assertId(grantId);
  const found = await transaction.selectFrom('role_grant').where('id', '=', grantId).select(['person_id as personId', 'organisation_id as organisationId']).executeTakeFirst();
  if (!found) throw refusal('not-found');
  const { personId, organisationId } = found;
  await holdAdministrators(transaction, organisationId);
  await holdPerson(transaction, personId);
  const administered = await administers(transaction, personId);
  await takeRole(transaction, deps, { grantId, personId, organisationId });
  if (administered) await assertAdministratorStays(transaction, organisationId);
}

/** Of somebody who was locked in this transaction, and no administrator's. Throws `not-found`. */
export async function takeRole(transaction: Transaction, deps: DirectoryDeps, { grantId, personId, organisationId }: { grantId: string; personId: string; organisationId: string }): Promise<void> {
  const { trail, actor, address, endLeasesOf } = deps;
  const taken = await transaction.deleteFrom('role_grant').where('id', '=', grantId).returning(['role', 'unit_id as unitId', 'provider']).executeTakeFirst();
  if (!taken) throw refusal('not-found');
  if (taken.role === 'staff' && !(await holds(transaction, personId, 'staff'))) await endLeasesOf(transaction, { personId }, 'role-not-held', byOf(deps));
  await trail.append(transaction, events.roleRevoked({ actor, address, organisationId, personId, role: taken.role, unitId: taken.unitId ?? undefined, provider: taken.provider ?? undefined }));
}

async function holds(transaction: Transaction, personId: string, role: Role): Promise<boolean> {
  return (await transaction.selectFrom('role_grant').where('person_id', '=', personId).where('role', '=', role).select('id').limit(1).executeTakeFirst()) !== undefined;
}
