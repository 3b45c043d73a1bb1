import { events, type Actor } from '../audit/index.ts';
import type { Clock, Ids } from '../environment.ts';
import { inTransaction, sql, type Connection, type Transaction } from '../store/index.ts';
import type { EndingDeps } from './ending.ts';

export type EndingAllDeps = EndingDeps & { readonly clock: Clock; readonly ids: Pick<Ids, 'uuid'> };

/** Whom it concerns: a unit and below (null: the whole organisation). */
export type Stopped = { readonly organisationId: string; readonly unitId: string | null };

/** Leases of one transaction. */
const BATCH = 50;
/** Transactions at once: they wait for the disk more than for each other. */
const AT_ONCE = 4;

/**
 * First nobody may enter, then all who are inside are sent away: the database lets no lease be made between the two
 * (lease_enter). Whoever moved to another unit goes with the old one and with the new one.
 * @returns the stop, and how many sessions ended by it: a review of leases, in whichever process, may have been faster
 */
export async function endAll(deps: EndingAllDeps, stopped: Stopped & { readonly reason: string; readonly personId: string }, by: Actor & { readonly address?: string }): Promise<{ readonly stopId: string; readonly ended: number }> {
  const { database, endLeasesOf } = deps;
  const stopId = await inTransaction(database, (transaction) => stop(transaction, deps, stopped, by));
  const inside = await openLeases(database, stopped);
  const batches = Array.from({ length: Math.ceil(inside.length / BATCH) }, (_, index) => inside.slice(index * BATCH, (index + 1) * BATCH));
  const worker = async () => {
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
      const leaseIds = batch;
      await inTransaction(database, (transaction) => endLeasesOf(transaction, { leaseIds }, 'entry-stopped', by));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { stopId, ended: await sentAway(database, inside) };
}

/** A stop in force that nobody has asked to release is not made twice. */
async function stop(transaction: Transaction, { trail, clock, ids }: EndingAllDeps, { organisationId, unitId, reason, personId }: Stopped & { reason: string; personId: string }, { address, ...actor }: Actor & { readonly address?: string }): Promise<string> {
  // As entry_stop_hold does: two who stop the same people at once make one stop.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`entry ${organisationId}`}, 0))`.execute(transaction);
  const standing = await transaction
    .selectFrom('entry_stop')
    .leftJoin('entry_release', 'entry_release.stop_id', 'entry_stop.id')
    .where('entry_stop.organisation_id', '=', organisationId)
    .where(sql<boolean>`entry_stop.unit_id is not distinct from ${unitId}::uuid`)
    .where('entry_release.stop_id', 'is', null)
    .select('entry_stop.id')
    .orderBy('entry_stop.stopped_at')
    .limit(1)
    .executeTakeFirst();
  const stopId = standing?.id ?? ids.uuid();
  if (standing === undefined) {
    await transaction.insertInto('entry_stop').values({ id: stopId, organisation_id: organisationId, unit_id: unitId, reason, stopped_by: personId, stopped_at: clock.now() }).execute();
  }
  await trail.append(transaction, events.everybodyEnded({ actor, organisationId, address, stopId, unitId: unitId ?? undefined, reason }));
  return stopId;
}

async function sentAway(connection: Connection, leaseIds: readonly string[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from lease where id = any(${leaseIds}::uuid[]) and ended_because = 'entry-stopped'`.execute(connection);
  return rows[0]!.count;
}

/** In a fixed order, so that two who end the same sessions do not wait for each other. */
async function openLeases(connection: Connection, { organisationId, unitId }: Stopped): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select lease.id from lease join person on person.id = lease.person_id
    where lease.organisation_id = ${organisationId} and lease.state <> 'ended'
      and (${unitId}::uuid is null or lease.unit_id in (select unit_and_below(${unitId}::uuid)) or person.unit_id in (select unit_and_below(${unitId}::uuid)))
    order by lease.id`.execute(connection);
  return rows.map(({ id }) => id);
}
