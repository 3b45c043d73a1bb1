import { outsideHours } from '../admission/index.ts';
import type { Trail } from '../audit/index.ts';
import type { Clock } from '../environment.ts';
import type { PolicySource } from '../policy/index.ts';
import { inTransaction, type Database } from '../store/index.ts';
import type { EndLeasesOf } from './ending.ts';
import { noticeEndOfExceptions } from './exception-end.ts';
import { levelReader } from './level-reader.ts';
import { reviewLeases } from './review-leases.ts';
import { withoutRight } from './without-right.ts';

export type ReviewDeps = { readonly database: Database; readonly trail: Trail; readonly clock: Clock; readonly policy: PolicySource; readonly endLeasesOf: EndLeasesOf };

/** Leases of one transaction. */
const BATCH = 100;
/** Leases that are remembered as reviewed; when there are more, all are reviewed once more. */
const REMEMBERED = 10_000;

/**
 * Applies what has changed to open leases. Those whose person, desktop, assignment, duty or entry is gone end at once. Those
 * that were admitted under another policy or level, or for a duty that has changed, are judged anew: what the policy or the duty
 * no longer allows ends at once; what only the level or the hour no longer allows gets notice and ends after the grace of the level that
 * holds, unless it may again before that. A policy that cannot be read
 * ends none: it refuses new requests, and a slip of the hand in a file does not throw everybody out. A process reviews each
 * lease once for a policy and a level, so that two whose files differ do not undo each other's review for ever.
 */
export type Review = {
  /** One pass over the leases. To be called every second. */
  run(): Promise<void>;
};

export function createReview({ database, trail, clock, policy, endLeasesOf }: ReviewDeps): Review {
  /** By lease: the policy and the number of the level that it was reviewed for. */
  const reviewed = new Map<string, string>();
  return {
    async run() {
      for (const { leaseId, because } of await withoutRight(database)) await inTransaction(database, (transaction) => endLeasesOf(transaction, { leaseId }, because));
      const inForce = await policy.current();
      if (inForce === undefined) return;
      if (reviewed.size > REMEMBERED) reviewed.clear();
      const now = clock.now();
      await noticeEndOfExceptions(database, { trail, policy: inForce, now });
      const levelOf = levelReader(database, now);
      const open = await readOpen(database);
      const due: { readonly id: string; readonly under: string }[] = [];
      for (const { id, organisationId, version, number, again, closingAt, ...lease } of open) {
        const level = await levelOf(organisationId);
        // Hours pass by themselves: nothing else says that they are over.
        const { organisationName, site } = lease;
        const outside = outsideHours({ policy: inForce, entry: 'open', level, organisationName, site, duty: lease, at: now });
        const under = `${inForce.version} ${level.number}${outside ? ' outside hours' : ''}`;
        // What is closing may have been admitted under the very policy that holds again.
        const asAdmitted = under === `${version} ${Number(number)}` && closingAt === null;
        if (again > 0 || (!asAdmitted && reviewed.get(id) !== under)) due.push({ id, under });
        else if (asAdmitted) reviewed.delete(id);
      }
      for (let from = 0; from < due.length; from += BATCH) {
        const batch = due.slice(from, from + BATCH);
        const done = await inTransaction(database, (transaction) => reviewLeases(transaction, batch.map(({ id }) => id), { trail, policy: inForce, levelOf, now }));
        for (const { id, under } of batch) if (done.has(id)) reviewed.set(id, under);
      }
    },
  };
}

function readOpen(database: Database) {
  return database
    .selectFrom('lease')
    .innerJoin('organisation', 'organisation.id', 'lease.organisation_id')
    .innerJoin('duty', 'duty.id', 'lease.duty_id')
    .where('lease.state', '<>', 'ended')
    .select(['lease.id', 'lease.organisation_id as organisationId', 'lease.policy_version as version', 'lease.level_number as number', 'lease.judge_again as again', 'lease.closing_at as closingAt', 'lease.site'])
    .select(['organisation.name as organisationName', 'duty.name', 'duty.priority_class as class', 'duty.zone'])
    .orderBy('lease.id')
    .execute();
}
