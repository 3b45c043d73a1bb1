import { events, type AuditEvent } from '../audit/index.ts';
import type { Transaction } from '../store/index.ts';
import type { Yielding } from './who-yields.ts';
import { inputsOf, promise, type Notices } from './give-notice.ts';

/**
 * The place that a session yields to has no need of it any more, or somebody more urgent has: it yields to another one, at the moment that it was told. Its
 * grace does not begin anew, and an extension that was asked for counts.
 */
export async function passNotice(transaction: Transaction, { passed, state, policy, now, newId }: Omit<Notices, 'notices'> & { readonly passed: readonly Yielding[] }): Promise<AuditEvent[]> {
  const written: AuditEvent[] = [];
  for (const { holder, entry } of passed) {
    const { leaseId } = holder;
    const lease = await transaction.selectFrom('lease').select('organisation_id as organisationId').where('id', '=', leaseId).where('state', '<>', 'ended').where('closing_because', '=', 'preempted').forUpdate().skipLocked().executeTakeFirst();
    if (lease === undefined) continue;
    const [was] = await transaction.updateTable('preemption').set({ outcome: 'withdrawn', closed_at: now }).where('lease_id', '=', leaseId).where('outcome', 'is', null).returningAll().execute();
    if (was === undefined) continue;
    const preemptionId = newId();
    const inputs = inputsOf({ holder, entry, state, grace: Math.round((was.ends_at.getTime() - was.noticed_at.getTime()) / 1000) });
    await transaction
      .insertInto('preemption')
      .values({ ...was, id: preemptionId, waiting_id: entry.id, for_class: entry.class, policy_version: policy.version, inputs: JSON.stringify(inputs), outcome: null, closed_at: null })
      .execute();
    await promise(transaction, entry, now);
    const about = { actor: { kind: 'system' }, organisationId: lease.organisationId, leaseId } as const;
    written.push(
      events.yieldWithdrawn({ ...about, waitingId: was.waiting_id }),
      events.yieldNoticed({ ...about, preemptionId, waitingId: entry.id, class: holder.class, forClass: entry.class, until: was.ends_at.toISOString(), inputs, policyVersion: policy.version }),
    );
  }
  return written;
}
