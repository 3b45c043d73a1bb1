import type { Log } from '../environment.ts';
import { sql, type Database } from '../store/index.ts';

/** How often a gateway process says that it is alive, in milliseconds. */
const BEAT = 1_000;
/** A process that was silent for this long is dead, in seconds of the database's own clock. With a sweep a second it is noticed within 5 s. */
export const SILENCE_SECONDS = 3.5;

/** This process, as the others see it. Its death parks the leases that its relays carried. */
export type Heartbeat = { start(): Promise<void>; stop(): Promise<void> };

export function createHeartbeat({ database, gatewayId, log }: { database: Database; gatewayId: string; log: Log }): Heartbeat {
  let timer: NodeJS.Timeout | undefined;
  let beating: Promise<void> = Promise.resolve();
  const beat = async () => {
    await sql`
      insert into gateway_process (id, started_at, seen_at) values (${gatewayId}, clock_timestamp(), clock_timestamp())
      on conflict (id) do update set seen_at = excluded.seen_at`.execute(database);
  };
  const next = () => {
    timer = setTimeout(() => {
      beating = beat()
        .catch((error: unknown) => log.error('this gateway could not say that it is alive', { error }))
        .finally(next);
    }, BEAT);
  };
  let stopped = false;
  return {
    async start() {
      await beat();
      next();
    },
    async stop() {
      if (stopped) return;
      stopped = true;
      clearTimeout(timer);
      await beating;
      clearTimeout(timer);
      await database.deleteFrom('gateway_process').where('id', '=', gatewayId).execute();
    },
  };
}
