import { events, type Trail } from '../audit/index.ts';
import type { Clock } from '../environment.ts';
import { inTransaction, type Database } from '../store/index.ts';
import type { Carried } from './carried.ts';

export type TakeBackDeps = { readonly database: Database; readonly trail: Trail; readonly clock: Clock; readonly carried: Carried; readonly gatewayId: string };

/**
 * A process that could not say for some seconds that it is alive was taken for dead, and what it carried was parked. As
 * long as its relay goes on and no other one has claimed the lease, it is active again: nobody loses a session to a
 * machine that was busy.
 */
export function createTakeBack({ database, trail, clock, carried, gatewayId }: TakeBackDeps): (leaseIds: readonly string[]) => Promise<void> {
  return (leaseIds) =>
    inTransaction(database, async (transaction) => {
      const parked = await transaction
        .selectFrom('lease')
        .where('id', 'in', [...leaseIds])
        .where('state', '=', 'parked')
        .where('relay_settled', '=', false)
        .where('parked_until', '>', clock.now())
        .select(['id', 'relay_id as relayId', 'organisation_id as organisationId'])
        .orderBy('id')
        .forUpdate()
        .execute();
      const mine = parked.flatMap(({ id, relayId, organisationId }) => (relayId !== null && relayId === carried.get(id) ? [{ id, relayId, organisationId }] : []));
      if (mine.length === 0) return;
      await transaction
        .updateTable('lease')
        .set({ state: 'active', parked_until: null, gateway_id: gatewayId })
        .where('id', 'in', mine.map(({ id }) => id))
        .execute();
      await trail.append(transaction, ...mine.map(({ id, relayId, organisationId }) => events.leaseActivated({ actor: { kind: 'system' }, organisationId, leaseId: id, relayId })));
    });
}
