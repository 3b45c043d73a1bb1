import { whyNotAtSite } from '../admission/index.ts';
import { siteOf, type Policy, type PolicySource } from '../policy/index.ts';
import { inTransaction, type Database, type Transaction } from '../store/index.ts';
import type { EndLeasesOf } from './ending.ts';

export type ReviewDeps = { readonly database: Database; readonly policy: PolicySource; readonly endLeasesOf: EndLeasesOf };

/** Leases of one transaction. */
const BATCH = 100;

/**
 * Applies a changed policy to the open leases that were admitted under another one: those whose zone may no longer be
 * reached from where they are used end with the reason. A policy that cannot be read ends none: it refuses new requests,
 * and a slip of the hand in a file does not throw everybody out.
 */
export type Review = {
  /** To be called every second. */
  run(): Promise<void>;
};

export function createReview({ database, policy, endLeasesOf }: ReviewDeps): Review {
  return {
    async run() {
      const inForce = await policy.current();
      if (inForce === undefined) return;
      while ((await inTransaction(database, (transaction) => review(transaction, inForce, endLeasesOf))) === BATCH);
    },
  };
}

async function review(transaction: Transaction, policy: Policy, endLeasesOf: EndLeasesOf): Promise<number> {
  const leases = await transaction
    .selectFrom('lease')
    .innerJoin('organisation', 'organisation.id', 'lease.organisation_id')
    .innerJoin('duty', 'duty.id', 'lease.duty_id')
    .where('lease.state', '<>', 'ended')
    .where('lease.policy_version', '<>', policy.version)
    .select(['lease.id', 'lease.address', 'organisation.name as organisationName', 'duty.zone'])
    .orderBy('lease.id')
    .limit(BATCH)
    .forUpdate('lease')
    .skipLocked()
    .execute();
  for (const lease of leases) {
    const site = siteOf(policy, lease);
    const reason = whyNotAtSite({ site, access: site && policy.zones[lease.zone][site] });
    if (reason !== undefined) await endLeasesOf(transaction, { leaseId: lease.id }, reason);
    else if (site !== undefined) await transaction.updateTable('lease').set({ policy_version: policy.version, site }).where('id', '=', lease.id).execute();
  }
  return leases.length;
}
