import { events, type Actor, type Trail } from '../audit/index.ts';
import { may, type Target } from '../authorization/index.ts';
import type { Clock } from '../environment.ts';
import { Refusal } from '../port.ts';
import { inTransaction, type Connection, type Database, type Transaction } from '../store/index.ts';
import { holderNow } from './holder-now.ts';
import { readReason } from './reason.ts';

export type ReleaseDeps = { readonly database: Database; readonly trail: Trail; readonly clock: Clock };
type Stop = Target & { readonly id: string };
type By = { readonly personId: string; readonly actor: Actor; readonly address: string };

/**
 * The first of two: changes nothing yet. The question of somebody who may ask it no longer counts for nothing: another takes its place.
 * @throws Refusal `proposal-closed` where it was asked for already
 */
export async function askRelease({ database, trail, clock }: ReleaseDeps, stop: Stop, typed: string, { personId, actor, address }: By): Promise<void> {
  const { id: stopId, organisationId, unitId } = stop;
  const question = { asked_by: personId, asked_at: clock.now(), reason: readReason(typed) };
  await inTransaction(database, async (transaction) => {
    const asked = await transaction
      .insertInto('entry_release')
      .values({ stop_id: stopId, organisation_id: organisationId, ...question, agreed_by: null, agreed_at: null })
      .onConflict((conflict) => conflict.doNothing())
      .returning('stop_id')
      .executeTakeFirst();
    if (asked === undefined) {
      const standing = await lockRelease(transaction, stopId);
      if (standing === undefined || standing.agreedBy !== null || (await mayRelease(transaction, standing.askedBy, stop))) throw new Refusal('proposal-closed');
      await transaction.updateTable('entry_release').set(question).where('stop_id', '=', stopId).execute();
    }
    await trail.append(transaction, events.entryReleaseAsked({ actor, organisationId, address, stopId, unitId: unitId ?? undefined, reason: question.reason }));
  });
}

/**
 * The second, who lets everybody in again.
 * @throws Refusal `own-proposal`; `proposal-closed` where nobody who may still asks, or it was agreed to already
 */
export async function agreeRelease({ database, trail, clock }: ReleaseDeps, stop: Stop, { personId, actor, address }: By): Promise<void> {
  const { id: stopId, organisationId, unitId } = stop;
  await inTransaction(database, async (transaction) => {
    const release = await lockRelease(transaction, stopId);
    if (release === undefined || release.agreedBy !== null) throw new Refusal('proposal-closed');
    if (release.askedBy === personId) throw new Refusal('own-proposal');
    if (!(await mayRelease(transaction, release.askedBy, stop))) throw new Refusal('proposal-closed');
    await transaction.updateTable('entry_release').set({ agreed_by: personId, agreed_at: clock.now() }).where('stop_id', '=', stopId).execute();
    await trail.append(transaction, events.entryReleased({ actor, organisationId, address, stopId, unitId: unitId ?? undefined, askedBy: release.askedBy }));
  });
}

/** Whether who asked to let people in again could ask it now: neither suspended since, nor without the role. */
export async function mayRelease(connection: Connection, personId: string, stop: Target): Promise<boolean> {
  return may(await holderNow(connection, personId), 'entry.release', stop);
}

function lockRelease(transaction: Transaction, stopId: string) {
  return transaction.selectFrom('entry_release').where('stop_id', '=', stopId).select(['asked_by as askedBy', 'agreed_by as agreedBy']).forUpdate().executeTakeFirst();
}
