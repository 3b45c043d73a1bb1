import { events, type AuditEvent } from '../audit/index.ts';
import { Refusal } from '../port.ts';
import type { Transaction } from '../store/index.ts';
import type { LeaseRow } from './store.ts';

/**
 * The person's OS session (残存セッション) on the desktop of a lease begins, unless it has: it outlives the lease.
 * @returns its event, where it begins
 * @throws Refusal `residual-session` where another person's lives on an exclusive desktop; the database refuses it in any case
 */
export async function beginResidual(transaction: Transaction, { id: leaseId, organisationId, personId, desktopId, exclusive }: LeaseRow, { id, now }: { id: string; now: Date }): Promise<AuditEvent[]> {
  const begun = await transaction
    .insertInto('residual_session')
    .values({ id, organisation_id: organisationId, desktop_id: desktopId, person_id: personId, lease_id: leaseId, exclusive, began_at: now, ended_at: null, ended_because: null })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (begun !== undefined) return [events.residualBegan({ actor: { kind: 'system' }, organisationId, residualId: id, desktopId, personId, leaseId })];
  const own = await transaction.selectFrom('residual_session').where('desktop_id', '=', desktopId).where('person_id', '=', personId).where('ended_at', 'is', null).select('id').executeTakeFirst();
  if (own === undefined) throw new Refusal('residual-session');
  return [];
}

/** The same for a relay that is over: where another person's lives there, there is nothing left to refuse. */
export async function beginUnlessAnothers(...begin: Parameters<typeof beginResidual>): Promise<AuditEvent[]> {
  try {
    return await beginResidual(...begin);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [];
  }
}
