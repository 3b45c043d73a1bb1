import { events, type Trail } from '../audit/index.ts';
import { randomIds, type Clock } from '../environment.ts';
import type { PolicySource } from '../policy/index.ts';
import { inTransaction, sql, type Database, type Transaction } from '../store/index.ts';
import { followEnded } from './ending.ts';
import { SILENCE_SECONDS } from './heartbeat.ts';
import { later } from './grant.ts';
import { endOverdue } from './store.ts';

export type SweeperDeps = { readonly database: Database; readonly trail: Trail; readonly clock: Clock; readonly policy: PolicySource };

/** Leases of one transaction. */
const BATCH = 100;
/** A process that was silent for this long and carries nothing is forgotten. */
const FORGET_SECONDS = 3_600;

/** Moves the leases that nobody moves: those past a deadline, and those whose gateway process has died. Every process sweeps; none waits for another. */
export type Sweeper = {
  /** To be called every second. */
  sweep(): Promise<void>;
};

export function createSweeper(deps: SweeperDeps): Sweeper {
  const { database, policy } = deps;
  return {
    async sweep() {
      while ((await inTransaction(database, (transaction) => endWhatIsOverdue(transaction, deps))) === BATCH);
      const parking = (await policy.current())?.durations.parking ?? 0;
      while ((await inTransaction(database, (transaction) => parkOrphans(transaction, deps, parking))) === BATCH);
      await sql`delete from gateway_process where seen_at < clock_timestamp() - make_interval(secs => ${FORGET_SECONDS})`.execute(database);
    },
  };
}

async function endWhatIsOverdue(transaction: Transaction, { trail, clock }: SweeperDeps): Promise<number> {
  const now = clock.now();
  const ended = await endOverdue(transaction, now, BATCH);
  await trail.append(transaction, ...(await followEnded(transaction, ended, { now, newId: () => randomIds.uuid() })));
  return ended.length;
}

/** The person whose gateway died may come back through another one: the lease is parked, as if the browser had gone. */
async function parkOrphans(transaction: Transaction, { trail, clock }: SweeperDeps, parkingSeconds: number): Promise<number> {
  const until = later(clock.now(), parkingSeconds);
  const orphans = transaction
    .selectFrom('lease')
    .select('id')
    .where('state', '=', 'active')
    .where(sql<boolean>`not exists (select from gateway_process where gateway_process.id = lease.gateway_id and seen_at > clock_timestamp() - make_interval(secs => ${SILENCE_SECONDS}))`)
    .limit(BATCH)
    .forUpdate()
    .skipLocked();
  const parked = await transaction
    .updateTable('lease')
    .set({ state: 'parked', parked_until: until })
    .where('id', 'in', orphans)
    .where('state', '=', 'active')
    .returning(['id', 'organisation_id as organisationId', 'relay_id as relayId'])
    .execute();
  await trail.append(
    transaction,
    ...parked.map(({ id, organisationId, relayId }) =>
      events.leaseParked({ actor: { kind: 'system' }, organisationId, leaseId: id, relayId: relayId ?? undefined, until: until.toISOString() }),
    ),
  );
  return parked.length;
}
