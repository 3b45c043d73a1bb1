import type { Leases } from '../port.ts';
import { sql, type Database } from '../store/index.ts';

/** Keeps when people last typed or pointed, for leases that these relays carry: of sessions alike in all else the longest idle yields first. */
export function createActive({ database }: { database: Database }): Leases['active'] {
  return async (inputs) => {
    if (inputs.length === 0) return;
    await sql`
      insert into lease_activity (lease_id, input_at)
      select lease.id, least(said.at, clock_timestamp())
      from unnest(${inputs.map(({ leaseId }) => leaseId)}::uuid[], ${inputs.map(({ relayId }) => relayId)}::uuid[], ${inputs.map(({ at }) => at.toISOString())}::timestamptz[]) as said (lease_id, relay_id, at)
      join lease on lease.id = said.lease_id and lease.relay_id = said.relay_id and lease.state = 'active'
      on conflict (lease_id) do update set input_at = greatest(lease_activity.input_at, excluded.input_at)`.execute(database);
  };
}
