import { authorise, type Reach } from '../authorization/index.ts';
import { insertUnit, assertUnit } from '../identity/directory/organisations.ts';
import { unlessTaken } from '../identity/directory/taken.ts';
import { assertId } from '../identity/refusals.ts';
import type { People, Unit } from '../port.ts';
import { sql, type Connection } from '../store/index.ts';
import { inNameOf, type PeopleDeps } from './deps.ts';
import { holdReach } from './right.ts';

/** The tree of units (部署). */
export function createUnits(deps: PeopleDeps): Pick<People, 'units' | 'addUnit'> {
  const { database } = deps;
  return {
    units: async (person) => readUnits(database, authorise(person, 'units.view')),

    addUnit: ({ person, origin, name, parentId }) =>
      unlessTaken(database, 'name', async (transaction) => {
        const reach = await holdReach(transaction, person, 'units.manage');
        if (parentId !== undefined) {
          assertId(parentId);
          await assertUnit(transaction, person.organisationId, parentId);
        }
        const added = await insertUnit(transaction, inNameOf(deps, { person, origin }), { organisationId: person.organisationId, name, ...(parentId !== undefined && { parentId }) });
        return (await readUnits(transaction, reach)).find(({ id }) => id === added.id)!;
      }),
  };
}

/** By path. */
async function readUnits(connection: Connection, { organisationId, units }: Reach): Promise<readonly Unit[]> {
  const { rows } = await sql<Unit>`
    with recursive tree (id, name, parent_id, path) as (
      select id, name, parent_id, name from unit where organisation_id = ${organisationId} and parent_id is null
      union all
      select unit.id, unit.name, unit.parent_id, tree.path || ' / ' || unit.name from unit join tree on tree.id = unit.parent_id
    )
    select tree.id, tree.name, tree.parent_id as "parentId", tree.path, coalesce(held.people, 0)::integer as people
    from tree left join (select unit_id, count(*) as people from person where organisation_id = ${organisationId} group by unit_id) held on held.unit_id = tree.id
    where ${units === 'all' ? sql`true` : sql`tree.id = any (${[...units]}::uuid[])`}
    order by tree.path`.execute(connection);
  return rows;
}
