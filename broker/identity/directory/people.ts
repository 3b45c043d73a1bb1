import { events } from '../../audit/index.ts';
import type { Language, Role } from '../../port.ts';
import { inTransaction, sql, type Transaction } from '../../store/index.ts';
import { assertId } from '../refusals.ts';
import { sealContext } from '../totp/seal-context.ts';
import { readName, readNewUsername, readUsername } from '../typed.ts';
import type { DirectoryDeps } from './deps.ts';
import { assertUnit } from './organisations.ts';
import { holdPerson } from './person.ts';
import { insertRole } from './roles.ts';
import { unlessTaken } from './taken.ts';
import { incompatibleAsRefusal } from './violations.ts';

export type NewPerson = {
  readonly organisationId: string;
  readonly unitId: string;
  readonly username: string;
  readonly displayName: string;
  /** `ja` unless said otherwise. */
  readonly language?: Language;
  /** `staff` unless said otherwise; for the whole organisation. */
  readonly roles?: readonly Role[];
};

type PeopleFilter = { readonly organisationId?: string; readonly search?: string; readonly unitId?: string; readonly status?: 'active' | 'disabled'; readonly role?: Role };

/** What is absent stays. */
export type PersonChanges = { readonly displayName?: string; readonly unitId?: string; readonly language?: Language };

export type PersonView = {
  readonly id: string;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly username: string;
  readonly displayName: string;
  readonly language: Language;
  readonly status: 'active' | 'disabled';
  readonly roles: readonly Role[];
  readonly hasPassword: boolean;
  readonly hasAuthenticator: boolean;
};

export function createPeople(deps: DirectoryDeps) {
  const { database, passwords, secretBox, clock, ids, trail, actor, address } = deps;

  const addPerson = async (input: NewPerson, also: (transaction: Transaction, personId: string) => Promise<void> = async () => undefined) => {
    assertId(input.organisationId);
    assertId(input.unitId);
    const add = async (transaction: Transaction) => {
      await assertUnit(transaction, input.organisationId, input.unitId);
      const person = await insertPerson(transaction, deps, input);
      await also(transaction, person.id);
      return person;
    };
    return incompatibleAsRefusal(() => unlessTaken(database, 'username', add));
  };

  return {
    /** A person without a password, who signs in by an invitation first. */
    addPerson: (input: NewPerson): Promise<{ id: string; username: string }> => addPerson(input),

    /**
     * A person who can sign in at once. For the demo's data only: whoever calls this knows the person's secrets.
     * @param input.totpSecret in base32, at least 20 bytes
     */
    async addPersonWithCredentials(input: NewPerson & { password: string; totpSecret: string }): Promise<{ id: string; username: string }> {
      passwords.assertSuitable(input.password, readNewUsername(input.username));
      const passwordHash = await passwords.hash(input.password);
      return addPerson(input, async (transaction, personId) => {
        const id = ids.uuid();
        const now = clock.now();
        const sealed = secretBox.seal(input.totpSecret, sealContext(id));
        await transaction.updateTable('person').set({ password_hash: passwordHash }).where('id', '=', personId).execute();
        await transaction
          .insertInto('authenticator')
          .values({ id, person_id: personId, kind: 'totp', sealed_secret: sealed, enrolled_in: null, created_at: now, confirmed_at: now, last_used_step: -1 })
          .execute();
        await trail.append(transaction, events.authenticatorEnrolled({ actor, address, organisationId: input.organisationId, authenticatorId: id, kind: 'totp' }));
      });
    },

    changePerson: ({ personId, ...changes }: { personId: string } & PersonChanges): Promise<void> => inTransaction(database, (transaction) => changePerson(transaction, deps, personId, changes)),

    /** By username. `search` is a part of the username or the display name; `unitId` is a unit and what is below. */
    listPeople: (filter: PeopleFilter = {}): Promise<PersonView[]> => select(deps, sql.join([sql`true`, ...conditionsOf(filter)], sql` and `)),

    /** The person who signs in with this name, as they may type it. */
    async findPerson({ username }: { username: string }): Promise<PersonView | undefined> {
      return (await select(deps, sql`p.username = ${readUsername(username)}`))[0];
    },
  };
}

/** @param grantedUnit what the roles are for; the whole organisation unless said otherwise */
export async function insertPerson(transaction: Transaction, deps: DirectoryDeps, input: NewPerson, grantedUnit: string | null = null): Promise<{ id: string; username: string }> {
  const { clock, ids, trail, actor, address } = deps;
  const { organisationId, unitId, language = 'ja', roles = ['staff'] } = input;
  const id = ids.uuid();
  const username = readNewUsername(input.username);
  const displayName = readName(input.displayName, 'displayName');
  await transaction
    .insertInto('person')
    .values({
      id,
      organisation_id: organisationId,
      unit_id: unitId,
      username,
      display_name: displayName,
      language,
      status: 'active',
      password_hash: null,
      created_at: clock.now(),
    })
    .execute();
  await trail.append(transaction, events.personAdded({ actor, address, organisationId, personId: id, unitId, username, displayName }));
  for (const role of roles) await insertRole(transaction, deps, { personId: id, organisationId, role, unitId: grantedUnit });
  return { id, username };
}

/** Changing to what it is already changes nothing. Throws `not-found` for a unit of another organisation. */
export async function changePerson(transaction: Transaction, deps: DirectoryDeps, personId: string, changes: PersonChanges): Promise<void> {
  const { trail, actor, address } = deps;
  const { organisationId } = await holdPerson(transaction, personId);
  const displayName = changes.displayName === undefined ? undefined : readName(changes.displayName, 'displayName');
  if (changes.unitId !== undefined) {
    assertId(changes.unitId);
    await assertUnit(transaction, organisationId, changes.unitId);
  }
  const was = await transaction.selectFrom('person').where('id', '=', personId).select(['display_name as displayName', 'unit_id as unitId', 'language']).executeTakeFirstOrThrow();
  const changed = {
    ...(displayName !== undefined && displayName !== was.displayName && { displayName }),
    ...(changes.unitId !== undefined && changes.unitId.toLowerCase() !== was.unitId && { unitId: changes.unitId }),
    ...(changes.language !== undefined && changes.language !== was.language && { language: changes.language }),
  };
  if (Object.keys(changed).length === 0) return;
  await transaction
    .updateTable('person')
    .set({ ...(changed.displayName !== undefined && { display_name: changed.displayName }), ...(changed.unitId !== undefined && { unit_id: changed.unitId }), ...(changed.language !== undefined && { language: changed.language }) })
    .where('id', '=', personId)
    .execute();
  await trail.append(transaction, events.personChanged({ actor, address, organisationId, personId, ...changed }));
}

async function select({ database }: DirectoryDeps, condition: ReturnType<typeof sql>): Promise<PersonView[]> {
  const { rows } = await sql<PersonView>`
    select p.id, p.organisation_id as "organisationId", organisation.name as "organisationName", p.unit_id as "unitId", unit.name as "unitName",
      p.username, p.display_name as "displayName", p.language, p.status,
      array(select distinct role from role_grant where person_id = p.id order by role) as roles,
      p.password_hash is not null as "hasPassword",
      exists (select from authenticator where person_id = p.id and confirmed_at is not null) as "hasAuthenticator"
    from person p join organisation on organisation.id = p.organisation_id join unit on unit.id = p.unit_id
    where ${condition} order by p.username`.execute(database);
  return rows;
}

function conditionsOf({ organisationId, search, unitId, status, role }: PeopleFilter) {
  const part = search?.normalize('NFKC').trim().toLowerCase() ?? '';
  return [
    ...(organisationId === undefined ? [] : [sql`p.organisation_id = ${organisationId}`]),
    ...(part === '' ? [] : [sql`(strpos(p.username, ${part}) > 0 or strpos(lower(normalize(p.display_name, NFKC)), ${part}) > 0)`]),
    ...(unitId === undefined ? [] : [sql`p.unit_id in (select unit_and_below(${unitId}))`]),
    ...(status === undefined ? [] : [sql`p.status = ${status}`]),
    ...(role === undefined ? [] : [sql`p.id in (select person_id from role_grant where role = ${role})`]),
  ];
}
