import { events } from '../../audit/index.ts';
import type { PriorityClass, Zone } from '../../port.ts';
import { inTransaction, sql, type Transaction } from '../../store/index.ts';
import { assertId, refusal } from '../refusals.ts';
import { readName, readTargetSeconds } from '../typed.ts';
import { byOf, type DirectoryDeps } from './deps.ts';
import { unlessTaken } from './taken.ts';

/** What is absent stays. `targetSeconds` null: the target time of its class. */
export type DutyChanges = { readonly name?: string; readonly class?: PriorityClass; readonly zone?: Zone; readonly targetSeconds?: number | null };
type Named = { readonly organisationId: string; readonly dutyId: string };

/** What becomes of duties once they are there. A duty of another organisation is not found, a retired one stays as it is (`conflict`). */
export function createDutyChanges(deps: DirectoryDeps) {
  return {
    changeDuty: ({ organisationId, dutyId, ...changes }: Named & DutyChanges): Promise<void> =>
      unlessTaken(deps.database, 'name', (transaction) => changeDuty(transaction, deps, { organisationId, dutyId }, changes)),
    /** Takes it from everybody and ends the leases for it. Retiring a retired one changes nothing. */
    retireDuty: (duty: Named): Promise<void> => inTransaction(deps.database, (transaction) => retireDuty(transaction, deps, duty)),
  };
}

export async function changeDuty(transaction: Transaction, { trail, actor, address }: DirectoryDeps, { organisationId, dutyId }: Named, changes: DutyChanges): Promise<void> {
  const was = await holdDuty(transaction, { organisationId, dutyId });
  if (was.status === 'retired') throw refusal('conflict');
  const name = changes.name === undefined ? undefined : readName(changes.name, 'name');
  const changed = {
    ...(name !== undefined && name !== was.name && { name }),
    ...(changes.class !== undefined && changes.class !== was.class && { class: changes.class }),
    ...(changes.zone !== undefined && changes.zone !== was.zone && { zone: changes.zone }),
    ...(changes.targetSeconds !== undefined && changes.targetSeconds !== was.targetSeconds && { targetSeconds: readTargetSeconds(changes.targetSeconds) }),
  };
  if (Object.keys(changed).length === 0) return;
  await transaction
    .updateTable('duty')
    .set({
      ...(changed.name !== undefined && { name: changed.name }),
      ...(changed.class !== undefined && { priority_class: changed.class }),
      ...(changed.zone !== undefined && { zone: changed.zone }),
      ...(changed.targetSeconds !== undefined && { target_seconds: changed.targetSeconds }),
    })
    .where('id', '=', dutyId)
    .execute();
  if (changed.name !== undefined || changed.class !== undefined || changed.zone !== undefined) await judgeAgain(transaction, dutyId);
  await trail.append(transaction, events.dutyChanged({ actor, address, organisationId, dutyId, ...changed }));
}

export async function retireDuty(transaction: Transaction, deps: DirectoryDeps, { organisationId, dutyId }: Named): Promise<void> {
  const { trail, actor, address, endLeasesOf } = deps;
  const was = await holdDuty(transaction, { organisationId, dutyId });
  if (was.status === 'retired') return;
  await transaction.updateTable('duty').set({ status: 'retired' }).where('id', '=', dutyId).execute();
  const taken = await transaction.deleteFrom('duty_assignment').where('duty_id', '=', dutyId).returning('person_id as personId').execute();
  await endLeasesOf(transaction, { dutyId }, 'duty-not-held', byOf(deps));
  await trail.append(transaction, ...taken.map(({ personId }) => events.dutyUnassigned({ actor, address, organisationId, dutyId, personId })), events.dutyRetired({ actor, address, organisationId, dutyId }));
}

/** Policy names duties, classes and zones. The assignments are locked, so that no admission that saw the duty as it was slips in behind. */
async function judgeAgain(transaction: Transaction, dutyId: string): Promise<void> {
  await transaction.selectFrom('duty_assignment').where('duty_id', '=', dutyId).select('person_id').orderBy('person_id').forUpdate().execute();
  await sql`update lease set judge_again = judge_again + 1 where duty_id = ${dutyId} and state <> 'ended'`.execute(transaction);
}

async function holdDuty(transaction: Transaction, { organisationId, dutyId }: Named) {
  assertId(dutyId);
  const duty = await transaction
    .selectFrom('duty')
    .where('id', '=', dutyId)
    .where('organisation_id', '=', organisationId)
    .select(['name', 'priority_class as class', 'zone', 'target_seconds', 'status'])
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!duty) throw refusal('not-found');
  const { target_seconds: seconds, ...rest } = duty;
  return { ...rest, targetSeconds: seconds === null ? null : Number(seconds) };
}
