import type { Candidate } from '../port.ts';
import { sql, type Connection } from '../store/index.ts';

/** Enough for a name that is looked for. */
const MOST = 20;

/** Active people with a password, by part of a name; not the asking one. */
export async function readPeople(connection: Connection, { organisationId, personId, search }: { organisationId: string; personId: string; search: string }): Promise<readonly Candidate[]> {
  const part = `%${search.normalize('NFC').trim().replaceAll(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<Candidate>`
    select person.id, person.display_name as "displayName", unit.name as "unitName" from person join unit on unit.id = person.unit_id
    where person.organisation_id = ${organisationId} and person.status = 'active' and person.password_hash is not null and person.id <> ${personId}
      and (person.display_name ilike ${part} or person.username ilike ${part})
    order by person.display_name, person.id limit ${MOST}`.execute(connection);
  return rows;
}

/** Everybody who manages a shelter; not the asking one. */
export async function readVouchers(connection: Connection, { organisationId, personId }: { organisationId: string; personId: string }): Promise<readonly Candidate[]> {
  const { rows } = await sql<Candidate>`
    select distinct person.id, person.display_name as "displayName", unit.name as "unitName" from role_grant
    join person on person.id = role_grant.person_id and person.status = 'active'
    join unit on unit.id = person.unit_id
    where role_grant.organisation_id = ${organisationId} and role_grant.role = 'shelter-manager' and person.organisation_id = ${organisationId} and person.id <> ${personId}
    order by "displayName", person.id`.execute(connection);
  return rows;
}
