import { createNotes, events } from '../audit/index.ts';
import type { Clock } from '../environment.ts';
import { Refusal } from '../port.ts';
import { sql, type Connection } from '../store/index.ts';
import type { ContinuityDeps, DatabaseTime } from './deps.ts';
import { CLOCKS_APART } from './justified.ts';

/** How often one process tells again of a clock that it does not trust, in milliseconds. */
const ALARM_AGAIN = 60_000;

export const databaseTime: DatabaseTime = async (connection) => {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(connection);
  return rows[0]?.now ?? new Date(NaN);
};

/** Nothing that a level rests on is written by a clock that was set back, or that is not the database's. */
export class ClockUntrusted extends Refusal {
  /** In milliseconds; undefined where the database itself refused. */
  readonly fromDatabase: number | undefined;
  readonly fromLastChange: number | undefined;

  constructor(fromDatabase?: number, fromLastChange?: number, options?: { cause?: unknown }) {
    super('clock-untrusted', {}, options);
    this.fromDatabase = fromDatabase;
    this.fromLastChange = fromLastChange;
  }
}

/**
 * The time to write, never before `last`: clocks that differ by little are made to agree. On one machine the database's clock is set back along
 * with the process's; then what is written already tells.
 * @throws ClockUntrusted
 */
export async function trustedTime(connection: Connection, { clock, databaseTime }: { readonly clock: Clock; readonly databaseTime: DatabaseTime }, last?: Date): Promise<Date> {
  const now = clock.now();
  const fromDatabase = now.getTime() - (await databaseTime(connection)).getTime();
  const fromLastChange = last && now.getTime() - last.getTime();
  const behind = fromLastChange !== undefined && fromLastChange < -CLOCKS_APART;
  if (!(Math.abs(fromDatabase) <= CLOCKS_APART) || behind) throw new ClockUntrusted(fromDatabase, fromLastChange);
  return last !== undefined && last > now ? last : now;
}

export type ClockAlarm = (error: ClockUntrusted, organisationId?: string) => Promise<void>;

/** Puts it on the trail and into the operational log, once a minute and organisation. */
export function createClockAlarm({ database, trail, clock, log }: Pick<ContinuityDeps, 'database' | 'trail' | 'clock' | 'log'>): ClockAlarm {
  const { note } = createNotes({ database, trail, log });
  const told = new Map<string, number>();
  return async ({ fromDatabase, fromLastChange }, organisationId = '') => {
    const now = clock.now().getTime();
    if (Math.abs(now - (told.get(organisationId) ?? -Infinity)) < ALARM_AGAIN) return;
    told.set(organisationId, now);
    const seconds = (milliseconds: number) => Math.round(milliseconds / 1000);
    log.error("the clock of this process is not the database's, or was set back: nothing is written about levels", { organisationId, kind: 'clock' });
    await note(
      events.clockUntrusted({
        actor: { kind: 'system' },
        ...(organisationId !== '' && { organisationId }),
        ...(fromDatabase !== undefined && { secondsFromDatabase: seconds(fromDatabase) }),
        ...(fromLastChange !== undefined && { secondsFromLastChange: seconds(fromLastChange) }),
      }),
    );
  };
}
