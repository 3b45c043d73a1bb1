import type { BoardPlace, SignedIn } from '../port.ts';
import { sql, type Connection } from '../store/index.ts';
import type { Queue } from '../waiting/outlook.ts';

/** A board shows no more places than these. */
const SHOWN = 100;

/** The first of the organisation's people who wait. Their places count everybody. */
export async function readPlaces(connection: Connection, { person, queue }: { person: SignedIn; queue: Queue }): Promise<BoardPlace[]> {
  const own = [...queue.places.values()].filter(({ standing }) => standing.entry.organisationId === person.organisationId).slice(0, SHOWN);
  const { rows } = await sql<{ id: string; person: string; unit: string; duty: string }>`
    select waiting.id, person.display_name as person, unit.name as unit, duty.name as duty
    from waiting join person on person.id = waiting.person_id join unit on unit.id = waiting.unit_id join duty on duty.id = waiting.duty_id
    where waiting.id = any(${own.map(({ standing }) => standing.entry.id)}::uuid[])`.execute(connection);
  const names = new Map(rows.map((row) => [row.id, row]));
  return own.flatMap(({ standing: { entry, lifted }, place, reasons }) => {
    const named = names.get(entry.id);
    if (named === undefined) return [];
    const { id, class: priorityClass, arrivedAt, returning, present } = entry;
    return [{ id, place, person: named.person, unit: named.unit, dutyName: named.duty, class: priorityClass, arrivedAt, returning, lifted, present, reasons }];
  });
}
