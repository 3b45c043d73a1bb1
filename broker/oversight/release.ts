import { events, type Actor, type Trail } from '../audit/index.ts';
import type { Clock } from '../environment.ts';
import { Refusal } from '../port.ts';
import { inTransaction, type Database } from '../store/index.ts';
import { readReason } from './reason.ts';

export type ReleaseDeps = { readonly database: Database; readonly trail: Trail; readonly clock: Clock };
type Stop = { readonly id: string; readonly organisationId: string; readonly unitId: string | null };
type By = { readonly personId: string; readonly actor: Actor; readonly address: string };

/** The first of two: changes nothing yet. @throws Refusal `proposal-closed` where it was asked for already */
export async function askRelease({ database, trail, clock }: ReleaseDeps, { id: stopId, organisationId, unitId }: Stop, typed: string, { personId, actor, address }: By): Promise<void> {
  const reason = readReason(typed);
  await inTransaction(database, async (transaction) => {
    const asked = await transaction
      .insertInto('entry_release')
      .values({ stop_id: stopId, organisation_id: organisationId, asked_by: personId, asked_at: clock.now(), reason, agreed_by: null, agreed_at: null })
      .onConflict((conflict) => conflict.doNothing())
      .returning('stop_id')
      .executeTakeFirst();
    if (asked === undefined) throw new Refusal('proposal-closed');
    await trail.append(transaction, events.entryReleaseAsked({ actor, organisationId, address, stopId, unitId: unitId ?? undefined, reason }));
  });
}

/** The second, who lets everybody in again. @throws Refusal `own-proposal`; `proposal-closed` where nobody asked or it was agreed to already */
export async function agreeRelease({ database, trail, clock }: ReleaseDeps, { id: stopId, organisationId, unitId }: Stop, { personId, actor, address }: By): Promise<void> {
  await inTransaction(database, async (transaction) => {
    const release = await transaction.selectFrom('entry_release').where('stop_id', '=', stopId).select(['asked_by as askedBy', 'agreed_by as agreedBy']).forUpdate().executeTakeFirst();
    if (release === undefined || release.agreedBy !== null) throw new Refusal('proposal-closed');
    if (release.askedBy === personId) throw new Refusal('own-proposal');
    await transaction.updateTable('entry_release').set({ agreed_by: personId, agreed_at: clock.now() }).where('stop_id', '=', stopId).execute();
    await trail.append(transaction, events.entryReleased({ actor, organisationId, address, stopId, unitId: unitId ?? undefined, askedBy: release.askedBy }));
  });
}
