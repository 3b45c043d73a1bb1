import type { Reach } from '../authorization/index.ts';
import { assertId, refusal } from '../identity/refusals.ts';
import type { Page, Paging, PeopleFilter, PersonDetails, PersonListed } from '../port.ts';
import { sql, type Connection } from '../store/index.ts';
import { pageOf, readCursor } from '../paging/by-name.ts';
import { rowsOf } from '../paging/rows.ts';
import { detailed, detailsOf, listed, withLoan, type DetailsRow, type ListedRow } from './rows.ts';

/** The people that the reach allows and the filter asks for, by username. */
export async function listPeople(connection: Connection, reach: Reach, { cursor, limit, ...filter }: PeopleFilter & Paging, now: Date): Promise<Page<PersonListed>> {
  const count = rowsOf(limit);
  const after = cursor === undefined ? [] : [sql`person.username > ${readCursor(cursor)}`];
  const conditions = [within(reach), ...after, ...conditionsOf(filter)];
  // Only those of the page are looked at closely.
  const { rows } = await sql<ListedRow>`
    select ${listed(now)}
    from (select * from person where ${sql.join(conditions, sql` and `)} order by username limit ${count + 1}) p
    join unit on unit.id = p.unit_id
    order by p.username`.execute(connection);
  return pageOf(rows.map(withLoan), count, ({ username }) => username);
}

/** One person. Throws `not-found` for one whom the reach does not include. */
export async function readDetails(connection: Connection, reach: Reach, personId: string, now: Date): Promise<PersonDetails> {
  assertId(personId);
  const { rows } = await sql<DetailsRow>`
    select ${listed(now)}, ${detailed} from person p join unit on unit.id = p.unit_id
    where p.id in (select id from person where id = ${personId} and ${within(reach)})`.execute(connection);
  const [row] = rows;
  if (row === undefined) throw refusal('not-found');
  return detailsOf(row);
}

function within({ organisationId, units }: Reach) {
  const own = sql`person.organisation_id = ${organisationId}`;
  return units === 'all' ? own : sql`${own} and person.unit_id = any (${[...units]}::uuid[])`;
}

function conditionsOf({ search, unitId, status, role, dutyId, loaned }: PeopleFilter) {
  if (unitId !== undefined) assertId(unitId);
  if (dutyId !== undefined) assertId(dutyId);
  const part = search?.normalize('NFKC').trim().toLowerCase() ?? '';
  return [
    ...(part === '' ? [] : [sql`(strpos(person.username, ${part}) > 0 or strpos(lower(normalize(person.display_name, NFKC)), ${part}) > 0)`]),
    ...(unitId === undefined ? [] : [sql`person.unit_id in (select unit_and_below(${unitId}))`]),
    ...(loaned === undefined ? [] : [loaned ? sql`person.ends_at is not null` : sql`person.ends_at is null`]),
    ...(status === undefined ? [] : [sql`person.status = ${status}`]),
    ...(role === undefined ? [] : [sql`person.id in (select person_id from role_grant where role = ${role})`]),
    ...(dutyId === undefined ? [] : [sql`person.id in (select person_id from duty_assignment where duty_id = ${dutyId})`]),
  ];
}
