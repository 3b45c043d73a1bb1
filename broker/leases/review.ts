import { whyNotAtSite } from '../admission/index.ts';
import { siteOf, type Policy, type PolicySource } from '../policy/index.ts';
import { inTransaction, type Database, type Transaction } from '../store/index.ts';
import type { EndLeasesOf } from './ending.ts';

export type ReviewDeps = { readonly database: Database; readonly policy: PolicySource; readonly endLeasesOf: EndLeasesOf };

/** Leases of one transaction. */
const BATCH = 100;
/** Leases that are remembered as reviewed; when there are more, all are reviewed once more. */
const REMEMBERED = 10_000;

/**
 * Applies a changed policy to the open leases that were admitted under another one: those whose zone may no longer be
 * reached from where they are used end with the reason. A policy that cannot be read ends none: it refuses new requests,
 * and a slip of the hand in a file does not throw everybody out. A process reviews each lease once a policy, so that two
 * whose files differ do not undo each other's review for ever.
 */
export type Review = {
  /** One pass over the leases. To be called every second. */
  run(): Promise<void>;
};

export function createReview({ database, policy, endLeasesOf }: ReviewDeps): Review {
  const reviewed = new Set<string>();
  let version: string | undefined;
  return {
    async run() {
      const inForce = await policy.current();
      if (inForce === undefined) return;
      if (inForce.version !== version || reviewed.size > REMEMBERED) reviewed.clear();
      version = inForce.version;
      const open = await database.selectFrom('lease').where('state', '<>', 'ended').where('policy_version', '<>', version).select('id').orderBy('id').execute();
      const due = open.map(({ id }) => id).filter((id) => !reviewed.has(id));
      for (let from = 0; from < due.length; from += BATCH) {
        const batch = due.slice(from, from + BATCH);
        for (const id of await inTransaction(database, (transaction) => review(transaction, batch, inForce, endLeasesOf))) reviewed.add(id);
      }
    },
  };
}

/** @returns the ids of those that it reviewed; what another transaction works on is left for the next pass */
async function review(transaction: Transaction, ids: readonly string[], policy: Policy, endLeasesOf: EndLeasesOf): Promise<readonly string[]> {
  const leases = await transaction
    .selectFrom('lease')
    .innerJoin('organisation', 'organisation.id', 'lease.organisation_id')
    .innerJoin('duty', 'duty.id', 'lease.duty_id')
    .where('lease.id', 'in', [...ids])
    .where('lease.state', '<>', 'ended')
    .where('lease.policy_version', '<>', policy.version)
    .select(['lease.id', 'lease.address', 'organisation.name as organisationName', 'duty.zone'])
    .orderBy('lease.id')
    .forUpdate('lease')
    .skipLocked()
    .execute();
  for (const lease of leases) {
    const site = siteOf(policy, lease);
    const reason = whyNotAtSite({ site, access: site && policy.zones[lease.zone][site] });
    if (reason !== undefined) await endLeasesOf(transaction, { leaseId: lease.id }, reason);
    else if (site !== undefined) await transaction.updateTable('lease').set({ policy_version: policy.version, site }).where('id', '=', lease.id).execute();
  }
  return leases.map(({ id }) => id);
}
