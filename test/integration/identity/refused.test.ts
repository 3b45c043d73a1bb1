import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { elsewhere, home, identityOver, refusalOf } from '../../support/identity.ts';

let server: TestDatabase;
let test: TestDatabase;
beforeAll(async () => {
  server = await startTestDatabase();
});
afterAll(() => server.close());
beforeEach(async () => {
  test = await server.another();
});
afterEach(() => test.close());

const refused = async (identity: ReturnType<typeof identityOver>) => (await identity.events()).filter(({ event }) => event === 'signInRefused');

describe('refused tries on the audit trail', () => {
  it('at names that nobody bears, are one event an address and minute, when the minute is over', async () => {
    const identity = identityOver(test.database);
    const attempt = (username: string, origin = elsewhere) => refusalOf(identity.signIns.withPassword({ username, password: 'wrong', origin }));
    for (let n = 0; n < 8; n += 1) await attempt('nobody');
    for (let n = 0; n < 4; n += 1) await attempt(`nobody-${n}`);
    await attempt('nobody', home);
    await identity.upkeep.run();
    expect(await refused(identity)).toEqual([]);

    identity.clock.forward(60);
    await attempt('another minute');
    identity.clock.forward(90);
    await Promise.all([identity.upkeep.run(), identity.upkeep.run(), identityOver(test.connect(), { clock: identity.clock }).upkeep.run()]);
    await identity.upkeep.run();
    const told = await refused(identity);
    expect(told.map(({ address, fields }) => [address, fields['count']])).toEqual(expect.arrayContaining([[elsewhere.address, 12], [home.address, 1]]));
    expect(told.find(({ fields }) => fields['count'] === 12)).toMatchObject({ actor: { kind: 'person' }, fields: { why: 'unknown-user', byWhy: { 'unknown-user': 9, throttled: 3 } } });
    identity.clock.forward(60);
    await identity.upkeep.run();
    expect((await refused(identity)).map(({ fields }) => Number(fields['count'])).toSorted((one, other) => one - other)).toEqual([1, 1, 12]);
  });

  it('at an account, name it within the next sweep, and count each once', async () => {
    const identity = identityOver(test.database);
    const person = await identity.newPerson();
    const attempt = () => refusalOf(identity.signIns.withPassword({ username: person.username, password: 'wrong', origin: elsewhere }));
    await attempt();
    await attempt();
    await identity.upkeep.run();
    await attempt();
    await Promise.all([identity.upkeep.run(), identity.upkeep.run()]);
    await identity.upkeep.run();
    const told = await refused(identity);
    expect(told.map(({ organisationId, address, actor, fields }) => [organisationId, address, actor, fields['why'], fields['account'], fields['count']])).toEqual([
      [person.organisationId, elsewhere.address, { kind: 'person' }, 'wrong-password', person.id, 2],
      [person.organisationId, elsewhere.address, { kind: 'person' }, 'wrong-password', person.id, 1],
    ]);
  });

  it('are not filled by a flood: two thousand tries leave a handful of rows', async () => {
    const identity = identityOver(test.database);
    for (let n = 0; n < 20; n += 1) {
      await Promise.all(Array.from({ length: 100 }, (_, m) => refusalOf(identity.signIns.withPassword({ username: `nobody-${m % 7}`, password: 'wrong', origin: elsewhere }))));
    }
    identity.clock.forward(150);
    await identity.upkeep.run();
    const told = await refused(identity);
    expect(told).toHaveLength(1);
    expect(told[0]!.fields['count']).toBe(2000);
    const rows = await test.database.selectFrom('failed_sign_in').selectAll().execute();
    expect(rows.length).toBeLessThan(5);
  }, 120_000);

  it('are kept for their person and cleared away where they are nobody\'s', async () => {
    const identity = identityOver(test.database);
    const person = await identity.newPerson();
    for (const username of [person.username, 'nobody']) await refusalOf(identity.signIns.withPassword({ username, password: 'wrong', origin: elsewhere }));
    identity.clock.forward(2 * 86_400);
    await identity.upkeep.clear();
    expect(await test.database.selectFrom('failed_sign_in').select('id').execute()).toHaveLength(2);
    await identity.upkeep.run();
    await identity.upkeep.clear();
    expect(await test.database.selectFrom('failed_sign_in').select('person_id').execute()).toEqual([{ person_id: person.id }]);
    identity.clock.forward(8 * 86_400);
    await identity.upkeep.clear();
    const left = await test.database.selectFrom('sign_in_throttle').select('key').execute();
    expect(left.map(({ key }) => key.split(':')[0])).toEqual(['account']);
  });
});
