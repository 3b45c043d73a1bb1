import { authorise, type Reach } from '../authorization/index.ts';
import { changeDuty, retireDuty } from '../identity/directory/duty-changes.ts';
import { addDuty, assignDuty, assignDutyToUnits, unassignDuty } from '../identity/directory/duties.ts';
import { takenAsRefusal } from '../identity/directory/violations.ts';
import { refusal } from '../identity/refusals.ts';
import type { DirectoryDeps } from '../identity/directory/deps.ts';
import type { DutyListed, People } from '../port.ts';
import { inTransaction, sql, type Connection, type Transaction } from '../store/index.ts';
import { unitAndBelow } from '../authorization/unit-and-below.ts';
import { inNameOf, type By, type PeopleDeps } from './deps.ts';
import { readDetails } from './list.ts';
import { pageOf, readCursor } from '../paging/by-name.ts';
import { rowsOf } from '../paging/rows.ts';
import { assertReaches, holdReach, holdTarget } from './right.ts';

/** The catalogue of duties (業務), and who is given which. */
export function createDuties(deps: PeopleDeps): Pick<People, 'duties' | 'addDuty' | 'changeDuty' | 'retireDuty' | 'assignDuty' | 'assignDutyToUnit' | 'unassignDuty'> {
  const { database, clock } = deps;

  const on = (by: By, personId: string, work: (transaction: Transaction, directory: DirectoryDeps) => Promise<void>) =>
    inTransaction(database, async (transaction) => {
      const reach = await holdReach(transaction, by.person, 'duties.assign');
      await holdTarget(transaction, reach, personId);
      await work(transaction, inNameOf(deps, by));
      return readDetails(transaction, reach, personId, clock.now());
    });
  const manage = (by: By, work: (transaction: Transaction, directory: DirectoryDeps) => Promise<string>) =>
    takenAsRefusal('name', () =>
      inTransaction(database, async (transaction) => {
        const reach = await holdReach(transaction, by.person, 'duties.manage');
        const dutyId = await work(transaction, inNameOf(deps, by));
        return readDuty(transaction, reach, dutyId);
      }),
    );

  return {
    async duties({ person, search, status, cursor, limit }) {
      const count = rowsOf(limit);
      const part = search?.normalize('NFKC').trim().toLowerCase() ?? '';
      const conditions = [
        ...(part === '' ? [] : [sql`strpos(lower(normalize(duty.name, NFKC)), ${part}) > 0`]),
        ...(status === undefined ? [] : [sql`duty.status = ${status}`]),
        ...(cursor === undefined ? [] : [sql`duty.name > ${readCursor(cursor)}`]),
      ];
      return pageOf(await select(database, authorise(person, 'duties.view'), conditions, count + 1), count, ({ name }) => name);
    },

    addDuty: ({ person, origin, name, class: priorityClass, zone, targetSeconds }) =>
      manage({ person, origin }, async (transaction, directory) => (await addDuty(transaction, directory, { organisationId: person.organisationId, name, class: priorityClass, zone, targetSeconds })).id),

    changeDuty: ({ person, origin, dutyId, name, class: priorityClass, zone, targetSeconds }) =>
      manage({ person, origin }, async (transaction, directory) => {
        const changes = {
          ...(name !== undefined && { name }),
          ...(priorityClass !== undefined && { class: priorityClass }),
          ...(zone !== undefined && { zone }),
          ...(targetSeconds !== undefined && { targetSeconds }),
        };
        await changeDuty(transaction, directory, { organisationId: person.organisationId, dutyId }, changes);
        return dutyId;
      }),

    retireDuty: ({ person, origin, dutyId }) =>
      manage({ person, origin }, async (transaction, directory) => {
        await retireDuty(transaction, directory, { organisationId: person.organisationId, dutyId });
        return dutyId;
      }),

    assignDuty: ({ person, origin, personId, dutyId }) => on({ person, origin }, personId, (transaction, directory) => assignDuty(transaction, directory, { personId, dutyId })),
    unassignDuty: ({ person, origin, personId, dutyId }) => on({ person, origin }, personId, (transaction, directory) => unassignDuty(transaction, directory, { personId, dutyId })),

    assignDutyToUnit: ({ person, origin, unitId, dutyId }) =>
      inTransaction(database, async (transaction) => {
        const { organisationId } = person;
        assertReaches(await holdReach(transaction, person, 'duties.assign'), unitId);
        const unitIds = await unitAndBelow(transaction, { organisationId, unitId: unitId.toLowerCase() });
        return { assigned: await assignDutyToUnits(transaction, inNameOf(deps, { person, origin }), { organisationId, dutyId, unitIds }) };
      }),
  };
}

async function readDuty(connection: Connection, reach: Reach, dutyId: string): Promise<DutyListed> {
  const [duty] = await select(connection, reach, [sql`duty.id = ${dutyId}`], 1);
  if (duty === undefined) throw refusal('not-found');
  return duty;
}

/** By name. Duties belong to the organisation as a whole, so that everybody who may see them sees all. */
async function select(connection: Connection, { organisationId }: Reach, conditions: readonly ReturnType<typeof sql>[], limit: number): Promise<DutyListed[]> {
  const { rows } = await sql<DutyListed>`
    select duty.id, duty.name, priority_class as class, zone, target_seconds as "targetSeconds", duty.status,
      (select count(*) from duty_assignment where duty_id = duty.id) as people
    from duty where ${sql.join([sql`duty.organisation_id = ${organisationId}`, ...conditions], sql` and `)}
    order by duty.name limit ${limit}`.execute(connection);
  return rows;
}
