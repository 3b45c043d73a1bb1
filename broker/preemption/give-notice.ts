import { events, type AuditEvent } from '../audit/index.ts';
import type { Policy } from '../policy/index.ts';
import { sql, type Transaction } from '../store/index.ts';
import type { Allocation } from '../waiting/allocate.ts';
import type { Entry, SeatState } from '../waiting/entry.ts';

export type Notices = { readonly notices: Allocation['notices']; readonly state: SeatState; readonly policy: Policy; readonly now: Date; readonly newId: () => string };

/**
 * Tells sessions that they have to yield their seats and to which place: it has a promise from then on. One that another transaction works on is
 * left for the next time.
 */
export async function giveNotice(transaction: Transaction, { notices, state, policy, now, newId }: Notices): Promise<AuditEvent[]> {
  const written: AuditEvent[] = [];
  for (const { holder, entry, grace } of notices) {
    const until = new Date(now.getTime() + grace * 1000);
    const closing = await transaction
      .updateTable('lease')
      .set({ closing_at: until, closing_because: 'preempted' })
      .where('id', 'in', transaction.selectFrom('lease').select('id').where('id', '=', holder.leaseId).where('state', '<>', 'ended').where('closing_at', 'is', null).forUpdate().skipLocked())
      .returning(['id', 'organisation_id as organisationId'])
      .executeTakeFirst();
    if (closing === undefined) continue;
    const preemptionId = newId();
    const inputs = inputsOf({ holder, entry, state, grace });
    const of = { lease_id: holder.leaseId, waiting_id: entry.id, class: holder.class, for_class: entry.class };
    await transaction
      .insertInto('preemption')
      .values({ ...of, id: preemptionId, organisation_id: closing.organisationId, noticed_at: now, ends_at: until, extended_at: null, extension_reason: null, policy_version: policy.version, inputs: JSON.stringify(inputs), outcome: null, closed_at: null })
      .execute();
    await promise(transaction, entry, now);
    const about = { actor: { kind: 'system' }, organisationId: closing.organisationId, leaseId: holder.leaseId } as const;
    written.push(
      events.leaseClosing({ ...about, why: 'preempted', until: until.toISOString() }),
      events.yieldNoticed({ ...about, preemptionId, waitingId: entry.id, class: holder.class, forClass: entry.class, until: until.toISOString(), inputs, policyVersion: policy.version }),
    );
  }
  return written;
}

/** Sessions have notice to yield to this place from now on. */
export async function promise(transaction: Transaction, { id }: Entry, now: Date): Promise<void> {
  await transaction.updateTable('waiting').set({ promised_at: sql<Date>`coalesce(promised_at, ${now})` }).where('id', '=', id).where('ended_at', 'is', null).execute();
}

/** What the choice rested on. */
export function inputsOf({ holder, entry, state, grace }: Allocation['notices'][number] & { readonly state: SeatState }) {
  return {
    surplus: holder.surplus,
    seatedAt: holder.seatedAt.toISOString(),
    idleSince: holder.idleSince.toISOString(),
    weight: holder.weight,
    path: [...holder.path],
    forPath: [...entry.path],
    forWeight: entry.weight,
    level: state.levels.get(entry.organisationId)?.level ?? '0',
    waiting: state.waiting.length,
    sessions: state.holders.length,
    grace,
  };
}
