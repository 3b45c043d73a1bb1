import { events } from '../audit/index.ts';
import { Refusal, type Leases, type RelayEnd } from '../port.ts';
import { inTransaction } from '../store/index.ts';
import { deriveTelework } from '../telework/derive.ts';
import { afterRelay } from './relay-end.ts';
import type { LeasesDeps } from './deps.ts';
import { later } from './grant.ts';
import type { RelayOver, Unrecorded } from './carried.ts';
import { beginResidual, beginUnlessAnothers } from './residual.ts';
import { lockLease } from './store.ts';

/**
 * The relay shows its first picture: from here on the OS session lives, whatever becomes of the lease; also of one that was parked
 * meanwhile because this process was taken for dead, for its relay goes on. A lease that this relay no longer carries is left as it
 * is, and the relay must end: throws `lease-ended` or `lease-in-use`. Throws `residual-session` where another person's session lives
 * on an exclusive desktop. What the database could not take is recorded at the end of the relay.
 */
export function createConnected({ database, trail, clock, ids }: LeasesDeps, unrecorded: Unrecorded): Leases['connected'] {
  const record: Leases['connected'] = ({ leaseId, relayId }) =>
    inTransaction(database, async (transaction) => {
      const lease = await lockLease(transaction, leaseId);
      if (lease === undefined || lease.state === 'ended') throw new Refusal('lease-ended');
      if (lease.relayId !== relayId || lease.relaySettled) throw new Refusal('lease-in-use');
      if (lease.connectedAt !== null) return;
      const now = clock.now();
      await transaction.updateTable('lease').set({ connected_at: now }).where('id', '=', leaseId).execute();
      const begun = await beginResidual(transaction, lease, { id: ids.uuid(), now });
      const { organisationId, personId } = lease;
      await deriveTelework(transaction, { organisationId, personId, leaseId, moment: 'connected', at: now });
      await trail.append(transaction, events.leaseConnected({ actor: { kind: 'system' }, organisationId, leaseId, relayId }), ...begun);
    });
  return async (claim) => {
    try {
      await record(claim);
    } catch (error) {
      if (!(error instanceof Refusal)) unrecorded.set(claim.relayId, ids.uuid());
      throw error;
    }
  };
}

/**
 * The end of a relay that the database could not take is kept, and written by {@link createReleaseAgain}; this process
 * carries the lease no longer in either case. Throws what the database threw.
 */
export function createReleased(deps: LeasesDeps, unrecorded: Unrecorded): Leases['released'] {
  const { carried, unreleased } = deps;
  const settle = createSettle(deps);
  return async (claim, end) => {
    const over = { ...claim, residualId: unrecorded.get(claim.relayId) };
    try {
      await settle(over, end);
    } catch (error) {
      unreleased.set(claim.relayId, [over, end]);
      throw error;
    } finally {
      unrecorded.delete(claim.relayId);
      if (carried.get(claim.leaseId) === claim.relayId) carried.delete(claim.leaseId);
    }
  };
}

/** Writes the ends that were kept. To be called every few seconds, and once more before the process ends. */
export function createReleaseAgain({ unreleased, ...deps }: SettleDeps & Pick<LeasesDeps, 'unreleased'>): () => Promise<void> {
  const settle = createSettle(deps);
  return async () => {
    for (const [relayId, [over, end]] of unreleased) {
      try {
        await settle(over, end);
        unreleased.delete(relayId);
      } catch (error) {
        deps.log.error('the end of a relay could not be written and will be tried again', { leaseId: over.leaseId, relayId, error });
      }
    }
  };
}

type SettleDeps = Pick<LeasesDeps, 'database' | 'trail' | 'clock' | 'policy' | 'log'>;

/**
 * The relay is over. What its guard refused is put on the trail once, also when the lease had ended before its relay;
 * the lease itself moves only while this relay carries it.
 */
function createSettle({ database, trail, clock, policy, log }: SettleDeps): (over: RelayOver, end: RelayEnd) => Promise<void> {
  return async ({ leaseId, relayId, residualId }, { refused, ...figures }) => {
    const inForce = await policy.current();
    await inTransaction(database, async (transaction) => {
      const lease = await lockLease(transaction, leaseId);
      if (lease === undefined || lease.relayId !== relayId || lease.relaySettled) {
        log.warn('a relay was over that carries no lease', { leaseId, relayId, cause: figures.cause });
        return;
      }
      const circumstances = { actor: { kind: 'system' }, organisationId: lease.organisationId, leaseId, relayId } as const;
      const shown = residualId === undefined || lease.connectedAt !== null ? [] : await beginUnlessAnothers(transaction, lease, { id: residualId, now: clock.now() });
      const written = [...shown, ...(Object.keys(refused).length === 0 ? [] : [events.channelsRefused({ ...circumstances, refused })])];
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
        const now = clock.now();
        await settle.set({ state: 'ended', ended_at: now, ended_because: after }).execute();
        await deriveTelework(transaction, { organisationId: lease.organisationId, personId: lease.personId, leaseId, moment: 'ended', at: now });
        await trail.append(transaction, ...written, events.leaseEnded({ ...circumstances, why: after, relay: figures }));
      }
    });
  };
}
