import type { PoolListed } from '../port.ts';
import { sql, type Connection } from '../store/index.ts';

/** The organisation's pools by name, or one of them. */
export async function readPools(connection: Connection, organisationId: string, poolId?: string): Promise<PoolListed[]> {
  const { rows } = await sql<Omit<PoolListed, 'suitable'>>`
    select pool.id, pool.name, pool.status, pool.log_in as "logIn", pool.clean_up as "cleanUp", pool.seats,
      (select count(*)::integer from desktop where desktop.pool_id = pool.id) as desktops,
      (select coalesce(sum(lease.weight), 0)::integer from lease where lease.pool_id = pool.id and lease.state <> 'ended') as "seatsTaken",
      (select coalesce(jsonb_agg(jsonb_build_object('id', person.id, 'username', person.username) order by person.username), '[]')
        from pool_assignment join person on person.id = pool_assignment.person_id where pool_assignment.pool_id = pool.id) as people,
      (select coalesce(jsonb_agg(jsonb_build_object('id', unit.id, 'name', unit.name) order by unit.name), '[]')
        from pool_assignment join unit on unit.id = pool_assignment.unit_id where pool_assignment.pool_id = pool.id) as units
    from pool
    where pool.organisation_id = ${organisationId} and (${poolId ?? null}::uuid is null or pool.id = ${poolId ?? null})
    order by pool.name`.execute(connection);
  return rows.map((row) => ({ ...row, suitable: row.logIn === 'personal' || row.cleanUp === 'proved' }));
}
