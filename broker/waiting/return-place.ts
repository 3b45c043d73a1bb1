import { events, type AuditEvent } from '../audit/index.ts';
import { sql, type Transaction } from '../store/index.ts';

/**
 * Whoever's session yielded (優先割込み) keeps a place for the same desktop, before others of the class, in the transaction in which it ends. Their OS
 * session lives on there. Who waits for something else already keeps that place and gets none.
 */
export async function returnPlaces(transaction: Transaction, leaseIds: readonly string[], { now, newId }: { now: Date; newId: () => string }): Promise<AuditEvent[]> {
  if (leaseIds.length === 0) return [];
  const yielded = await transaction
    .selectFrom('lease')
    .innerJoin('duty', 'duty.id', 'lease.duty_id')
    .where('lease.id', '=', sql<string>`any(${leaseIds}::uuid[])`)
    .select(['lease.id', 'lease.organisation_id', 'lease.person_id', 'lease.unit_id', 'lease.desktop_id', 'lease.duty_id', 'lease.sign_in_id', 'lease.site', 'lease.address', 'lease.weight', 'lease.policy_version'])
    .select(['lease.pool_id', 'lease.surplus', sql<number>`urgency(duty.priority_class)`.as('urgency')])
    .select(sql<boolean>`exists (select from residual_session as residual where residual.desktop_id = lease.desktop_id and residual.person_id = lease.person_id and residual.ended_at is null)`.as('lives'))
    .orderBy('lease.id')
    .execute();
  const written: AuditEvent[] = [];
  for (const { id, surplus, urgency, lives, pool_id: poolId, ...lease } of yielded) {
    const waitingId = newId();
    // To the same desktop, where the OS session lives; who never opened it gets another one of the pool as well.
    const target = lives || poolId === null ? { desktop_id: lease.desktop_id, pool_id: null } : { desktop_id: null, pool_id: poolId };
    const taken = await transaction
      .insertInto('waiting')
      .values({
        ...lease,
        ...target,
        id: waitingId,
        change_duty: false,
        arrived_at: now,
        after_lease_id: id,
        seen_at: now,
        due: !surplus,
        counts_as: urgency,
        promised_at: null,
        reasons: ['no-seat-free'],
        lease_id: null,
        ended_at: null,
        ended_because: null,
      })
      .onConflict((conflict) => conflict.column('person_id').where('ended_at', 'is', null).doNothing())
      .returning('id')
      .executeTakeFirst();
    if (taken === undefined) continue;
    const { organisation_id: organisationId, person_id: personId, duty_id: dutyId } = lease;
    written.push(events.placeTaken({ actor: { kind: 'system' }, organisationId, waitingId, personId, dutyId, desktopId: target.desktop_id ?? undefined, poolId: target.pool_id ?? undefined, reasons: ['no-seat-free'], afterLeaseId: id }));
  }
  return written;
}
