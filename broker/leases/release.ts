import { events } from '../audit/index.ts';
import type { Leases } from '../port.ts';
import { inTransaction } from '../store/index.ts';
import { afterRelay } from './relay-end.ts';
import type { LeasesDeps } from './deps.ts';
import { later } from './request.ts';
import { lockLease } from './store.ts';

/** The relay shows its first picture. A lease that this relay no longer carries is left as it is. */
export function createConnected({ database, trail, clock }: LeasesDeps): Leases['connected'] {
  return ({ leaseId, relayId }) =>
    inTransaction(database, async (transaction) => {
      const lease = await lockLease(transaction, leaseId);
      if (lease?.state !== 'active' || lease.relayId !== relayId || lease.connectedAt !== null) return;
      await transaction.updateTable('lease').set({ connected_at: clock.now() }).where('id', '=', leaseId).execute();
      await trail.append(transaction, events.leaseConnected({ actor: { kind: 'system' }, organisationId: lease.organisationId, leaseId, relayId }));
    });
}

/**
 * The relay is over. What its guard refused is put on the trail once, also when the lease had ended before its relay;
 * the lease itself moves only while this relay carries it.
 */
export function createReleased({ database, trail, clock, policy, carried, log }: LeasesDeps): Leases['released'] {
  return async ({ leaseId, relayId }, { refused, ...figures }) => {
    const inForce = await policy.current();
    await inTransaction(database, async (transaction) => {
      const lease = await lockLease(transaction, leaseId);
      if (lease === undefined || lease.relayId !== relayId || lease.relaySettled) {
        log.warn('a relay was over that carries no lease', { leaseId, relayId, cause: figures.cause });
        return;
      }
      const circumstances = { actor: { kind: 'system' }, organisationId: lease.organisationId, leaseId, relayId } as const;
      const written = Object.keys(refused).length === 0 ? [] : [events.channelsRefused({ ...circumstances, refused })];
      const settle = transaction.updateTable('lease').set({ relay_settled: true }).where('id', '=', leaseId);
      const after = afterRelay(figures.cause);
      if (lease.state !== 'active') {
        await settle.execute();
        await trail.append(transaction, ...written);
      } else if (after === 'parked') {
        // Without a policy nothing says how long a desktop may be kept.
        const until = later(clock.now(), inForce?.durations.parking ?? 0);
        await settle.set({ state: 'parked', parked_until: until }).execute();
        await trail.append(transaction, ...written, events.leaseParked({ ...circumstances, until: until.toISOString() }));
      } else {
        await settle.set({ state: 'ended', ended_at: clock.now(), ended_because: after }).execute();
        await trail.append(transaction, ...written, events.leaseEnded({ ...circumstances, why: after, relay: figures }));
      }
    });
    if (carried.get(leaseId) === relayId) carried.delete(leaseId);
  };
}
