import type { Language, Role } from '../../port.ts';
import { sql, type Connection, type Transaction } from '../../store/index.ts';
import { byPath, readUnitPaths } from '../unit-paths.ts';

/** Somebody who bears a username of the file. */
export type KnownPerson = {
  readonly id: string;
  readonly organisationId: string;
  readonly unitId: string;
  readonly username: string;
  readonly displayName: string;
  readonly language: Language;
  readonly status: 'active' | 'disabled';
  /** For the whole organisation, given by a person: what a file speaks of. */
  readonly roles: readonly Role[];
  /** For the whole organisation, given by an identity provider's claims. */
  readonly byProvider: readonly Role[];
  /** For units. */
  readonly narrower: readonly { readonly role: Role; readonly unitId: string }[];
  readonly duties: readonly { readonly id: string; readonly name: string }[];
  readonly endsAt: string | null;
  readonly loanedFrom: string | null;
};

/** All that the rows of a file are compared with. */
export type PeopleState = {
  /** By path. */
  readonly units: ReadonlyMap<string, string>;
  readonly paths: ReadonlyMap<string, string>;
  /** Active ones by name. */
  readonly duties: ReadonlyMap<string, string>;
  /** By username, of any organisation. */
  readonly people: ReadonlyMap<string, KnownPerson>;
  readonly conflicts: readonly { readonly role: Role; readonly other: Role }[];
  /** The active people with system-admin for the whole organisation. */
  readonly administrators: ReadonlySet<string>;
};

/** Keeps still what is about to be compared, until the transaction ends. */
export async function holdPeople(transaction: Transaction, organisationId: string, usernames: readonly string[]): Promise<void> {
  await transaction.selectFrom('organisation').where('id', '=', organisationId).select('id').forNoKeyUpdate().execute();
  await sql`select from person where organisation_id = ${organisationId} and username = any (${[...usernames]}) order by id for no key update`.execute(transaction);
  await sql`select from duty where organisation_id = ${organisationId} order by id for share`.execute(transaction);
}

export async function readPeopleState(connection: Connection, organisationId: string, usernames: readonly string[]): Promise<PeopleState> {
  const units = await readUnitPaths(connection, organisationId);
  const { rows: duties } = await sql<{ id: string; name: string }>`select id, name from duty where organisation_id = ${organisationId} and status = 'active'`.execute(connection);
  const { rows: people } = await sql<KnownPerson>`
    select p.id, p.organisation_id as "organisationId", p.unit_id as "unitId", p.username, p.display_name as "displayName", p.language, p.status, p.loaned_from as "loanedFrom",
      to_char(p.ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "endsAt",
      array(select role from role_grant where person_id = p.id and unit_id is null and provider is null order by role) as roles,
      array(select role from role_grant where person_id = p.id and unit_id is null and provider is not null order by role) as "byProvider",
      (select coalesce(json_agg(json_build_object('role', role, 'unitId', unit_id) order by role, unit_id), '[]') from role_grant where person_id = p.id and unit_id is not null) as narrower,
      (select coalesce(json_agg(json_build_object('id', duty.id, 'name', duty.name) order by duty.name), '[]')
        from duty_assignment join duty on duty.id = duty_assignment.duty_id where duty_assignment.person_id = p.id) as duties
    from person p where p.username = any (${[...usernames]})`.execute(connection);
  const { rows: conflicts } = await sql<{ role: Role; other: Role }>`select role, other from role_conflict`.execute(connection);
  const { rows: administrators } = await sql<{ id: string }>`
    select person.id from role_grant join person on person.id = role_grant.person_id
    where role_grant.organisation_id = ${organisationId} and role = 'system-admin' and role_grant.unit_id is null and person.status = 'active'`.execute(connection);
  return {
    units: byPath(units),
    paths: new Map(units.map(({ id, path }) => [id, path])),
    duties: new Map(duties.map(({ id, name }) => [name.normalize('NFC'), id])),
    people: new Map(people.map((person) => [person.username, person])),
    conflicts,
    administrators: new Set(administrators.map(({ id }) => id)),
  };
}
