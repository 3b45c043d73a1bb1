import { pageOf, readCursor } from '../paging/by-name.ts';
import { rowsOf } from '../paging/rows.ts';
import { Refusal, type DesktopDetails, type DesktopListed, type Page, type Paging } from '../port.ts';
import { sql, type Connection } from '../store/index.ts';
import { readResidual } from './residual.ts';
import type { OfDesktop } from './record.ts';

export type DesktopFilter = { readonly search?: string; readonly status?: 'active' | 'disabled'; readonly poolId?: string; readonly residual?: 'yes' };

/** The organisation's desktops by name, a page at a time. */
export async function listDesktops(connection: Connection, organisationId: string, { cursor, limit, ...filter }: DesktopFilter & Paging): Promise<Page<DesktopListed>> {
  const count = rowsOf(limit);
  const after = cursor === undefined ? [] : [sql`desktop.name > ${readCursor(cursor)}`];
  const conditions = [sql`desktop.organisation_id = ${organisationId}`, ...after, ...conditionsOf(filter)];
  // Only those of the page are looked at closely.
  const { rows } = await sql<DesktopListed>`
    select ${listed} from (select * from desktop where ${sql.join(conditions, sql` and `)} order by name limit ${count + 1}) as desktop
    left join pool on pool.id = desktop.pool_id
    order by desktop.name`.execute(connection);
  return pageOf(rows, count, ({ name }) => name);
}

/** Throws `not-found`. */
export async function readDesktop(connection: Connection, { organisationId, desktopId }: OfDesktop): Promise<DesktopDetails> {
  const { rows } = await sql<DesktopListed & Pick<DesktopDetails, 'people'>>`
    select ${listed},
      (select coalesce(jsonb_agg(jsonb_build_object('id', person.id, 'username', person.username, 'displayName', person.display_name) order by person.username), '[]')
        from desktop_assignment join person on person.id = desktop_assignment.person_id where desktop_assignment.desktop_id = desktop.id) as people
    from desktop left join pool on pool.id = desktop.pool_id
    where desktop.id = ${desktopId} and desktop.organisation_id = ${organisationId}`.execute(connection);
  const [row] = rows;
  if (row === undefined) throw new Refusal('not-found');
  const residual = await readResidual(connection, { organisationId, desktopId });
  return { ...row, residual: residual.map(({ id, username, displayName, beganAt, open }) => ({ id, username, displayName, beganAt, open })) };
}

const listed = sql`
  desktop.id, desktop.name, desktop.protocol, desktop.host, desktop.port, desktop.status, desktop.kind, desktop.sessions, desktop.weight, desktop.credentials,
  case when pool.id is not null then jsonb_build_object('id', pool.id, 'name', pool.name) end as pool,
  array(select person.username from desktop_assignment join person on person.id = desktop_assignment.person_id
    where desktop_assignment.desktop_id = desktop.id order by person.username limit 10) as "assignedTo",
  (select count(*)::integer from desktop_assignment where desktop_assignment.desktop_id = desktop.id) as assigned,
  (select count(*)::integer from lease where lease.desktop_id = desktop.id and lease.state <> 'ended') as "openSessions",
  (select count(*)::integer from residual_session as residual where residual.desktop_id = desktop.id and residual.ended_at is null) as "residualSessions"`;

function conditionsOf({ search, status, poolId, residual }: DesktopFilter) {
  const part = search?.normalize('NFKC').trim().toLowerCase() ?? '';
  return [
    ...(part === '' ? [] : [sql`(strpos(lower(normalize(desktop.name, NFKC)), ${part}) > 0 or strpos(desktop.host, ${part}) > 0 or desktop.id in (${assignedToSomebodyLike(part)}))`]),
    ...(status === undefined ? [] : [sql`desktop.status = ${status}`]),
    ...(poolId === undefined ? [] : [sql`desktop.pool_id = ${poolId}`]),
    ...(residual === undefined ? [] : [sql`desktop.id in (select residual.desktop_id from residual_session as residual where residual.ended_at is null)`]),
  ];
}

const assignedToSomebodyLike = (part: string) => sql`
  select desktop_assignment.desktop_id from desktop_assignment join person on person.id = desktop_assignment.person_id where strpos(person.username, ${part}) > 0`;
