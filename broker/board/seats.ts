import type { Policy } from '../policy/index.ts';
import type { Board, SignedIn } from '../port.ts';
import { createLedger } from '../seats/ledger.ts';
import { sql, type Connection } from '../store/index.ts';
import type { SeatState } from '../waiting/entry.ts';
import type { Queue } from '../waiting/outlook.ts';

/** The seats as one picture. Of other organisations there are only counts. */
export async function readSeats(connection: Connection, { person, queue, rules }: { person: SignedIn; queue: Queue; rules: Policy }): Promise<Board['seats']> {
  const waiting = [...queue.places.values()].map(({ standing }) => standing.entry);
  const { seats } = await connection.selectFrom('lease').where('state', '=', 'granted').select(sql<number>`coalesce(sum(weight), 0)::integer`.as('seats')).executeTakeFirstOrThrow();
  const counts = countSeats(rules.capacity, { holders: queue.state.holders, waiting, poolSeats: queue.state.poolSeats }, person.organisationName);
  return { ...counts, offered: seats, pools: await readPools(connection, person.organisationId, waiting) };
}

/** What of the seats is taken, guaranteed and left, as the people of this organisation may see it. Pure. */
export function countSeats({ total, reserve, shares }: Policy['capacity'], { holders, waiting, poolSeats }: Pick<SeatState, 'holders' | 'waiting' | 'poolSeats'>, organisationName: string): Omit<Board['seats'], 'offered' | 'pools'> {
  const ledger = createLedger({ total, shares }, poolSeats);
  for (const holder of holders) ledger.take(holder);
  const taken = ledger.taken([]);
  const guaranteed = shares.filter(({ path }) => path.length === 1).reduce((all, { floor }) => all + floor, 0);
  const withinFloors = shares.filter(({ path }) => path.length === 1).reduce((all, { path, floor }) => all + Math.min(floor, ledger.taken(path)), 0);
  return {
    ...(total !== undefined && { total }),
    taken,
    yielding: sum(holders.filter(({ yieldsTo }) => yieldsTo !== undefined)),
    reserve: { seats: reserve, free: Math.max(0, Math.min(reserve, (total ?? reserve) - taken)) },
    ...(total !== undefined && { shared: { seats: Math.max(0, total - reserve - guaranteed), taken: Math.max(0, Math.min(total - reserve - guaranteed, taken - withinFloors)) } }),
    shares: shares
      .filter(({ path }) => path.length === 1 || path[0] === organisationName)
      .map(({ path, floor, most }) => ({
        name: path.length === 1 ? (path[0] ?? '') : path.slice(1).join(' / '),
        own: path[0] === organisationName,
        floor,
        ...(most !== undefined && { most }),
        taken: ledger.taken(path),
        waiting: waiting.filter((entry) => path.every((name, depth) => entry.path[depth] === name)).length,
      })),
  };
}

const sum = (among: readonly { readonly weight: number }[]) => among.reduce((all, { weight }) => all + weight, 0);

async function readPools(connection: Connection, organisationId: string, waiting: readonly { readonly poolId: string | undefined }[]): Promise<Board['seats']['pools']> {
  const { rows } = await sql<{ id: string; name: string; seats: number | null; taken: number; desktops: number; free: number }>`
    select pool.id, pool.name, pool.seats,
      coalesce((select sum(weight) from lease where lease.pool_id = pool.id and lease.state <> 'ended'), 0)::integer as taken,
      (select count(*) from desktop where desktop.pool_id = pool.id and desktop.status = 'active')::integer as desktops,
      (select count(*) from desktop where desktop.pool_id = pool.id and desktop.status = 'active'
        and not exists (select from lease where lease.desktop_id = desktop.id and lease.state <> 'ended')
        and not (desktop.kind = 'exclusive' and exists (select from residual_session as residual where residual.desktop_id = desktop.id and residual.ended_at is null)))::integer as free
    from pool where pool.organisation_id = ${organisationId} and pool.status = 'active' order by pool.name`.execute(connection);
  return rows.map(({ seats, ...pool }) => ({ ...pool, ...(seats !== null && { seats }), waiting: waiting.filter(({ poolId }) => poolId === pool.id).length }));
}
