import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { Role } from '../../../broker/port.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { addOrganisation, addPerson } from '../../support/office.ts';

let test: TestDatabase;
let organisation: Awaited<ReturnType<typeof addOrganisation>>;
beforeAll(async () => {
  test = await startTestDatabase();
  organisation = await addOrganisation(test.database);
});
afterAll(() => test.close());

const PAIRS: readonly (readonly [Role, Role])[] = [
  ['system-admin', 'security-officer'],
  ['system-admin', 'auditor'],
  ['bcp-admin', 'activation-authority'],
];
const INSERT = 'insert into role_grant (id, person_id, organisation_id, role, unit_id, granted_by, granted_at) values ($1, $2, $3, $4, $5, $6, now())';
const newcomer = async () => (await addPerson(test.database, organisation, new Date(), [])).personId;
const values = (personId: string, role: Role, unitId: string | null = null, by: string | null = null) => [randomUUID(), personId, organisation.id, role, unitId, by];

async function withClients<Result>(count: number, work: (...clients: Client[]) => Promise<Result>): Promise<Result> {
  const clients = await Promise.all(
    Array.from({ length: count }, async () => {
      const client = new Client({ connectionString: test.connectionString });
      await client.connect();
      return client;
    }),
  );
  try {
    return await work(...clients);
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}

const rolesOf = async (personId: string) => (await test.database.selectFrom('role_grant').where('person_id', '=', personId).select('role').orderBy('role').execute()).map(({ role }) => role);

describe('the database itself, whatever the program does', () => {
  it.each(PAIRS.flatMap(([a, b]) => [[a, b] as const, [b, a] as const]))('refuses %s and then %s for one person, for an organisation or a unit', async (first, second) => {
    await withClients(1, async (client) => {
      for (const unit of [null, organisation.unitId]) {
        const personId = await newcomer();
        await client.query(INSERT, values(personId, first));
        await expect(client.query(INSERT, values(personId, second, unit))).rejects.toMatchObject({ code: '23000', constraint: 'role_grant_is_compatible' });
        expect(await rolesOf(personId)).toEqual([first]);
      }
    });
  });

  it('refuses the second of a pair by an update, and both in one statement', async () => {
    await withClients(1, async (client) => {
      const personId = await newcomer();
      await client.query(INSERT, values(personId, 'system-admin'));
      await client.query(INSERT, values(personId, 'staff'));
      await expect(client.query("update role_grant set role = 'auditor' where person_id = $1 and role = 'staff'", [personId])).rejects.toMatchObject({ code: '23000' });
      const other = await newcomer();
      await expect(
        client.query("insert into role_grant (id, person_id, organisation_id, role, granted_at) select gen_random_uuid(), $1, $2, role, now() from (values ('bcp-admin'), ('activation-authority')) as r (role)", [other, organisation.id]),
      ).rejects.toMatchObject({ code: '23000' });
      expect(await rolesOf(other)).toEqual([]);
    });
  });

  it.each(PAIRS)('lets one of %s and %s win when two connections grant them at once', async (first, second) => {
    const personId = await newcomer();
    await withClients(2, async (one, other) => {
      await one.query('begin');
      await other.query('begin');
      await one.query(INSERT, values(personId, first));
      const late = other.query(INSERT, values(personId, second)).then(() => other.query('commit'));
      late.catch(() => undefined);
      await one.query('commit');
      await expect(late).rejects.toMatchObject({ code: '23000', constraint: 'role_grant_is_compatible' });
    });
    expect(await rolesOf(personId)).toEqual([first]);
  });

  it('refuses both when neither was told of the other by the program', async () => {
    const people = await Promise.all(Array.from({ length: 8 }, newcomer));
    await withClients(2, async (one, other) => {
      for (const personId of people) await Promise.allSettled([one.query(INSERT, values(personId, 'auditor')), other.query(INSERT, values(personId, 'system-admin'))]);
    });
    for (const personId of people) expect(await rolesOf(personId)).toHaveLength(1);
  });

  it('refuses a grant to oneself, one of another organisation\'s unit or by another organisation\'s person, and the same one twice', async () => {
    const [personId, by] = [await newcomer(), await newcomer()];
    const elsewhere = await addOrganisation(test.database);
    const stranger = await addPerson(test.database, elsewhere);
    await withClients(1, async (client) => {
      await expect(client.query(INSERT, values(personId, 'staff', null, personId))).rejects.toMatchObject({ code: '23514', constraint: 'role_grant_by_another' });
      await expect(client.query(INSERT, values(personId, 'staff', elsewhere.unitId))).rejects.toMatchObject({ code: '23503' });
      await expect(client.query(INSERT, values(personId, 'staff', null, stranger.personId))).rejects.toMatchObject({ code: '23503' });
      await client.query(INSERT, values(personId, 'staff', null, by));
      await expect(client.query(INSERT, values(personId, 'staff', null, by))).rejects.toMatchObject({ code: '23505', constraint: 'role_grant_once' });
      await expect(client.query(INSERT, values(personId, 'king' as Role))).rejects.toMatchObject({ code: '23514' });
    });
  });

  it('checks it in sessions of the replication role, too', async () => {
    const personId = await newcomer();
    await withClients(1, async (client) => {
      await client.query("set session_replication_role = 'replica'");
      await client.query(INSERT, values(personId, 'system-admin'));
      await expect(client.query(INSERT, values(personId, 'auditor'))).rejects.toMatchObject({ code: '23000' });
    });
  });
});
