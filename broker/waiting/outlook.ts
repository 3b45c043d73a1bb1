import type { Policy } from '../policy/index.ts';
import type { LevelInForce } from '../port.ts';
import { sql, type Database } from '../store/index.ts';
import { levelReader } from '../leases/level-reader.ts';
import { placesIn, type Place } from './allocate.ts';
import { readSeatState, type ReadState } from './seat-state.ts';

/** How long what was read is good for, in milliseconds: of thousands who wait, each process reads the queue once for all. */
const GOOD_FOR = 1_000;
/** Seats that became free in so many seconds tell the pace. */
export const WINDOW_SECONDS = 7_200;

/** The queue as it stood lately, for everybody who looks at it. */
export type Queue = {
  readonly state: ReadState;
  readonly places: ReadonlyMap<string, Place>;
  /** Seats that became free by themselves in the window: in all, and by pool. */
  readonly freed: { readonly total: number; readonly pools: ReadonlyMap<string, number> };
  /** When each open lease is over at the latest. */
  readonly latest: ReadonlyMap<string, Date>;
  /** Until when sessions yield, by place. */
  readonly yields: ReadonlyMap<string, Date>;
};

export type Outlooks = { queue(policy: Policy, now: Date): Promise<Queue> };

export function createOutlooks(database: Database): Outlooks {
  let kept: { readonly queue: Promise<Queue>; readonly policy: string; readonly at: number } | undefined;
  return {
    queue(policy, now) {
      if (kept === undefined || kept.policy !== policy.version || Math.abs(now.getTime() - kept.at) >= GOOD_FOR) {
        const queue = readQueue(database, policy, now);
        const fresh = { queue, policy: policy.version, at: now.getTime() };
        kept = fresh;
        queue.catch(() => {
          if (kept === fresh) kept = undefined;
        });
      }
      return kept.queue;
    },
  };
}

async function readQueue(database: Database, policy: Policy, now: Date): Promise<Queue> {
  const levelOf: (organisationId: string) => Promise<LevelInForce> = levelReader(database, now);
  const state = await readSeatState(database, policy, now, levelOf);
  const { rows: freed } = await sql<{ pool: string | null; seats: number }>`
    select pool_id as pool, sum(weight)::integer as seats from lease
    where state = 'ended' and ended_at > ${new Date(now.getTime() - WINDOW_SECONDS * 1000)} and ended_because <> 'preempted' group by pool_id`.execute(database);
  const latest = await database.selectFrom('lease').where('state', '<>', 'ended').select(['id', sql<Date>`least(expires_at, case when closing_because <> 'preempted' then closing_at end)`.as('at')]).execute();
  const yields = await database.selectFrom('preemption').where('outcome', 'is', null).groupBy('waiting_id').select(['waiting_id as id', sql<Date>`max(ends_at)`.as('by')]).execute();
  return {
    state,
    places: new Map(placesIn(state, policy, now).map((place) => [place.standing.entry.id, place])),
    freed: { total: freed.reduce((sum, { seats }) => sum + seats, 0), pools: new Map(freed.flatMap(({ pool, seats }) => (pool === null ? [] : [[pool, seats] as const]))) },
    latest: new Map(latest.map(({ id, at }) => [id, at])),
    yields: new Map(yields.map(({ id, by }) => [id, by])),
  };
}
