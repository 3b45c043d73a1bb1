import type { TeleworkDay, UnitDay } from '../port.ts';
import { sql, type Connection } from '../store/index.ts';
import { rangeOf } from './range.ts';
import { marksOf, shownTo, type Range } from './store.ts';
import { workDays } from './work-days.ts';

type Days = { readonly from: string; readonly to: string; readonly now: Date };

/** Days of a person, newest first. Throws as {@link rangeOf}. */
export async function daysOf(connection: Connection, personId: string, { from, to, now }: Days): Promise<readonly TeleworkDay[]> {
  const range = rangeOf(from, to);
  const [marks, shown] = [await marksOf(connection, [personId], range), await shownTo(connection, [personId], range)];
  return workDays(marks.get(personId) ?? [], shown.get(personId) ?? [], now).filter(({ day }) => from <= day && day <= to);
}

/**
 * Days of work for the organisation, or for these units, newest first and then by username. A day belongs to the unit that the
 * person was of at the time: whoever moved leaves the days before behind, and who comes later brings none along.
 */
export async function unitDays(connection: Connection, { organisationId, units, from, to, now }: Days & { organisationId: string; units: 'all' | readonly string[] }): Promise<readonly UnitDay[]> {
  const range = rangeOf(from, to);
  const people = await whoWorked(connection, { organisationId, units, range });
  const ids = [...new Set(people.map(({ id }) => id))];
  const [marks, shown] = [await marksOf(connection, ids, range), await shownTo(connection, ids, range)];
  const rows = people.flatMap(({ unitId, ...person }) => workDays(marks.get(person.id) ?? [], shown.get(person.id) ?? [], now, unitId).map((day) => ({ ...day, person })));
  return rows.filter(({ day }) => from <= day && day <= to).toSorted((one, other) => (one.day === other.day ? 0 : one.day < other.day ? 1 : -1));
}

type Worked = UnitDay['person'] & { readonly unitId: string };

/** Each person once for every unit that anything was done for. */
async function whoWorked(connection: Connection, { organisationId, units, range }: { organisationId: string; units: 'all' | readonly string[]; range: Range }): Promise<readonly Worked[]> {
  const ofUnits = units === 'all' ? sql`true` : sql`unit.id = any(${units}::uuid[])`;
  const { rows } = await sql<Worked>`
    select person.id, person.username, person.display_name as "displayName", unit.id as "unitId", unit.name as "unitName"
    from person
    cross join lateral (
      select mark.unit_id from telework_mark as mark where mark.person_id = person.id and mark.at >= ${range.from} and mark.at < ${range.to}
      union select lease.unit_id from lease where lease.person_id = person.id and lease.granted_at >= ${range.from}::timestamptz - interval '1 day' and lease.granted_at < ${range.to}
    ) as worked
    join unit on unit.id = worked.unit_id and unit.organisation_id = person.organisation_id
    where person.organisation_id = ${organisationId} and ${ofUnits}
    order by person.username, unit.id`.execute(connection);
  return rows;
}
