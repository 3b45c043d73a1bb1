import { randomUUID } from 'node:crypto';
import type { Site } from '../../../broker/port.ts';
import { sql } from '../../../broker/store/index.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { refusalOf } from '../../support/identity.ts';
import { addDuty, addPerson, giveDuty } from '../../support/office.ts';
import { shareOf, testCapacity } from '../../support/policy.ts';
import { createTown, townPolicy, type Town } from '../../support/town.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

const newTown = (policy?: Parameters<typeof createTown>[0]['policy']) => createTown({ database: test.database, ...(policy && { policy }) });

async function holder(town: Town, dutyId: string) {
  const person = await addPerson(test.database, town.organisation);
  await giveDuty(test.database, person, dutyId);
  return person;
}

/** A session on a desktop of its own. */
async function session({ organisation, clock }: Town, person: Awaited<ReturnType<typeof holder>>, dutyId: string, site: Site, weight = 1) {
  const desktopId = randomUUID();
  await sql`
    insert into desktop (id, organisation_id, name, protocol, host, port, status, weight, credentials, parameters, created_at)
    values (${desktopId}, ${organisation.id}, ${desktopId}, 'vnc', ${`d-${desktopId}.test`}, 5900, 'active', ${weight}, 'ask', '{}', ${clock.now()})`.execute(test.database);
  await sql`
    insert into lease (id, organisation_id, person_id, desktop_id, duty_id, sign_in_id, site, address, weight, policy_version, state, granted_at, expires_at, unused_until, unit_id)
    values (${randomUUID()}, ${organisation.id}, ${person.personId}, ${desktopId}, ${dutyId}, ${person.signInId}, ${site}, '10.0.0.9', ${weight}, ${'a'.repeat(64)}, 'granted', ${clock.now()}, ${new Date(clock.now().getTime() + 3_600_000)}, ${new Date(clock.now().getTime() + 120_000)}, ${organisation.unitId})`.execute(test.database);
}

it('tells what a level would do, and does nothing', async () => {
  const town = await newTown();
  const [lgwan, suspended] = [await addDuty(test.database, town.organisation, 'lgwan', 'P1'), await addDuty(test.database, town.organisation, 'internet', 'PX')];
  const [one, other] = [await holder(town, lgwan), await holder(town, suspended)];
  await giveDuty(test.database, one, suspended);
  await session(town, one, lgwan, 'office');
  await session(town, other, suspended, 'home');
  const stranger = await newTown();
  await session(stranger, await holder(stranger, await addDuty(test.database, stranger.organisation, 'internet', 'PX')), (await stranger.situation()).duties[0]!.dutyId, 'home');

  const before = [await town.level(), (await town.events()).length];
  const effect = await town.continuity.preview({ person: town.proposer, level: '2', provisional: false });
  expect(effect).toMatchObject({ level: '2', until: town.after(72 * 3_600), graceSeconds: 300, sessionsEnding: 1, peopleGaining: 1, peopleLosing: 2 });
  expect(effect.duties).toMatchObject([{ dutyId: lgwan, people: 1 }, { dutyId: suspended, people: 2, sitesThen: [] }]);
  expect(effect.duties[0]!.sitesThen).toContain('home');
  expect(effect.duties[0]!.sitesNow).not.toContain('home');
  expect([await town.level(), (await town.events()).length]).toEqual(before);

  expect(await town.continuity.preview({ person: town.proposer, level: '3', provisional: true })).toMatchObject({ until: town.after(7_200), graceSeconds: 60, sessionsEnding: 0, peopleGaining: 1, peopleLosing: 0 });
  expect((await town.continuity.preview({ person: town.proposer, level: '0', provisional: false })).until).toBeUndefined();
  expect((await refusalOf(town.continuity.preview({ person: town.proposer, level: 'x' as '0', provisional: false }))).code).toBe('request-invalid');
});

it('needs a policy', async () => {
  const town = await newTown(() => undefined);
  expect((await refusalOf(town.continuity.preview({ person: town.proposer, level: '2', provisional: false }))).code).toBe('policy-missing');
});

it('the situation counts sessions by duty and seats by weight, of pools and of the organisation', async () => {
  const database = await test.another();
  const names: string[] = [];
  const town = await createTown({ database: database.database, policy: () => townPolicy({ capacity: testCapacity({ total: 100, shares: names.map((name) => shareOf(name, 20)) }) }) });
  expect((await town.situation()).seats).toEqual([{ scope: 'total', seats: 100, taken: 0 }]);
  names.push(town.organisation.name);
  await sql`insert into pool (id, organisation_id, name, status, log_in, clean_up, seats, created_at) values (${randomUUID()}, ${town.organisation.id}, '共用', 'active', 'personal', 'none', 8, now())`.execute(database.database);
  expect((await town.situation()).seats).toEqual([
    { scope: 'total', seats: 100, taken: 0 },
    { scope: 'organisation', seats: 20, taken: 0 },
    { scope: 'pool', name: '共用', seats: 8, taken: 0 },
  ]);

  const here = await createTown({ database: test.database, policy: () => townPolicy({ capacity: testCapacity({ total: 100 }) }) });
  const before = (await here.situation()).seats[0]!.taken;
  const dutyId = await addDuty(test.database, here.organisation);
  await session(here, await holder(here, dutyId), dutyId, 'home', 3);
  await session(here, await holder(here, dutyId), dutyId, 'home', 2);
  const { seats, duties } = await here.situation();
  expect([seats[0]!.taken - before, duties[0]!.sessions]).toEqual([5, 2]);
});
