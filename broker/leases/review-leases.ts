import { whyNotAnyLonger } from '../admission/index.ts';
import { events, type AuditEvent, type Trail } from '../audit/index.ts';
import { randomIds } from '../environment.ts';
import { effectiveLevel, siteOf, type Policy } from '../policy/index.ts';
import type { Code } from '../port.ts';
import { sql, type Transaction } from '../store/index.ts';
import { followEnded } from './ending.ts';
import type { LevelOf } from './level-reader.ts';
import { later } from './grant.ts';
import { endOpen } from './store.ts';

export type Reviewing = { readonly trail: Trail; readonly policy: Policy; readonly levelOf: LevelOf; readonly now: Date };

/**
 * Judges these leases by the policy and the level that hold now. What the level or the hour alone forbids gets notice: that deadline,
 * once told, stays, and only being admissible again takes it back. What would not be allowed at the level that it was
 * admitted under either, at any hour, has a policy or a duty that became stricter, and ends at once.
 * @returns the ids of those that it reviewed; what another transaction works on is left for the next pass
 */
export async function reviewLeases(transaction: Transaction, ids: readonly string[], { trail, policy, levelOf, now }: Reviewing): Promise<ReadonlySet<string>> {
  const written: AuditEvent[] = [];
  const forbidden = new Map<string, Code>();
  const leases = await lockForReview(transaction, ids, now);
  for (const lease of leases) {
    const { id, organisationId, organisationName, name, class: priorityClass, zone, closingAt, closingBecause, handedOver } = lease;
    const [level, site] = [await levelOf(organisationId), siteOf(policy, lease)];
    const about = { actor: { kind: 'system' }, organisationId, leaseId: id } as const;
    const change = transaction.updateTable('lease').where('id', '=', id);
    // Who was sent away has no lease any more, so that entry is not asked here.
    const exception = lease.exceptionId !== null && lease.exceptionUntil !== null && lease.exceptionUntil > now ? { id: lease.exceptionId, proved: true } : undefined;
    const device = lease.deviceId !== null && lease.deviceCounts ? { id: lease.deviceId } : undefined;
    const asked = { policy, entry: 'open', organisationName, site, duty: { name, class: priorityClass, zone, ...(handedOver && { delegation: {} }) }, exception, device } as const;
    const because = whyNotAnyLonger({ ...asked, level, at: now });
    const whateverTheLevel = because && whyNotAnyLonger({ ...asked, level: { number: Number(lease.levelNumber), level: lease.level } });
    if (whateverTheLevel !== undefined) forbidden.set(id, whateverTheLevel);
    else if (because === undefined && site !== undefined) {
      const held = effectiveLevel(level, priorityClass);
      // Notice to yield a seat, or that an exception ends, is another matter.
      const otherwise = closingBecause === 'preempted' || closingBecause === 'exception-ended';
      const closed = otherwise ? {} : { closing_at: null, closing_because: null };
      await change.set({ policy_version: policy.version, level: held, level_number: level.number, judge_again: 0, site, ...closed }).execute();
      if (closingAt !== null && !otherwise) written.push(events.leaseKept(about));
    } else if (because !== undefined && closingAt === null) {
      const until = later(now, policy.levels[effectiveLevel(level, priorityClass)].grace);
      await change.set({ closing_at: until, closing_because: because, judge_again: 0 }).execute();
      written.push(events.leaseClosing({ ...about, why: because, until: until.toISOString() }));
    } else await change.set({ judge_again: 0 }).execute();
  }
  for (const [because, found] of Map.groupBy(forbidden, ([, because]) => because)) {
    const ended = await endOpen(transaction, { leaseIds: found.map(([id]) => id) }, because, now);
    written.push(...(await followEnded(transaction, ended, { now, newId: () => randomIds.uuid() })));
  }
  await trail.append(transaction, ...written);
  return new Set(leases.map(({ id }) => id));
}

function lockForReview(transaction: Transaction, ids: readonly string[], now: Date) {
  return transaction
    .selectFrom('lease')
    .innerJoin('organisation', 'organisation.id', 'lease.organisation_id')
    .innerJoin('duty', 'duty.id', 'lease.duty_id')
    .leftJoin('zone_exception_agreement as agreed', 'agreed.exception_id', 'lease.exception_id')
    .where('lease.id', '=', sql<string>`any(${ids}::uuid[])`)
    .where('lease.state', '<>', 'ended')
    .select(['lease.id', 'lease.address', 'lease.organisation_id as organisationId', 'lease.closing_at as closingAt', 'lease.closing_because as closingBecause', 'lease.level', 'lease.level_number as levelNumber'])
    .select('lease.device_id as deviceId')
    .select(sql<boolean>`device_counts(lease.device_id, ${now})`.as('deviceCounts'))
    .select(['lease.exception_id as exceptionId', 'agreed.until as exceptionUntil'])
    .select(['organisation.name as organisationName', 'duty.name', 'duty.priority_class as class', 'duty.zone'])
    .select(sql<boolean>`not exists (select from duty_assignment where duty_assignment.person_id = lease.person_id and duty_assignment.duty_id = lease.duty_id)`.as('handedOver'))
    .orderBy('lease.id')
    // The duty as it is when the lease is locked, not as it was when the statement began.
    .modifyEnd(sql`for update of lease skip locked for share of duty skip locked`)
    .execute();
}
