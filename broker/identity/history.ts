import { Refusal, type SignInEnd, type SignInMethod, type SignInRecord, type SignIns, type Site } from '../port.ts';
import { sql, type Database } from '../store/index.ts';
import type { SitesOf } from './own-sign-ins.ts';

const USUAL = 50;
const MOST = 200;

/** A person's own sign-ins and the tries on their account, newest first. */
export function createHistory({ database, sitesOf }: { database: Database; sitesOf: SitesOf }): SignIns['history'] {
  return async ({ person, cursor, limit = USUAL }) => {
    const after = cursor === undefined ? undefined : readCursor(cursor);
    const count = Math.min(Math.max(1, Math.trunc(limit) || USUAL), MOST);
    const { rows } = await sql<Row>`
      select * from (
        select id, at, address, user_agent, 'complete' as outcome, method, ended_at, ended_because from sign_in where person_id = ${person.personId}
        union all
        select id, at, address, user_agent, outcome, null, null, null from failed_sign_in where person_id = ${person.personId} and outcome <> 'account-disabled'
      ) as try
      where ${after ? sql`(at, id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql`true`}
      order by at desc, id desc
      limit ${count + 1}`.execute(database);
    const siteOf = await sitesOf(person.organisationName);
    const items = rows.slice(0, count).map((row) => ({ ...recordOf(row, person.signInId), ...siteIn(siteOf(row.address)) }));
    return { items, next: rows.length > count ? writeCursor(items.at(-1)!) : null };
  };
}

type Row = { id: string; at: Date; address: string; user_agent: string; outcome: SignInRecord['outcome']; method: SignInMethod | null; ended_at: Date | null; ended_because: SignInEnd | null };

function recordOf({ id, at, address, user_agent: userAgent, outcome, method, ended_at: endedAt, ended_because: endedBecause }: Row, currentId: string): SignInRecord {
  return { id, at, address, userAgent, outcome, current: id === currentId, ...(method && { method }), ...(endedAt && { endedAt }), ...(endedBecause && { endedBecause }) };
}

const siteIn = (site: Site | undefined) => (site === undefined ? {} : { site });

function writeCursor({ at, id }: SignInRecord): string {
  return `${at.toISOString()}~${id}`;
}

function readCursor(cursor: string): { at: Date; id: string } {
  const [, time, id] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)~([0-9a-f-]{36})$/.exec(cursor) ?? [];
  const at = new Date(time ?? Number.NaN);
  const isUuid = id !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
  if (Number.isNaN(at.getTime()) || !isUuid) throw new Refusal('request-invalid', { fields: [{ path: 'cursor', expected: 'a cursor from the page before' }] });
  return { at, id };
}
