import type { Asked, Held } from '../admission/index.ts';
import { events, type Actor, type AuditEvent } from '../audit/index.ts';
import type { Policy } from '../policy/index.ts';
import type { Code } from '../port.ts';
import type { Transaction } from '../store/index.ts';
import { standingOf } from './order.ts';

export type Taking = {
  readonly waitingId: string;
  readonly request: Asked;
  readonly held: Held;
  /** Why there is nothing now. */
  readonly reasons: readonly Code[];
  readonly policy: Policy;
  readonly now: Date;
  readonly actor: Actor;
  readonly changeDuty: boolean;
  /** A place for something else may be given up for it. */
  readonly changeWait: boolean;
};

/**
 * Gives a place in the queue, or keeps the one that the person has for the same thing, in the transaction that holds the request's facts.
 * @returns `elsewhere`: the person waits for something else, and that place is kept
 */
export async function takePlace(transaction: Transaction, { waitingId, request, held, reasons, policy, now, actor, changeDuty, changeWait }: Taking): Promise<{ waitingId: string; elsewhere?: true; written: AuditEvent[] }> {
  const { personId, organisationId, address, desktopId, poolId, dutyId, signInId } = request;
  const { facts, unitId } = held;
  const { duty, site } = facts;
  if (duty === undefined || site === undefined || unitId === undefined) throw new Error('what waits is known');
  const open = await transaction.selectFrom('waiting').where('person_id', '=', personId).where('ended_at', 'is', null).select(['id', 'desktop_id', 'pool_id', 'duty_id']).executeTakeFirst();
  const written: AuditEvent[] = [];
  if (open !== undefined) {
    const same = open.duty_id === dutyId && open.desktop_id === (desktopId ?? null) && open.pool_id === (poolId ?? null);
    if (same) {
      await transaction.updateTable('waiting').set({ seen_at: now, sign_in_id: signInId, address, site, reasons: [...reasons] }).where('id', '=', open.id).execute();
      return { waitingId: open.id, written };
    }
    if (!changeWait) return { waitingId: open.id, elsewhere: true, written };
    await transaction.updateTable('waiting').set({ ended_at: now, ended_because: 'replaced' }).where('id', '=', open.id).execute();
    written.push(events.placeEnded({ actor, organisationId, address, waitingId: open.id, personId, why: 'replaced' }));
  }
  const { due, countsAs } = standingOf({ ...ENTRY, organisationId, class: duty.class, targetSeconds: duty.targetSeconds ?? null, arrivedAt: now }, policy, new Map([[organisationId, facts.level]]), now);
  await transaction
    .insertInto('waiting')
    .values({
      id: waitingId,
      organisation_id: organisationId,
      person_id: personId,
      unit_id: unitId,
      desktop_id: desktopId ?? null,
      pool_id: poolId ?? null,
      duty_id: dutyId,
      sign_in_id: signInId,
      site,
      address,
      weight: facts.desktop?.weight ?? 1,
      change_duty: changeDuty,
      arrived_at: now,
      after_lease_id: null,
      seen_at: now,
      due,
      counts_as: countsAs,
      promised_at: null,
      reasons: [...reasons],
      policy_version: policy.version,
      lease_id: null,
      ended_at: null,
      ended_because: null,
    })
    .execute();
  written.push(events.placeTaken({ actor, organisationId, address, waitingId, personId, dutyId, desktopId, poolId, reasons }));
  return { waitingId, written };
}

/** Of a newcomer. */
const ENTRY = { id: '', personId: '', path: [], weight: 1, desktopId: undefined, poolId: undefined, returning: false, promised: false, present: true, own: false } as const;
