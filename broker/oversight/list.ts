import { readCursor, writeCursor, type Cursor } from '../paging/by-moment.ts';
import { rowsOf } from '../paging/rows.ts';
import type { Code, Level, LiftedRule, Page, PriorityClass, SessionFilter, SessionListed, Site } from '../port.ts';
import { sql, type Connection } from '../store/index.ts';
import { conditionsOf, type Condition, type Conditions, type Scope } from './filter.ts';
import { isUuid } from './asked.ts';

/** Leases, and requests that let nobody in, newest first. Throws as {@link conditionsOf} and {@link readCursor}. */
export async function listSessions(connection: Connection, scope: Scope, { filter, cursor, limit }: { filter: SessionFilter; cursor?: string; limit?: number }): Promise<Page<SessionListed>> {
  const count = rowsOf(limit);
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const found = await read(connection, await conditionsOf(connection, scope, filter), { after, limit: count + 1 });
  const items = found.slice(0, count);
  return { items, next: found.length > count ? writeCursor(items.at(-1)!) : null };
}

/** The lease or the decision of this id; undefined where there is none in the scope. */
export async function findSession(connection: Connection, scope: Scope, id: string): Promise<SessionListed | undefined> {
  if (!isUuid(id)) return undefined;
  const { leases, decisions } = await conditionsOf(connection, scope, {});
  const narrowed = (condition: Condition | undefined) => condition && sql<boolean>`id = ${id} and ${condition}`;
  const [found] = await read(connection, { leases: narrowed(leases), decisions: narrowed(decisions) }, { after: undefined, limit: 1 });
  return found;
}

async function read(connection: Connection, { leases, decisions }: Conditions, { after, limit }: { after: Cursor | undefined; limit: number }): Promise<readonly SessionListed[]> {
  const older = (columns: Condition) => (after === undefined ? sql`` : sql` and ${columns} < (${after.at}::timestamptz, ${after.id}::uuid)`);
  // Each half in the order of its own index, so that neither is read further than the page reaches.
  const halves = [
    ...(leases === undefined ? [] : [sql`(
      select id, 'session' as kind, state, organisation_id, person_id, unit_id, desktop_id, duty_id, site, address, level, granted_at as at, connected_at, ended_at, ended_because, '{}'::text[] as reasons, lifted
      from lease where ${leases}${older(sql`(granted_at, id)`)} order by granted_at desc, id desc limit ${limit})`]),
    ...(decisions === undefined ? [] : [sql`(
      select id, 'request' as kind, outcome as state, organisation_id, person_id, unit_id, desktop_id, duty_id, site, address, level, at,
        null::timestamptz as connected_at, null::timestamptz as ended_at, null::text as ended_because, reasons, '{}'::text[] as lifted
      from admission_decision where ${decisions}${older(sql`(at, id)`)} order by at desc, id desc limit ${limit})`]),
  ];
  if (halves.length === 0) return [];
  const { rows } = await sql<Row>`
    with listed as materialized (select * from (${sql.join(halves, sql` union all `)}) as half order by at desc, id desc limit ${limit})
    select listed.id, listed.kind, listed.state, listed.site, host(listed.address) as address, listed.level, listed.at, listed.connected_at, listed.ended_at, listed.ended_because, listed.reasons, listed.lifted,
      person.id as person_id, person.username, person.display_name, unit.id as unit_id, unit.name as unit_name,
      desktop.id as desktop_id, desktop.name as desktop_name, duty.id as duty_id, duty.name as duty_name, duty.priority_class,
      case when listed.connected_at is null and listed.ended_at is null then 0 else coalesce((
        select sum((kind.value ->> 'count')::integer)
        from audit_record as record, jsonb_each(convert_from(record.body, 'UTF8')::jsonb #> '{fields,refused}') as kind
        where record.lease_id = listed.id and record.organisation_id = listed.organisation_id and record.code = 'SKA-4102'), 0) end as refused_channels
    from listed
    join person on person.id = listed.person_id
    join unit on unit.id = listed.unit_id
    left join desktop on desktop.id = listed.desktop_id and desktop.organisation_id = listed.organisation_id
    left join duty on duty.id = listed.duty_id and duty.organisation_id = listed.organisation_id
    order by listed.at desc, listed.id desc`.execute(connection);
  return rows.map(sessionOf);
}

type Row = {
  id: string;
  kind: SessionListed['kind'];
  state: SessionListed['state'];
  site: Site | null;
  address: string;
  level: Level;
  at: Date;
  connected_at: Date | null;
  ended_at: Date | null;
  ended_because: string | null;
  reasons: Code[];
  lifted: LiftedRule[];
  person_id: string;
  username: string;
  display_name: string;
  unit_id: string;
  unit_name: string;
  desktop_id: string | null;
  desktop_name: string | null;
  duty_id: string | null;
  duty_name: string | null;
  priority_class: PriorityClass | null;
  refused_channels: number;
};

function sessionOf(row: Row): SessionListed {
  const { connected_at: connectedAt, ended_at: endedAt, ended_because: endedBecause } = row;
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    person: { id: row.person_id, username: row.username, displayName: row.display_name },
    unit: { id: row.unit_id, name: row.unit_name },
    desktop: row.desktop_id === null || row.desktop_name === null ? null : { id: row.desktop_id, name: row.desktop_name },
    duty: row.duty_id === null || row.duty_name === null || row.priority_class === null ? null : { id: row.duty_id, name: row.duty_name, class: row.priority_class },
    site: row.site,
    address: row.address,
    level: row.level,
    at: row.at,
    ...(connectedAt && { connectedAt }),
    ...(endedAt && { endedAt }),
    ...(endedBecause !== null && { endedBecause }),
    reasons: row.reasons,
    lifted: row.lifted,
    refusedChannels: row.refused_channels,
  };
}
