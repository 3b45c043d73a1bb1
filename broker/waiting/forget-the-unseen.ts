import { events, type AuditEvent } from '../audit/index.ts';
import type { Policy } from '../policy/index.ts';
import type { Transaction } from '../store/index.ts';

/** Ends the places of those whose page has not been there for as long as a place is kept. */
export async function forgetTheUnseen(transaction: Transaction, { durations }: Policy, now: Date): Promise<AuditEvent[]> {
  const over = await transaction
    .updateTable('waiting')
    .set({ ended_at: now, ended_because: 'not-seen' })
    .where('ended_at', 'is', null)
    .where('seen_at', '<=', new Date(now.getTime() - durations.placeKept * 1000))
    .returning(['id', 'organisation_id as organisationId', 'person_id as personId'])
    .execute();
  return over.map(({ id, organisationId, personId }) => events.placeEnded({ actor: { kind: 'system' }, organisationId, waitingId: id, personId, why: 'not-seen' }));
}
