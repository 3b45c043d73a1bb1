import { events, type Actor, type AuditEvent, type Trail } from '../audit/index.ts';
import type { Clock } from '../environment.ts';
import type { Transaction } from '../store/index.ts';
import { endOpen, type EndedLease, type LeasesOf } from './store.ts';
import type { EndedBecause } from './transitions.ts';

/**
 * Ends every open lease of these in the transaction of the fact that ends them: a sign-out, a person, desktop, duty or
 * assignment that is gone. Call it after the statement that takes the right away: that statement waits for every
 * admission that still rests on it, so that none can slip in afterwards.
 * @returns the ids of the leases that it ended
 */
export type EndLeasesOf = (transaction: Transaction, which: LeasesOf, because: EndedBecause, by?: Actor & { readonly address?: string }) => Promise<readonly string[]>;

export function createEndLeasesOf({ trail, clock }: { trail: Trail; clock: Clock }): EndLeasesOf {
  return async (transaction, which, because, by = { kind: 'system' }) => {
    const ended = await endOpen(transaction, which, because, clock.now());
    const { address, ...actor } = by;
    await trail.append(
      transaction,
      ...ended.map(({ id, organisationId, relayId }) => events.leaseEnded({ actor, organisationId, address, leaseId: id, why: because, relayId: relayId ?? undefined })),
    );
    return ended.map(({ id }) => id);
  };
}

/** Nobody ended it: its time was over. */
export function endedByTime({ id, organisationId, relayId, because }: EndedLease & { readonly because: EndedBecause }): AuditEvent {
  return events.leaseEnded({ actor: { kind: 'system' }, organisationId, leaseId: id, why: because, relayId: relayId ?? undefined });
}
