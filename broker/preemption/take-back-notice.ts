import { events, type AuditEvent } from '../audit/index.ts';
import type { Transaction } from '../store/index.ts';
import type { Holder } from '../waiting/entry.ts';

/** Nobody needs these seats any more: their sessions go on. */
export async function takeBackNotice(transaction: Transaction, kept: readonly Holder[], now: Date): Promise<AuditEvent[]> {
  const written: AuditEvent[] = [];
  for (const { leaseId } of kept) {
    const staying = await transaction
      .updateTable('lease')
      .set({ closing_at: null, closing_because: null })
      .where('id', 'in', transaction.selectFrom('lease').select('id').where('id', '=', leaseId).where('state', '<>', 'ended').where('closing_because', '=', 'preempted').forUpdate().skipLocked())
      .returning('organisation_id as organisationId')
      .executeTakeFirst();
    if (staying === undefined) continue;
    const [running] = await transaction.updateTable('preemption').set({ outcome: 'withdrawn', closed_at: now }).where('lease_id', '=', leaseId).where('outcome', 'is', null).returning('waiting_id as waitingId').execute();
    if (running === undefined) continue;
    const about = { actor: { kind: 'system' }, organisationId: staying.organisationId, leaseId } as const;
    written.push(events.yieldWithdrawn({ ...about, waitingId: running.waitingId }), events.leaseKept(about));
  }
  return written;
}
