import { events, type AuditEvent } from '../audit/index.ts';
import type { SignedIn } from '../port.ts';
import { sql, type Transaction } from '../store/index.ts';
import { actorOf } from '../continuity/deps.ts';

/**
 * Whoever decides is not absent: the deputyship that rested on it ends with the act. Call it before the level is held, since a deputy's
 * approval locks in that order.
 */
export async function endByReturn(transaction: Transaction, person: SignedIn, now: Date): Promise<readonly AuditEvent[]> {
  const { personId, organisationId } = person;
  const ended = await transaction
    .updateTable('deputyship')
    .set({ ended_at: now, ended_by: personId, ended_because: 'returned' })
    .where('organisation_id', '=', organisationId)
    .where('ended_at', 'is', null)
    .where('until', '>', now)
    .where(sql<boolean>`${personId} = any (absent)`)
    .returning(['id', 'deputy_id as deputyId'])
    .execute();
  return ended.map(({ id, deputyId }) => events.deputyEnded({ actor: actorOf(person), organisationId, deputyshipId: id, deputyId, why: 'returned' }));
}
