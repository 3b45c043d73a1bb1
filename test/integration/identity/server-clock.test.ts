import { uptime } from 'node:os';
import { generateSecret, generateSync } from 'otplib';
import { brokerFactory } from '../../support/brokers.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { eventually } from '../../support/eventually.ts';
import { home, PASSWORD, refusalOf } from '../../support/identity.ts';

let test: TestDatabase;
let factory: Awaited<ReturnType<typeof brokerFactory>>;
beforeAll(async () => {
  test = await startTestDatabase();
  factory = await brokerFactory(test.connectionString);
});
afterAll(async () => {
  await factory?.close();
  await test.close();
});

it('a broker whose machine’s clock leaps refuses one-time codes, says so on the trail and to administrators, and goes on once the time service stands by it', async () => {
  let leapt = 0;
  let source: 'unknown' | 'synchronised' = 'unknown';
  const broker = await factory.start({ monotonic: () => uptime() * 1000 - leapt, timeSource: async () => source });
  const { id: organisationId } = await broker.directory.addOrganisation({ name: '時計市' });
  const { id: unitId } = await broker.directory.addUnit({ organisationId, name: '総務課' });
  const totpSecret = generateSecret();
  await broker.directory.addPersonWithCredentials({ organisationId, unitId, username: 'clock', displayName: '時任 守', password: PASSWORD, totpSecret, roles: ['system-admin'] });
  const signIn = async (steps: number) => {
    const { token } = await broker.signIns.withPassword({ username: 'clock', password: PASSWORD, origin: home });
    return broker.signIns.withTotp({ token, code: generateSync({ secret: totpSecret, epoch: Math.floor(Date.now() / 1000) + steps * 30 }), origin: home });
  };
  const { signedIn: administrator } = await signIn(-1);
  const staff = { ...administrator, grants: [] };
  const told = async () => (await test.database.selectFrom('audit_record').select('code').where('code', 'in', ['SKA-1126', 'SKA-1127']).orderBy('at').execute()).map(({ code }) => code);
  await new Promise((resolve) => setTimeout(resolve, 6_000));
  expect(broker.serverClock(administrator)).toMatchObject({ trusted: true });
  expect(() => broker.serverClock(staff)).toThrow('forbidden');

  leapt = 3_600_000;
  await eventually(() => expect(broker.serverClock(administrator)).toMatchObject({ trusted: false, why: 'jumped' }), 20_000);
  expect((await refusalOf(signIn(0))).code).toBe('one-time-code-clock-untrusted');
  await eventually(async () => expect(await told()).toEqual(['SKA-1126']), 5_000);

  source = 'synchronised';
  await eventually(() => expect(broker.serverClock(administrator)).toMatchObject({ trusted: true }), 20_000);
  await signIn(0);
  await eventually(async () => expect(await told()).toEqual(['SKA-1126', 'SKA-1127']), 5_000);
}, 90_000);
