import type { Candidate, Named } from '../port.ts';
import { sql, type Connection } from '../store/index.ts';

/** Those who may approve by their own right, for the whole organisation. */
export async function readHeads(connection: Connection, organisationId: string): Promise<readonly Named[]> {
  const { rows } = await sql<Named>`
    select distinct person.id, person.display_name as "displayName" from role_grant join person on person.id = role_grant.person_id
    where role_grant.organisation_id = ${organisationId} and role_grant.role = 'activation-authority' and role_grant.unit_id is null and person.status = 'active'
    order by person.display_name, person.id`.execute(connection);
  return rows;
}

/** Of these people, by id. */
export async function readPeople(connection: Connection, ids: readonly string[]): Promise<ReadonlyMap<string, Candidate>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Candidate>`
    select person.id, person.display_name as "displayName", unit.name as "unitName" from person join unit on unit.id = person.unit_id
    where person.id = any(${[...new Set(ids)]}::uuid[])`.execute(connection);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Who could be put into the order, by part of a name. */
export async function readCandidates(connection: Connection, organisationId: string, search: string): Promise<readonly Candidate[]> {
  const part = `%${search.normalize('NFC').trim().replaceAll(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<Candidate>`
    select person.id, person.display_name as "displayName", unit.name as "unitName" from person join unit on unit.id = person.unit_id
    where person.organisation_id = ${organisationId} and may_stand_in(person.id) and (person.display_name ilike ${part} or person.username ilike ${part})
    order by person.display_name, person.id limit 20`.execute(connection);
  return rows;
}

/** In order; empty where nobody stands in. */
export async function readOrder(connection: Connection, organisationId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ people: string[] }>`select succession_in_force(${organisationId}) as people`.execute(connection);
  return rows[0]?.people ?? [];
}
