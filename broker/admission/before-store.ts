import { isDue, type Policy } from '../policy/index.ts';
import { whyNoSeat, type SeatCount } from '../seats/counts.ts';
import { guaranteeFor } from '../seats/room-for-all.ts';
import { sql, type Transaction } from '../store/index.ts';
import { lastBefore } from '../waiting/order.ts';
import type { DesktopFacts, DutyFacts, WaitingBefore } from './facts.ts';
import type { LevelInForce } from '../port.ts';

/** Nobody looks further than so many places: so many seats never become free between two looks at the queue. */
const PLACES = 200;

export type Newcomer = {
  readonly personId: string;
  readonly unitId: string;
  readonly desktopId: string;
  readonly poolId: string | undefined;
  readonly desktop: DesktopFacts;
  readonly duty: DutyFacts;
  readonly level: LevelInForce;
  readonly seats: readonly SeatCount[];
  readonly ownSession: boolean;
  /** Open leases that the request itself would end: their seats are the person's. */
  readonly gives: readonly string[];
};

/** Who comes before, of those who wait; undefined where there is no seat in any case. */
export async function readBefore(transaction: Transaction, newcomer: Newcomer, policy: Policy, { now, seenSince }: { readonly now: Date; readonly seenSince: Date }): Promise<WaitingBefore | undefined> {
  const { personId, unitId, desktopId, poolId, desktop, duty, level, seats, ownSession, gives } = newcomer;
  const due = isDue(policy, level, duty, now);
  const { reserve, surplusKeeps } = policy.capacity;
  if (whyNoSeat(seats, { weight: desktop.weight, class: duty.class, due, reserve, surplusKeeps }) !== undefined) return undefined;
  const last = lastBefore({ due, class: duty.class });
  const { rows } = await sql<Row>`
    select * from seats_wanted_before(${personId}, ${unitId}, ${depthsOf(seats, desktop.weight)}::integer[], ${desktopId}, ${poolId ?? null}, ${last.due}, ${last.notDue}, ${seenSince}, ${PLACES})`.execute(transaction);
  const [row] = rows;
  if (row === undefined) throw new Error('what is wanted before always has a row');
  // Nobody waits before for a desktop on which the person's own session lives.
  const machine = row.machine && !ownSession;
  if (gives.length > 0 && (await seatsOf(transaction, gives, poolId)) >= desktop.weight) return { total: 0, shares: {}, pool: 0, machine };
  return { total: row.total, shares: row.shares, pool: row.pool, machine };
}

type Row = { readonly total: number; readonly shares: Readonly<Record<number, number>>; readonly pool: number; readonly machine: boolean };

/** Of these leases, so far as they count in the same limits: those of the same pool, where there is one. */
async function seatsOf(transaction: Transaction, leaseIds: readonly string[], poolId: string | undefined): Promise<number> {
  const { weight } = await transaction
    .selectFrom('lease')
    .where('id', 'in', leaseIds)
    .$if(poolId !== undefined, (query) => query.where('pool_id', '=', poolId!))
    .select(({ fn }) => fn.sum<number | null>('weight').as('weight'))
    .executeTakeFirstOrThrow();
  return weight ?? 0;
}

/** The own shares that count: those with a limit, and the one that guarantees the seat. */
function depthsOf(seats: readonly SeatCount[], weight: number): number[] {
  const guarantees = seats.flatMap((count) => (count.scope === 'total' ? (guaranteeFor(count, weight)?.depth ?? []) : []));
  return [...new Set([...seats.flatMap(({ depth }) => depth ?? []), ...guarantees])];
}
