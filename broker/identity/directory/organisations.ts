import { events } from '../../audit/index.ts';
import type { Connection, Transaction } from '../../store/index.ts';
import { assertId, refusal } from '../refusals.ts';
import { readName } from '../typed.ts';
import type { DirectoryDeps } from './deps.ts';
import { unlessTaken } from './taken.ts';

export type OrganisationView = { readonly id: string; readonly name: string };
export type UnitView = { readonly id: string; readonly organisationId: string; readonly parentId: string | null; readonly name: string };

/** Municipalities (団体) and the tree of departments (部署) under each. */
export function createOrganisations(deps: DirectoryDeps) {
  const { database } = deps;
  return {
    addOrganisation: ({ name }: { name: string }): Promise<OrganisationView> =>
      unlessTaken(database, 'name', (transaction) => insertOrganisation(transaction, deps, { name })),

    listOrganisations: (): Promise<OrganisationView[]> => database.selectFrom('organisation').select(['id', 'name']).orderBy('name').execute(),

    async addUnit(input: { organisationId: string; parentId?: string; name: string }): Promise<UnitView> {
      assertId(input.organisationId);
      if (input.parentId !== undefined) assertId(input.parentId);
      return unlessTaken(database, 'name', async (transaction) => {
        await assertOrganisation(transaction, input.organisationId);
        if (input.parentId !== undefined) await assertUnit(transaction, input.organisationId, input.parentId);
        return insertUnit(transaction, deps, input);
      });
    },

    listUnits: ({ organisationId }: { organisationId?: string } = {}): Promise<UnitView[]> =>
      database
        .selectFrom('unit')
        .select(['id', 'organisation_id as organisationId', 'parent_id as parentId', 'name'])
        .$if(organisationId !== undefined, (query) => query.where('organisation_id', '=', organisationId!))
        .orderBy('organisation_id')
        .orderBy('name')
        .execute(),
  };
}

export async function insertOrganisation(transaction: Transaction, { clock, ids, trail, actor, address }: DirectoryDeps, input: { name: string }): Promise<OrganisationView> {
  const organisation = { id: ids.uuid(), name: readName(input.name, 'name') };
  await transaction.insertInto('organisation').values({ ...organisation, created_at: clock.now() }).execute();
  await trail.append(transaction, events.organisationAdded({ actor, address, organisationId: organisation.id, name: organisation.name }));
  return organisation;
}

export async function insertUnit(
  transaction: Transaction,
  { clock, ids, trail, actor, address }: DirectoryDeps,
  { organisationId, parentId, ...input }: { organisationId: string; parentId?: string; name: string },
): Promise<UnitView> {
  const unit = { id: ids.uuid(), name: readName(input.name, 'name') };
  await transaction.insertInto('unit').values({ ...unit, organisation_id: organisationId, parent_id: parentId ?? null, created_at: clock.now() }).execute();
  await trail.append(transaction, events.unitAdded({ actor, address, organisationId, unitId: unit.id, parentId, name: unit.name }));
  return { ...unit, organisationId, parentId: parentId ?? null };
}

export async function assertOrganisation(connection: Connection, id: string): Promise<void> {
  if (!(await connection.selectFrom('organisation').where('id', '=', id).select('id').executeTakeFirst())) throw refusal('not-found');
}

/** A unit of another organisation is not found. */
export async function assertUnit(connection: Connection, organisationId: string, id: string): Promise<void> {
  const unit = await connection.selectFrom('unit').where('id', '=', id).where('organisation_id', '=', organisationId).select('id').executeTakeFirst();
  if (!unit) throw refusal('not-found');
}
