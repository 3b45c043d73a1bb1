import { events, type AuditEvent } from '../audit/index.ts';
import { sql, type Transaction } from '../store/index.ts';
import type { Holder } from '../waiting/entry.ts';

/** Nobody needs these seats any more: their sessions go on, and what was promised is promised no longer. */
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
    await sql`
      update waiting set promised_at = null
      where waiting.id = ${running.waitingId} and waiting.ended_at is null and waiting.promised_at is not null
        and not exists (select from preemption where preemption.waiting_id = waiting.id and preemption.outcome is null)`.execute(transaction);
    const about = { actor: { kind: 'system' }, organisationId: staying.organisationId, leaseId } as const;
    written.push(events.yieldWithdrawn({ ...about, waitingId: running.waitingId }), events.leaseKept(about));
  }
  return written;
}
