import { readCursor, writeCursor } from '../paging/by-moment.ts';
import { rowsOf } from '../paging/rows.ts';
import type { SignInEnd, SignInMethod, SignInRecord, SignIns, Site } from '../port.ts';
import { sql, type Database } from '../store/index.ts';
import type { SitesOf } from './own-sign-ins.ts';

/** A person's own sign-ins and the tries on their account, newest first. */
export function createHistory({ database, sitesOf }: { database: Database; sitesOf: SitesOf }): SignIns['history'] {
  return async ({ person, cursor, limit }) => {
    const after = cursor === undefined ? undefined : readCursor(cursor);
    const count = rowsOf(limit);
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
