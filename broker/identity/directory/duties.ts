import { events } from '../../audit/index.ts';
import type { PriorityClass, Zone } from '../../port.ts';
import { inTransaction, sql, type Transaction } from '../../store/index.ts';
import { assertId, refusal } from '../refusals.ts';
import { readName, readTargetSeconds } from '../typed.ts';
import { byOf, type DirectoryDeps } from './deps.ts';
import { assertOrganisation } from './organisations.ts';
import { readPerson } from './person.ts';
import { unlessTaken } from './taken.ts';

export type DutyView = {
  readonly id: string;
  readonly organisationId: string;
  readonly name: string;
  readonly class: PriorityClass;
  readonly zone: Zone;
  /** Null: the target time of its class. */
  readonly targetSeconds: number | null;
  readonly status: 'active' | 'retired';
};
export type NewDuty = { readonly organisationId: string; readonly name: string; readonly class: PriorityClass; readonly zone: Zone; readonly targetSeconds?: number | null };
type Assignment = { readonly personId: string; readonly dutyId: string };

/** Duties (業務) and who holds them. */
export function createDuties(deps: DirectoryDeps) {
  const { database } = deps;
  return {
    addDuty: (input: NewDuty): Promise<DutyView> => unlessTaken(database, 'name', (transaction) => addDuty(transaction, deps, input)),

    /** Retired ones as well. */
    async listDuties({ organisationId }: { organisationId?: string } = {}): Promise<DutyView[]> {
      const rows = await database
        .selectFrom('duty')
        .select(['id', 'organisation_id as organisationId', 'name', 'priority_class as class', 'zone', 'target_seconds as targetSeconds', 'status'])
        .$if(organisationId !== undefined, (query) => query.where('organisation_id', '=', organisationId!))
        .orderBy('organisation_id')
        .orderBy('priority_class')
        .orderBy('name')
        .execute();
      return rows.map((row) => ({ ...row, targetSeconds: row.targetSeconds === null ? null : Number(row.targetSeconds) }));
    },

    /** A duty of another organisation is not found, a retired one is a `conflict`. Assigning twice changes nothing. */
    assignDuty: (assignment: Assignment): Promise<void> => inTransaction(database, (transaction) => assignDuty(transaction, deps, assignment)),
    /** Ends the leases that rest on it. Taking away what is not there changes nothing. */
    unassignDuty: (assignment: Assignment): Promise<void> => inTransaction(database, (transaction) => unassignDuty(transaction, deps, assignment)),
  };
}

export async function addDuty(transaction: Transaction, { clock, ids, trail, actor, address }: DirectoryDeps, input: NewDuty): Promise<DutyView> {
  assertId(input.organisationId);
  const { organisationId, class: priorityClass, zone } = input;
  const targetSeconds = readTargetSeconds(input.targetSeconds ?? null);
  const duty = { id: ids.uuid(), organisationId, name: readName(input.name, 'name'), class: priorityClass, zone, targetSeconds, status: 'active' } as const;
  await assertOrganisation(transaction, organisationId);
  await transaction
    .insertInto('duty')
    .values({ id: duty.id, organisation_id: organisationId, name: duty.name, priority_class: priorityClass, zone, target_seconds: targetSeconds, created_at: clock.now() })
    .execute();
  await trail.append(transaction, events.dutyAdded({ actor, address, organisationId, dutyId: duty.id, name: duty.name, class: priorityClass, zone, ...(targetSeconds !== null && { targetSeconds }) }));
  return duty;
}

export async function assignDuty(transaction: Transaction, { clock, trail, actor, address }: DirectoryDeps, { personId, dutyId }: Assignment): Promise<void> {
  assertId(dutyId);
  const { organisationId } = await readPerson(transaction, personId);
  await holdAssignable(transaction, { organisationId, dutyId });
  const assigned = await transaction
    .insertInto('duty_assignment')
    .values({ organisation_id: organisationId, person_id: personId, duty_id: dutyId, assigned_at: clock.now() })
    .onConflict((conflict) => conflict.doNothing())
    .returning('duty_id')
    .executeTakeFirst();
  if (assigned) await trail.append(transaction, events.dutyAssigned({ actor, address, organisationId, dutyId, personId }));
}

/** To all active people of these units. @returns how many did not hold it before */
export async function assignDutyToUnits(
  transaction: Transaction,
  { clock, trail, actor, address }: DirectoryDeps,
  { organisationId, dutyId, unitIds }: { organisationId: string; dutyId: string; unitIds: readonly string[] },
): Promise<number> {
  assertId(dutyId);
  await holdAssignable(transaction, { organisationId, dutyId });
  const { rows } = await sql<{ personId: string }>`
    insert into duty_assignment (organisation_id, person_id, duty_id, assigned_at)
    select organisation_id, id, ${dutyId}, ${clock.now()} from person
    where organisation_id = ${organisationId} and unit_id = any (${[...unitIds]}::uuid[]) and status = 'active' order by id
    on conflict do nothing returning person_id as "personId"`.execute(transaction);
  await trail.append(transaction, ...rows.map(({ personId }) => events.dutyAssigned({ actor, address, organisationId, dutyId, personId })));
  return rows.length;
}

export async function unassignDuty(transaction: Transaction, deps: DirectoryDeps, { personId, dutyId }: Assignment): Promise<void> {
  const { trail, actor, address, endLeasesOf } = deps;
  assertId(dutyId);
  const { organisationId } = await readPerson(transaction, personId);
  const taken = await transaction.deleteFrom('duty_assignment').where('person_id', '=', personId).where('duty_id', '=', dutyId).returning('duty_id').executeTakeFirst();
  if (!taken) return;
  await endLeasesOf(transaction, { personId, dutyId }, 'duty-not-held', byOf(deps));
  await trail.append(transaction, events.dutyUnassigned({ actor, address, organisationId, dutyId, personId }));
}

/** So that nobody retires it meanwhile. */
async function holdAssignable(transaction: Transaction, { organisationId, dutyId }: { organisationId: string; dutyId: string }): Promise<void> {
  const duty = await transaction.selectFrom('duty').where('id', '=', dutyId).where('organisation_id', '=', organisationId).select('status').forShare().executeTakeFirst();
  if (!duty) throw refusal('not-found');
  if (duty.status === 'retired') throw refusal('conflict');
}
