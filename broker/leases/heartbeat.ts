import { sql, type Database } from '../store/index.ts';

/**
 * A process that was silent for this long is dead, in seconds of the database's own clock. With a beat and a sweep every
 * second its death is noticed within 5 s.
 */
export const SILENCE_SECONDS = 3;

/** This process, as the others see it. Its death parks the leases that its relays carried. */
export type Heartbeat = {
  /** To be called every second. */
  beat(): Promise<void>;
  leave(): Promise<void>;
};

export function createHeartbeat({ database, gatewayId }: { database: Database; gatewayId: string }): Heartbeat {
  return {
    async beat() {
      await sql`
        insert into gateway_process (id, started_at, seen_at) values (${gatewayId}, clock_timestamp(), clock_timestamp())
        on conflict (id) do update set seen_at = excluded.seen_at`.execute(database);
    },
    async leave() {
      await database.deleteFrom('gateway_process').where('id', '=', gatewayId).execute();
    },
  };
}
