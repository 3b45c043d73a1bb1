import { events } from '../../audit/index.ts';
import type { Language, Role } from '../../port.ts';
import { sql, type Transaction } from '../../store/index.ts';
import { assertId } from '../refusals.ts';
import { sealContext } from '../totp/seal-context.ts';
import { readName, readNewUsername, readUsername } from '../typed.ts';
import type { DirectoryDeps } from './deps.ts';
import { assertUnit } from './organisations.ts';
import { insertRole } from './accounts.ts';
import { unlessTaken } from './taken.ts';

export type NewPerson = {
  readonly organisationId: string;
  readonly unitId: string;
  readonly username: string;
  readonly displayName: string;
  /** `ja` unless said otherwise. */
  readonly language?: Language;
  /** `staff` unless said otherwise. */
  readonly roles?: readonly Role[];
};

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
  const { database, passwords, secretBox, clock, ids, trail, actor } = deps;

  const addPerson = async (input: NewPerson, also: (transaction: Transaction, personId: string) => Promise<void> = async () => undefined) => {
    assertId(input.organisationId);
    assertId(input.unitId);
    return unlessTaken(database, 'username', async (transaction) => {
      await assertUnit(transaction, input.organisationId, input.unitId);
      const person = await insertPerson(transaction, deps, input);
      await also(transaction, person.id);
      return person;
    });
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
        await trail.append(transaction, events.authenticatorEnrolled({ actor, organisationId: input.organisationId, authenticatorId: id, kind: 'totp' }));
      });
    },

    listPeople: ({ organisationId }: { organisationId?: string } = {}): Promise<PersonView[]> => select(deps, organisationId === undefined ? sql`true` : sql`p.organisation_id = ${organisationId}`),

    /** The person who signs in with this name, as they may type it. */
    async findPerson({ username }: { username: string }): Promise<PersonView | undefined> {
      return (await select(deps, sql`p.username = ${readUsername(username)}`))[0];
    },
  };
}

export async function insertPerson(transaction: Transaction, deps: DirectoryDeps, input: NewPerson): Promise<{ id: string; username: string }> {
  const { clock, ids, trail, actor } = deps;
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
  await trail.append(transaction, events.personAdded({ actor, organisationId, personId: id, unitId, username, displayName }));
  for (const role of roles) await insertRole(transaction, deps, { personId: id, organisationId, role });
  return { id, username };
}

async function select({ database }: DirectoryDeps, condition: ReturnType<typeof sql>): Promise<PersonView[]> {
  const { rows } = await sql<PersonView>`
    select p.id, p.organisation_id as "organisationId", organisation.name as "organisationName", p.unit_id as "unitId", unit.name as "unitName",
      p.username, p.display_name as "displayName", p.language, p.status,
      array(select role from role_grant where person_id = p.id order by role) as roles,
      p.password_hash is not null as "hasPassword",
      exists (select from authenticator where person_id = p.id and confirmed_at is not null) as "hasAuthenticator"
    from person p join organisation on organisation.id = p.organisation_id join unit on unit.id = p.unit_id
    where ${condition} order by p.username`.execute(database);
  return rows;
}
