import type { Policy } from '../policy/index.ts';
import type { LevelInForce, PriorityClass } from '../port.ts';
import { sql, type Connection } from '../store/index.ts';
import type { Entry, Holder, SeatState } from './entry.ts';

/** A place with what it was asked by, so that it can be decided on. */
export type WaitingRow = Entry & {
  readonly dutyId: string;
  /** Where the pool was asked for and not a desktop of it. */
  readonly askedPoolId: string | undefined;
  readonly signInId: string;
  readonly organisationName: string;
  readonly address: string;
  readonly changeDuty: boolean;
  readonly seenAt: Date;
  /** As the last walk left it. */
  readonly stored: { readonly due: boolean; readonly countsAs: number };
};

export type ReadState = Omit<SeatState, 'waiting'> & { readonly waiting: readonly WaitingRow[] };

/** What the seats of the whole installation are given by. Consistent only while the seats are held still, or in one snapshot. */
export async function readSeatState(connection: Connection, policy: Policy, now: Date, levelOf: (organisationId: string) => Promise<LevelInForce>): Promise<ReadState> {
  const waiting = await readWaiting(connection, policy, now);
  const holders = await readHolders(connection);
  const { poolSeats, poolRoom } = await readPools(connection);
  const organisations = new Set([...waiting, ...holders].map(({ organisationId }) => organisationId));
  const levels = new Map<string, LevelInForce>();
  for (const id of organisations) levels.set(id, await levelOf(id));
  return { waiting, holders, levels, poolSeats, poolRoom, desktopRoom: await readDesktopRoom(connection) };
}

type Row = { id: string; person: string; organisation: string; organisation_name: string; path: string[]; class: PriorityClass; target: string | null; weight: number; desktop: string | null; pool: string | null; arrived_at: Date; after: string | null; promised: boolean; seen_at: Date; own: boolean; in_pool: string | null; duty: string; sign_in: string; address: string; change_duty: boolean; due: boolean; counts_as: number };

async function readWaiting(connection: Connection, { durations }: Policy, now: Date): Promise<WaitingRow[]> {
  const { rows } = await sql<Row>`
    select waiting.id, waiting.person_id as person, waiting.organisation_id as organisation, organisation.name as organisation_name, array_prepend(organisation.name, unit.path) as path,
      duty.priority_class as class, duty.target_seconds as target, waiting.weight, waiting.desktop_id as desktop, waiting.pool_id as pool,
      waiting.arrived_at, waiting.after_lease_id as after, waiting.seen_at, coalesce(waiting.pool_id, desktop.pool_id) as in_pool,
      -- Of few it has to be looked up: of those for whom somebody was ever to yield.
      case when waiting.promised_at is null then false else exists (select from preemption where preemption.waiting_id = waiting.id and preemption.outcome = 'yielded') end as promised,
      exists (
        select from residual_session as residual join desktop on desktop.id = residual.desktop_id
        where residual.person_id = waiting.person_id and residual.ended_at is null and residual.exclusive and desktop.status = 'active'
          and (desktop.id = waiting.desktop_id or desktop.pool_id = waiting.pool_id)
      ) as own,
      waiting.duty_id as duty, waiting.sign_in_id as sign_in, host(waiting.address) as address, waiting.change_duty, waiting.due, waiting.counts_as
    from waiting
    join organisation on organisation.id = waiting.organisation_id
    join unit on unit.id = waiting.unit_id
    join duty on duty.id = waiting.duty_id
    left join desktop on desktop.id = waiting.desktop_id
    where waiting.ended_at is null`.execute(connection);
  return rows.map((row) => ({
    id: row.id,
    personId: row.person,
    organisationId: row.organisation,
    organisationName: row.organisation_name,
    path: row.path,
    class: row.class,
    targetSeconds: row.target === null ? null : Number(row.target),
    weight: row.weight,
    desktopId: row.desktop ?? undefined,
    poolId: row.in_pool ?? undefined,
    arrivedAt: row.arrived_at,
    returning: row.after !== null,
    promised: row.promised,
    present: now.getTime() - row.seen_at.getTime() < durations.absentAfter * 1000,
    own: row.own,
    dutyId: row.duty,
    askedPoolId: row.pool ?? undefined,
    signInId: row.sign_in,
    address: row.address,
    changeDuty: row.change_duty,
    seenAt: row.seen_at,
    stored: { due: row.due, countsAs: row.counts_as },
  }));
}

async function readHolders(connection: Connection): Promise<Holder[]> {
  const { rows } = await sql<{ lease: string; person: string; organisation: string; path: string[]; class: PriorityClass; weight: number; desktop: string; pool: string | null; seated: Date; idle: Date; surplus: boolean; yields_to: string | null; closing: boolean }>`
    select lease.id as lease, lease.person_id as person, lease.organisation_id as organisation, array_prepend(organisation.name, unit.path) as path,
      duty.priority_class as class, lease.weight, lease.desktop_id as desktop, lease.pool_id as pool, lease.granted_at as seated,
      coalesce(lease_activity.input_at, lease.connected_at, lease.granted_at) as idle, lease.surplus, preemption.waiting_id as yields_to,
      lease.closing_at is not null and preemption.id is null as closing
    from lease
    join organisation on organisation.id = lease.organisation_id
    join unit on unit.id = lease.unit_id
    join duty on duty.id = lease.duty_id
    left join lease_activity on lease_activity.lease_id = lease.id
    left join preemption on preemption.lease_id = lease.id and preemption.outcome is null
    where lease.state <> 'ended'`.execute(connection);
  return rows.map((row) => ({
    leaseId: row.lease,
    personId: row.person,
    organisationId: row.organisation,
    path: row.path,
    class: row.class,
    weight: row.weight,
    desktopId: row.desktop,
    poolId: row.pool ?? undefined,
    seatedAt: row.seated,
    idleSince: row.idle,
    surplus: row.surplus,
    yieldsTo: row.yields_to ?? undefined,
    closing: row.closing,
  }));
}

/** For a person who has none there, on each desktop that somebody waits for. */
async function readDesktopRoom(connection: Connection): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; room: number }>`
    select desktop.id, greatest(0, case
      when desktop.kind = 'exclusive' and exists (select from residual_session as residual where residual.desktop_id = desktop.id and residual.ended_at is null) then 0
      else desktop.sessions - (select count(*) from lease where lease.desktop_id = desktop.id and lease.state <> 'ended') end)::integer as room
    from desktop where desktop.id in (select waiting.desktop_id from waiting where waiting.ended_at is null and waiting.desktop_id is not null)`.execute(connection);
  return new Map(rows.map(({ id, room }) => [id, room]));
}

/** Of the pools that somebody waits for or works in. */
async function readPools(connection: Connection): Promise<{ poolSeats: Map<string, number>; poolRoom: Map<string, number> }> {
  const { rows } = await sql<{ id: string; seats: number | null; room: number }>`
    select pool.id, pool.seats, coalesce(sum(greatest(0, case
      when desktop.kind = 'exclusive' and living.any then 0
      else desktop.sessions - coalesce(open.sessions, 0) end)) filter (where desktop.status = 'active'), 0)::integer as room
    from pool
    left join desktop on desktop.pool_id = pool.id
    left join lateral (select count(*) as sessions from lease where lease.desktop_id = desktop.id and lease.state <> 'ended') as open on true
    left join lateral (select exists (select from residual_session as residual where residual.desktop_id = desktop.id and residual.ended_at is null) as any) as living on true
    where pool.seats is not null or exists (select from waiting where waiting.pool_id = pool.id and waiting.ended_at is null)
    group by pool.id, pool.seats`.execute(connection);
  return {
    poolSeats: new Map(rows.flatMap(({ id, seats }) => (seats === null ? [] : [[id, seats] as const]))),
    poolRoom: new Map(rows.map(({ id, room }) => [id, room])),
  };
}
