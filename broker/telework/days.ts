import type { TeleworkDay, UnitDay } from '../port.ts';
import { sql, type Connection } from '../store/index.ts';
import { rangeOf } from './range.ts';
import { marksOf, shownTo } from './store.ts';
import { workDays } from './work-days.ts';

type Days = { readonly from: string; readonly to: string; readonly now: Date };

/** Days of people by person, newest first. Throws as {@link rangeOf}. */
export async function daysOf(connection: Connection, personIds: readonly string[], { from, to, now }: Days): Promise<ReadonlyMap<string, readonly TeleworkDay[]>> {
  const range = rangeOf(from, to);
  const marks = await marksOf(connection, personIds, range);
  const shown = await shownTo(connection, personIds, range);
  const days = (personId: string) => workDays(marks.get(personId) ?? [], shown.get(personId) ?? [], now).filter(({ day }) => from <= day && day <= to);
  return new Map(personIds.map((personId) => [personId, days(personId)]));
}

/** Days of everybody who belongs to the organisation, or to these units, newest first and then by username. */
export async function unitDays(connection: Connection, { organisationId, units, ...days }: Days & { organisationId: string; units: 'all' | readonly string[] }): Promise<readonly UnitDay[]> {
  rangeOf(days.from, days.to);
  const people = await connection
    .selectFrom('person')
    .innerJoin('unit', 'unit.id', 'person.unit_id')
    .where('person.organisation_id', '=', organisationId)
    .$if(units !== 'all', (query) => query.where('person.unit_id', '=', sql<string>`any(${units}::uuid[])`))
    .select(['person.id', 'person.username', 'person.display_name as displayName', 'unit.name as unitName'])
    .orderBy('person.username')
    .execute();
  const found = await daysOf(connection, people.map(({ id }) => id), days);
  const rows = people.flatMap((person) => (found.get(person.id) ?? []).map((day) => ({ ...day, person })));
  return rows.toSorted((one, other) => (one.day === other.day ? 0 : one.day < other.day ? 1 : -1));
}
