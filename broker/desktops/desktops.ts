import { readLevel } from '../continuity/in-force.ts';
import type { Clock } from '../environment.ts';
import type { Desktops, DesktopView, PoolView } from '../port.ts';
import { sql, type Database } from '../store/index.ts';
import type { Reachability } from './reachability.ts';

export type DesktopsDeps = { readonly database: Database; readonly clock: Clock; readonly reachability: Reachability };

/** What a person may ask for, as the person may see it: whose session another one carries or left is not told. */
export function createDesktops({ database, clock, reachability }: DesktopsDeps): Desktops {
  return {
    async listFor({ personId, organisationId }) {
      const rows = await assignedTo(database, personId, organisationId);
      return Promise.all(rows.map((row) => viewOf(row, reachability)));
    },
    poolsFor: ({ personId, organisationId }) => givenTo(database, personId, organisationId),
    levelFor: ({ organisationId }) => readLevel(database, organisationId, clock.now()),
  };
}

type Row = Pick<DesktopView, 'id' | 'name' | 'protocol' | 'credentials'> & { readonly inService: boolean; readonly host: string; readonly port: number; readonly leaseId: string | null; readonly hasRoom: boolean };

async function assignedTo(database: Database, personId: string, organisationId: string): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select desktop.id, desktop.name, desktop.protocol, desktop.credentials, desktop.host, desktop.port,
      desktop.status = 'active' and coalesce(pool.status, 'active') = 'active' as "inService",
      lease.id as "leaseId", desktop_has_room(desktop.id, ${personId}) as "hasRoom"
    from desktop_assignment
    join desktop on desktop.id = desktop_assignment.desktop_id
    left join pool on pool.id = desktop.pool_id
    left join lease on lease.desktop_id = desktop.id and lease.person_id = desktop_assignment.person_id and lease.state <> 'ended'
    where desktop_assignment.person_id = ${personId} and desktop.organisation_id = ${organisationId}
    order by desktop.name, desktop.id`.execute(database);
  return rows;
}

async function viewOf({ id, name, protocol, credentials, inService, host, port, leaseId, hasRoom }: Row, reachability: Reachability): Promise<DesktopView> {
  const view = { id, name, protocol, credentials, ...(leaseId !== null && { leaseId }) };
  if (!inService) return { ...view, state: 'disabled' };
  if (leaseId !== null) return { ...view, state: 'in-use-by-me' };
  if (!hasRoom) return { ...view, state: 'in-use' };
  const { reachable, at } = await reachability.measure({ host, port });
  return { ...view, state: reachable ? 'ready' : 'unreachable', checkedAt: at };
}

type PoolRow = Pick<PoolView, 'id' | 'name'> & { readonly inService: boolean; readonly asks: boolean | null; readonly leaseId: string | null; readonly hasRoom: boolean };

/** A pool that admission would let nobody into, however free, counts as out of service. */
async function givenTo(database: Database, personId: string, organisationId: string): Promise<PoolView[]> {
  const { rows } = await sql<PoolRow>`
    select pool.id, pool.name,
      pool.status = 'active' and (pool.log_in = 'personal' or pool.clean_up = 'proved') as "inService",
      (select bool_or(desktop.credentials = 'ask') from desktop where desktop.pool_id = pool.id and desktop.status = 'active') as asks,
      (select lease.id from lease where lease.pool_id = pool.id and lease.person_id = ${personId} and lease.state <> 'ended' order by lease.granted_at desc limit 1) as "leaseId",
      exists (
        select from desktop where desktop.pool_id = pool.id and desktop.status = 'active' and desktop_has_room(desktop.id, ${personId})
          and (pool.seats is null or desktop.weight + (select coalesce(sum(lease.weight), 0) from lease where lease.pool_id = pool.id and lease.state <> 'ended') <= pool.seats)
      ) as "hasRoom"
    from pool
    where pool.organisation_id = ${organisationId} and pool_is_given(pool.id, ${personId})
    order by pool.name`.execute(database);
  return rows.map(({ id, name, inService, asks, leaseId, hasRoom }) => {
    const view = { id, name, credentials: asks === true ? 'ask' : 'stored', ...(leaseId !== null && { leaseId }) } as const;
    if (!inService) return { ...view, state: 'disabled' };
    if (leaseId !== null) return { ...view, state: 'in-use-by-me' };
    return { ...view, state: hasRoom ? 'ready' : 'full' };
  });
}
