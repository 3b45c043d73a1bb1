import { events, type Actor } from '../audit/index.ts';
import type { Delegation } from '../port.ts';
import { sql, type Transaction } from '../store/index.ts';
import type { DutiesDeps } from './deps.ts';

export type Ending = { readonly id: string; readonly why: NonNullable<Delegation['endedBecause']>; readonly by?: Actor & { readonly personId: string; readonly address: string } };

/** Ends a delegation, and the sessions of its duty unless the delegate holds it otherwise by now. One that has ended already is left as it is. */
export async function endDelegation(transaction: Transaction, { trail, clock, endLeasesOf }: Pick<DutiesDeps, 'trail' | 'clock' | 'endLeasesOf'>, { id, why, by }: Ending): Promise<void> {
  const ended = await transaction
    .updateTable('delegation')
    .set({ ended_at: clock.now(), ended_because: why, ended_by: by?.personId ?? null })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .returning(['organisation_id as organisationId', 'duty_id as dutyId', 'delegator_id as delegatorId', 'delegate_id as personId'])
    .executeTakeFirst();
  if (!ended) return;
  const { organisationId, dutyId, delegatorId, personId } = ended;
  const { rows: own } = await sql`select from duty_assignment where person_id = ${personId} and duty_id = ${dutyId} for share`.execute(transaction);
  if (own.length === 0) await endLeasesOf(transaction, { personId, dutyId }, why === 'over' ? 'lease-expired' : 'duty-not-held', by);
  await trail.append(transaction, events.delegationEnded({ actor: by ?? { kind: 'system' }, organisationId, address: by?.address, delegationId: id, dutyId, personId: delegatorId, delegateId: personId, why }));
}
