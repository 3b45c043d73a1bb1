import type { Protocol } from '../../port.ts';
import { sql, type Connection, type Transaction } from '../../store/index.ts';

/** A desktop of the organisation that the file names. */
export type KnownDesktop = {
  readonly id: string;
  readonly name: string;
  readonly protocol: Protocol;
  readonly host: string;
  readonly port: number;
  readonly kind: 'exclusive' | 'multi-session';
  readonly sessions: number;
  readonly weight: number;
  readonly poolId: string | null;
  readonly pool: string | null;
  readonly credentials: 'stored' | 'ask';
  readonly status: 'active' | 'disabled';
  readonly assignedTo: readonly { readonly id: string; readonly username: string }[];
  /** A session is open or lives on there. */
  readonly occupied: boolean;
};

export type KnownPool = { readonly id: string; readonly name: string; readonly logIn: 'personal' | 'shared' };

/** All that the rows of a file are compared with. */
export type DesktopsState = {
  /** By name. */
  readonly desktops: ReadonlyMap<string, KnownDesktop>;
  /** Who has an address, of any organisation: the desktop's id by `host port`. */
  readonly addresses: ReadonlyMap<string, string>;
  /** By name. */
  readonly pools: ReadonlyMap<string, KnownPool>;
  /** Ids by username. */
  readonly people: ReadonlyMap<string, string>;
};

export type Named = { readonly names: readonly string[]; readonly hosts: readonly string[]; readonly usernames: readonly string[] };

export const addressOf = ({ host, port }: { readonly host: string; readonly port: number }): string => `${host} ${port}`;

/** Keeps still what is about to be compared, until the transaction ends: no admission begins meanwhile. */
export async function holdDesktops(transaction: Transaction, organisationId: string, { names }: Named): Promise<void> {
  await sql`select from pool where organisation_id = ${organisationId} order by id for share`.execute(transaction);
  await sql`select from desktop where organisation_id = ${organisationId} and name = any (${[...names]}) order by id for no key update`.execute(transaction);
}

export async function readDesktopsState(connection: Connection, organisationId: string, { names, hosts, usernames }: Named): Promise<DesktopsState> {
  const { rows: desktops } = await sql<KnownDesktop>`
    select desktop.id, desktop.name, protocol, host, port, kind, sessions, weight, pool_id as "poolId", pool.name as pool, credentials, desktop.status,
      (select coalesce(json_agg(json_build_object('id', person.id, 'username', person.username) order by person.username), '[]')
        from desktop_assignment join person on person.id = desktop_assignment.person_id where desktop_assignment.desktop_id = desktop.id) as "assignedTo",
      exists (select from lease where desktop_id = desktop.id and state <> 'ended') or exists (select from residual_session where desktop_id = desktop.id and ended_at is null) as occupied
    from desktop left join pool on pool.id = desktop.pool_id
    where desktop.organisation_id = ${organisationId} and desktop.name = any (${[...names]})`.execute(connection);
  const { rows: addresses } = await sql<{ id: string; host: string; port: number }>`select id, host, port from desktop where host = any (${[...hosts]})`.execute(connection);
  const { rows: pools } = await sql<KnownPool>`select id, name, log_in as "logIn" from pool where organisation_id = ${organisationId}`.execute(connection);
  const { rows: people } = await sql<{ id: string; username: string }>`select id, username from person where organisation_id = ${organisationId} and username = any (${[...usernames]})`.execute(connection);
  return {
    desktops: new Map(desktops.map((desktop) => [desktop.name, desktop])),
    addresses: new Map(addresses.map((desktop) => [addressOf(desktop), desktop.id])),
    pools: new Map(pools.map((pool) => [pool.name.normalize('NFC'), pool])),
    people: new Map(people.map(({ id, username }) => [username, id])),
  };
}
