import { randomUUID } from 'node:crypto';
import { sql, type Transaction } from '../../../broker/store/index.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createTown } from '../../support/town.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

/** Two transactions that have both begun to read before either of them grants. */
async function together(level: 'read committed' | 'repeatable read' | 'serializable', roles: readonly [string, string]) {
  const { organisation, person } = await createTown({ database: test.database });
  const { personId } = await person();
  let begun = 0;
  let release = () => undefined as void;
  const bothBegun = new Promise<void>((resolve) => (release = resolve));
  const grant = async (transaction: Transaction, role: string) => {
    await sql`select count(*) from role_grant`.execute(transaction);
    if ((begun += 1) === 2) release();
    await bothBegun;
    await sql`insert into role_grant (id, person_id, organisation_id, role, granted_at) values (${randomUUID()}, ${personId}, ${organisation.id}, ${role}, now())`.execute(transaction);
  };
  await Promise.allSettled(roles.map((role) => test.database.transaction().setIsolationLevel(level).execute((transaction) => grant(transaction, role))));
  return (await test.database.selectFrom('role_grant').where('person_id', '=', personId).select('role').execute()).map(({ role }) => role);
}

describe('two roles that exclude each other, granted at the same moment', () => {
  it.each([
    ['system-admin', 'auditor'],
    ['system-admin', 'security-officer'],
    ['bcp-admin', 'activation-authority'],
  ] as const)('%s and %s: only one is', async (...roles) => {
    expect(await together('read committed', roles)).toHaveLength(1);
  });

  it.each(['repeatable read', 'serializable'] as const)('are never both, whatever the transactions can see of each other: %s', async (level) => {
    expect((await together(level, ['system-admin', 'auditor'])).length).toBeLessThan(2);
  });
});
