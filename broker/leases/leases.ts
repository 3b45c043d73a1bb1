import { Refusal, type Leases } from '../port.ts';
import { inTransaction } from '../store/index.ts';
import { createActive } from './activity.ts';
import type { Unrecorded } from './carried.ts';
import { createClaim } from './claim.ts';
import { actorOf, type LeasesDeps } from './deps.ts';
import { createConnected, createReleased } from './release.ts';
import { createRequest } from './request.ts';
import { readView } from './store.ts';

/** The time-limited rights (利用権) of one person to one desktop for one duty. */
export function createLeases(deps: LeasesDeps): Leases {
  const { database, endLeasesOf, asked } = deps;
  const unrecorded: Unrecorded = new Map();
  return {
    request: createRequest(deps),
    claim: createClaim(deps),
    connected: createConnected(deps, unrecorded),
    released: createReleased(deps, unrecorded),
    active: createActive(deps),

    async get({ person, leaseId }) {
      const lease = await readView(database, leaseId, person.personId, (await deps.policy.current())?.durations.extension);
      if (lease === undefined) throw new Refusal('lease-unknown');
      return lease;
    },

    async end({ person, leaseId, origin }) {
      if ((await readView(database, leaseId, person.personId)) === undefined) throw new Refusal('lease-unknown');
      const { personId } = person;
      await inTransaction(database, (transaction) => endLeasesOf(transaction, { leaseId, personId }, 'ended-by-owner', { ...actorOf(person), address: origin.address }));
      asked.forget(leaseId);
    },
  };
}
