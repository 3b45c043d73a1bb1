import { events, type Trail } from '../audit/index.ts';
import type { Clock } from '../environment.ts';
import type { PolicySource } from '../policy/index.ts';
import { inTransaction, type Database } from '../store/index.ts';
import type { Carried, Claiming, Unreleased } from './carried.ts';
import { later } from './grant.ts';

export type ReconcileDeps = {
  readonly database: Database;
  readonly trail: Trail;
  readonly clock: Clock;
  readonly policy: PolicySource;
  readonly carried: Carried;
  readonly claiming: Claiming;
  readonly unreleased: Unreleased;
  readonly gatewayId: string;
};

/**
 * Parks what the database takes for carried by this process and what no relay here carries: a claim whose commit was not
 * acknowledged. A claim that is under way is left alone, however long it takes, and so is a relay whose end is still to be
 * written: what its guard refused would be lost with it.
 */
export function createReconcile({ database, trail, clock, policy, carried, claiming, unreleased, gatewayId }: ReconcileDeps): () => Promise<void> {
  return async () => {
    const active = await database.selectFrom('lease').where('state', '=', 'active').where('gateway_id', '=', gatewayId).select(['id', 'relay_id as relayId']).execute();
    const adrift = active.filter(({ id, relayId }) => relayId !== null && carried.get(id) !== relayId && !claiming.has(relayId) && !unreleased.has(relayId));
    if (adrift.length === 0) return;
    const until = later(clock.now(), (await policy.current())?.durations.parking ?? 0);
    for (const { id, relayId } of adrift) {
      await inTransaction(database, async (transaction) => {
        const parked = await transaction
          .updateTable('lease')
          .set({ state: 'parked', parked_until: until })
          .where('id', '=', id)
          .where('relay_id', '=', relayId)
          .where('state', '=', 'active')
          .where('gateway_id', '=', gatewayId)
          .returning('organisation_id as organisationId')
          .executeTakeFirst();
        if (parked === undefined) return;
        await trail.append(transaction, events.leaseParked({ actor: { kind: 'system' }, organisationId: parked.organisationId, leaseId: id, relayId: relayId ?? undefined, until: until.toISOString() }));
      });
    }
  };
}
