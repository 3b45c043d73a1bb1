import { events, type Actor, type Trail } from '../audit/index.ts';
import type { EndLeasesOf } from '../leases/index.ts';
import { Refusal } from '../port.ts';
import { inTransaction, type Database } from '../store/index.ts';
import type { Scope } from './filter.ts';
import { findSession } from './list.ts';
import { readReason } from './reason.ts';

export type EndingDeps = { readonly database: Database; readonly trail: Trail; readonly endLeasesOf: EndLeasesOf };

/**
 * Ends one session of the scope and puts the reason on the trail. One that has ended stays as it is.
 * @throws Refusal `not-found` where there is no such session in the scope, `request-invalid` for the reason
 */
export async function endSession({ database, trail, endLeasesOf }: EndingDeps, scope: Scope, { sessionId, reason: typed }: { sessionId: string; reason: string }, by: Actor & { readonly address?: string }): Promise<void> {
  const reason = readReason(typed);
  const session = await findSession(database, scope, sessionId);
  if (session?.kind !== 'session') throw new Refusal('not-found');
  const { address, ...actor } = by;
  await inTransaction(database, async (transaction) => {
    const ended = await endLeasesOf(transaction, { leaseId: sessionId }, 'ended-by-officer', by);
    if (ended.length > 0) await trail.append(transaction, events.sessionEndedByOfficer({ actor, organisationId: scope.organisationId, address, leaseId: sessionId, reason }));
  });
}
