import { events } from '../../audit/index.ts';
import type { PriorityClass, Zone } from '../../port.ts';
import { inTransaction } from '../../store/index.ts';
import { assertId, refusal } from '../refusals.ts';
import { readName } from '../typed.ts';
import { readPerson } from './accounts.ts';
import type { DirectoryDeps } from './deps.ts';
import { assertOrganisation } from './organisations.ts';
import { unlessTaken } from './taken.ts';

export type DutyView = { readonly id: string; readonly organisationId: string; readonly name: string; readonly class: PriorityClass; readonly zone: Zone };
type Assignment = { readonly personId: string; readonly dutyId: string };

/** Duties (業務) and who holds them. */
export function createDuties(deps: DirectoryDeps) {
  const { database, clock, ids, trail, actor, endLeasesOf } = deps;
  return {
    async addDuty(input: { organisationId: string; name: string; class: PriorityClass; zone: Zone }): Promise<DutyView> {
      assertId(input.organisationId);
      const duty = { id: ids.uuid(), organisationId: input.organisationId, name: readName(input.name, 'name'), class: input.class, zone: input.zone };
      return unlessTaken(database, 'name', async (transaction) => {
        await assertOrganisation(transaction, duty.organisationId);
        await transaction
          .insertInto('duty')
          .values({ id: duty.id, organisation_id: duty.organisationId, name: duty.name, priority_class: duty.class, zone: duty.zone, created_at: clock.now() })
          .execute();
        await trail.append(transaction, events.dutyAdded({ actor, organisationId: duty.organisationId, dutyId: duty.id, name: duty.name, class: duty.class, zone: duty.zone }));
        return duty;
      });
    },

    listDuties: ({ organisationId }: { organisationId?: string } = {}): Promise<DutyView[]> =>
      database
        .selectFrom('duty')
        .select(['id', 'organisation_id as organisationId', 'name', 'priority_class as class', 'zone'])
        .$if(organisationId !== undefined, (query) => query.where('organisation_id', '=', organisationId!))
        .orderBy('organisation_id')
        .orderBy('priority_class')
        .orderBy('name')
        .execute(),

    /** A duty of another organisation is not found. Assigning twice changes nothing. */
    async assignDuty({ personId, dutyId }: Assignment): Promise<void> {
      assertId(dutyId);
      await inTransaction(database, async (transaction) => {
        const { organisationId } = await readPerson(transaction, personId);
        const duty = await transaction.selectFrom('duty').where('id', '=', dutyId).where('organisation_id', '=', organisationId).select('id').executeTakeFirst();
        if (!duty) throw refusal('not-found');
        const assigned = await transaction
          .insertInto('duty_assignment')
          .values({ organisation_id: organisationId, person_id: personId, duty_id: dutyId, assigned_at: clock.now() })
          .onConflict((conflict) => conflict.doNothing())
          .returning('duty_id')
          .executeTakeFirst();
        if (assigned) await trail.append(transaction, events.dutyAssigned({ actor, organisationId, dutyId, personId }));
      });
    },

    /** Ends the leases that rest on it. Taking away what is not there changes nothing. */
    async unassignDuty({ personId, dutyId }: Assignment): Promise<void> {
      assertId(dutyId);
      await inTransaction(database, async (transaction) => {
        const { organisationId } = await readPerson(transaction, personId);
        const taken = await transaction.deleteFrom('duty_assignment').where('person_id', '=', personId).where('duty_id', '=', dutyId).returning('duty_id').executeTakeFirst();
        if (!taken) return;
        await endLeasesOf(transaction, { personId, dutyId }, 'duty-not-held', actor);
        await trail.append(transaction, events.dutyUnassigned({ actor, organisationId, dutyId, personId }));
      });
    },
  };
}
