import type { EntryStop } from '../port.ts';
import { sql, type Connection } from '../store/index.ts';
import type { Scope } from './filter.ts';
import { mayRelease } from './release.ts';

/** A stop as the person who asks sees it; undefined where there is none. */
export async function readStop(connection: Connection, stopId: string, personId: string): Promise<EntryStop | undefined> {
  const [stop] = await read(connection, personId, sql`stop.id = ${stopId}`);
  return stop;
}

/** The stops in force that concern anybody of the scope, newest first: also those of the whole organisation and of units above. */
export function readStopsInForce(connection: Connection, { organisationId, units }: Scope, personId: string): Promise<readonly EntryStop[]> {
  const concerns = units === 'all' ? sql`true` : sql`(stop.unit_id is null or exists (select from unnest(${units}::uuid[]) as reached (id) where stop.unit_id in (select unit_and_above(reached.id))))`;
  return read(connection, personId, sql`stop.organisation_id = ${organisationId} and release.agreed_by is null and ${concerns}`);
}

async function read(connection: Connection, personId: string, condition: ReturnType<typeof sql>): Promise<readonly EntryStop[]> {
  const { rows } = await sql<Row>`
    select stop.id, stop.organisation_id, stop.unit_id, unit.name as unit_name, stop.reason, stopper.display_name as stopped_by, stop.stopped_at,
      release.asked_by, asker.display_name as asker, release.asked_at, release.reason as asked_because, release.agreed_at
    from entry_stop as stop
    join person as stopper on stopper.id = stop.stopped_by
    left join unit on unit.id = stop.unit_id
    left join entry_release as release on release.stop_id = stop.id
    left join person as asker on asker.id = release.asked_by
    where ${condition}
    order by stop.stopped_at desc, stop.id`.execute(connection);
  return Promise.all(rows.map(async (row) => stopOf(await withoutLapsed(connection, row), personId)));
}

/** A question that nobody can agree to any more is none. */
async function withoutLapsed(connection: Connection, row: Row): Promise<Row> {
  const { asked_by: askedBy, agreed_at: agreedAt, organisation_id: organisationId, unit_id: unitId } = row;
  if (askedBy === null || agreedAt !== null || (await mayRelease(connection, askedBy, { organisationId, unitId }))) return row;
  return { ...row, asked_by: null, asker: null, asked_at: null, asked_because: null };
}

type Row = {
  id: string;
  organisation_id: string;
  unit_id: string | null;
  unit_name: string | null;
  reason: string;
  stopped_by: string;
  stopped_at: Date;
  asked_by: string | null;
  asker: string | null;
  asked_at: Date | null;
  asked_because: string | null;
  agreed_at: Date | null;
};

function stopOf(row: Row, personId: string): EntryStop {
  const { asked_at: askedAt, asker: askedBy, asked_because: reason, agreed_at: releasedAt } = row;
  return {
    id: row.id,
    unit: row.unit_id === null || row.unit_name === null ? null : { id: row.unit_id, name: row.unit_name },
    reason: row.reason,
    stoppedBy: row.stopped_by,
    stoppedAt: row.stopped_at,
    ...(askedAt && askedBy !== null && reason !== null && { release: { askedBy, askedAt, reason, own: row.asked_by === personId } }),
    ...(releasedAt && { releasedAt }),
  };
}
