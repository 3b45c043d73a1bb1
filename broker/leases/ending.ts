import { events, type Actor, type AuditEvent, type Trail } from '../audit/index.ts';
import { randomIds, type Clock, type Ids } from '../environment.ts';
import type { Transaction } from '../store/index.ts';
import { deriveTelework } from '../telework/derive.ts';
import { returnPlaces } from '../waiting/return-place.ts';
import { endOpen, type EndedLease, type LeasesOf } from './store.ts';
import type { EndedBecause } from './transitions.ts';

/** Who does it and from where. */
export type By = Actor & { readonly address?: string | undefined };

/**
 * Ends every open lease of these in the transaction of the fact that ends them: a sign-out, a person, desktop, duty or
 * assignment that is gone. Call it after the statement that takes the right away: that statement waits for every
 * admission that still rests on it, so that none can slip in afterwards.
 * @returns the ids of the leases that it ended
 */
export type EndLeasesOf = (transaction: Transaction, which: LeasesOf, because: EndedBecause, by?: By) => Promise<readonly string[]>;

export function createEndLeasesOf({ trail, clock, ids = randomIds }: { trail: Trail; clock: Clock; ids?: Pick<Ids, 'uuid'> }): EndLeasesOf {
  return async (transaction, which, because, by) => {
    const now = clock.now();
    const ended = await endOpen(transaction, which, because, now);
    await trail.append(transaction, ...(await followEnded(transaction, ended, { now, newId: () => ids.uuid(), by })));
    return ended.map(({ id }) => id);
  };
}

/**
 * What follows from leases that have just ended in this transaction, whoever ended them; nobody did where their time was over.
 * @returns their events, for the trail
 */
export async function followEnded(transaction: Transaction, ended: readonly EndedLease[], { now: at, newId, by = { kind: 'system' } }: Following): Promise<AuditEvent[]> {
  const inOrder = ended.toSorted((one, other) => (one.personId < other.personId ? -1 : 1));
  for (const { id, organisationId, personId } of inOrder) await deriveTelework(transaction, { organisationId, personId, leaseId: id, moment: 'ended', at });
  const { address, ...actor } = by;
  const places = await returnPlaces(transaction, ended.flatMap(({ id, because }) => (because === 'preempted' ? [id] : [])), { now: at, newId });
  const endings = ended.map(({ id, organisationId, relayId, because }) => events.leaseEnded({ actor, organisationId, address, leaseId: id, why: because, relayId: relayId ?? undefined }));
  return [...endings, ...places];
}

export type Following = { readonly now: Date; readonly newId: () => string; readonly by?: By | undefined };
