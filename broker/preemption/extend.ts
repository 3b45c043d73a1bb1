import { events, type Trail } from '../audit/index.ts';
import type { Clock } from '../environment.ts';
import { actorOf } from '../leases/deps.ts';
import { lockLease, readView } from '../leases/store.ts';
import type { PolicySource } from '../policy/index.ts';
import { Refusal, type LeaseView, type Waiting } from '../port.ts';
import { inTransaction, type Database } from '../store/index.ts';

export type ExtendDeps = { readonly database: Database; readonly trail: Trail; readonly clock: Clock; readonly policy: PolicySource };

/** A session that yields goes on a little longer, once, for a reason; it is only told to whom it concerns that it does. */
export function createExtend({ database, trail, clock, policy }: ExtendDeps): Waiting['extend'] {
  return async ({ person, leaseId, reason, origin }): Promise<LeaseView> => {
    const seconds = (await policy.current())?.durations.extension ?? 0;
    await inTransaction(database, async (transaction) => {
      const lease = await lockLease(transaction, leaseId);
      if (lease === undefined || lease.personId !== person.personId) throw new Refusal('lease-unknown');
      const now = clock.now();
      const yielding = lease.state !== 'ended' && lease.closingBecause === 'preempted' && lease.closingAt !== null && lease.closingAt > now;
      if (!yielding || seconds === 0 || lease.closingAt === null) throw new Refusal('not-extendable');
      const until = new Date(Math.min(lease.closingAt.getTime() + seconds * 1000, lease.expiresAt.getTime()));
      const extended = await transaction
        .updateTable('preemption')
        .set({ ends_at: until, extended_at: now, extension_reason: reason })
        .where('lease_id', '=', leaseId)
        .where('outcome', 'is', null)
        .where('extended_at', 'is', null)
        .returning('id')
        .executeTakeFirst();
      if (extended === undefined) throw new Refusal('not-extendable');
      await transaction.updateTable('lease').set({ closing_at: until }).where('id', '=', leaseId).execute();
      const { organisationId } = lease;
      await trail.append(transaction, events.yieldExtended({ actor: actorOf(person), organisationId, address: origin.address, preemptionId: extended.id, leaseId, until: until.toISOString(), reason }));
    });
    const view = await readView(database, leaseId, person.personId, seconds);
    if (view === undefined) throw new Refusal('lease-unknown');
    return view;
  };
}
