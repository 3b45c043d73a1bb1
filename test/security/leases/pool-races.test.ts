import { systemClock } from '../../../broker/environment.ts';
import type { SignedIn } from '../../../broker/port.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { admitted, raceForLeases, refused } from '../../support/lease-race.ts';
import type { Race } from '../../support/lease-racer.ts';
import { addDesktop, addDuty, addOrganisation, addPerson, addPool, createOffice, giveDuty, guacds, originAt, testPolicy } from '../../support/office.ts';

const PROCESSES = 4;
const REQUESTS = 100;

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

const race = (requests: Race['requests']) => raceForLeases({ connectionString: test.connectionString, policy: testPolicy(), requests }, PROCESSES);

async function office() {
  const parts = createOffice({ database: test.database, clock: systemClock, policy: () => testPolicy() });
  const organisation = await addOrganisation(test.database);
  const dutyId = await addDuty(test.database, organisation);
  const newcomer = async () => {
    const person = await addPerson(test.database, organisation);
    await giveDuty(test.database, person, dutyId);
    return person;
  };
  const newcomers = () => Promise.all(Array.from({ length: REQUESTS }, newcomer));
  const open = () => test.database.selectFrom('lease').where('organisation_id', '=', organisation.id).where('state', '<>', 'ended').select(['id', 'person_id as personId', 'desktop_id as desktopId', 'duty_id as dutyId']).execute();
  return { ...parts, organisation, dutyId, newcomer, newcomers, open };
}

describe(`${REQUESTS} people at once from ${PROCESSES} processes`, () => {
  it('for the last seat of a pool with many desktops: exactly one is admitted', async () => {
    const { organisation, dutyId, newcomers, ...parts } = await office();
    const poolId = await addPool(parts, organisation, { seats: 1, toAll: true });
    for (let count = 0; count < 5; count += 1) await addDesktop(parts, organisation, { poolId, ask: true });
    const outcomes = await race((await newcomers()).map((person) => ({ person, poolId, dutyId })));
    expect(admitted(outcomes)).toHaveLength(1);
    expect(refused(outcomes)).toEqual(Array(REQUESTS - 1).fill('no-seat-free'));
  }, 120_000);

  it('for the desktops of a pool: as many as there are get one each, all others hear that none is left', async () => {
    const { organisation, dutyId, newcomers, open, ...parts } = await office();
    const poolId = await addPool(parts, organisation, { toAll: true });
    for (let count = 0; count < 7; count += 1) await addDesktop(parts, organisation, { poolId, ask: true });
    const outcomes = await race((await newcomers()).map((person) => ({ person, poolId, dutyId })));
    expect(new Set((await open()).map(({ desktopId }) => desktopId)).size).toBe(7);
    expect(admitted(outcomes)).toHaveLength(7);
    expect(refused(outcomes)).toEqual(Array(REQUESTS - 7).fill('pool-exhausted'));
  }, 120_000);

  it('for a desktop of three sessions: exactly three are admitted', async () => {
    const { organisation, dutyId, newcomers, open, ...parts } = await office();
    const people = await newcomers();
    const desktopId = await addDesktop(parts, organisation, { sessions: 3, to: people });
    const outcomes = await race(people.map((person) => ({ person, desktopId, dutyId })));
    expect(admitted(outcomes)).toHaveLength(3);
    expect(refused(outcomes)).toEqual(Array(REQUESTS - 3).fill('desktop-in-use'));
    expect(await open()).toHaveLength(3);
  }, 120_000);

  it('for a pool and for its one desktop by name: one gets it', async () => {
    const { organisation, dutyId, newcomers, ...parts } = await office();
    const poolId = await addPool(parts, organisation, { toAll: true });
    const desktopId = await addDesktop(parts, organisation, { poolId, ask: true });
    const outcomes = await race((await newcomers()).map((person, n) => (n % 2 === 0 ? { person, poolId, dutyId } : { person, desktopId, dutyId })));
    expect(admitted(outcomes)).toHaveLength(1);
    expect(new Set(refused(outcomes))).toEqual(new Set(['pool-exhausted', 'desktop-in-use']));
  }, 120_000);

  it('for the exclusive desktop that another person has left: none, however often they ask, but the one who left', async () => {
    const { organisation, dutyId, newcomer, newcomers, leases, ...parts } = await office();
    const owner = await newcomer();
    const people = [owner, ...(await newcomers())];
    const desktopId = await addDesktop(parts, organisation, { to: people });
    const { id: leaseId } = await leases.request({ person: owner, desktopId, dutyId, origin: originAt('office') });
    await leases.connected(await leases.claim({ person: owner, leaseId, origin: originAt('office'), guacds }));
    await leases.end({ person: owner, leaseId, origin: originAt('office') });
    const outcomes = await race(people.slice(1).map((person) => ({ person, desktopId, dutyId })));
    expect(refused(outcomes)).toEqual(Array(REQUESTS).fill('residual-session'));
    expect(admitted(await race(people.map((person) => ({ person, desktopId, dutyId }))))).toHaveLength(1);
  }, 120_000);
});

describe('one person at once', () => {
  async function withDuties() {
    const parts = await office();
    const person: SignedIn = await parts.newcomer();
    const duties = [parts.dutyId, await addDuty(test.database, parts.organisation)];
    await giveDuty(test.database, person, duties[1]!);
    const desktops = await Promise.all(Array.from({ length: 8 }, () => addDesktop(parts, parts.organisation, { to: [person] })));
    return { ...parts, person, duties, desktops };
  }

  it('for several desktops and two duties never has sessions for both', async () => {
    const { person, duties, desktops, open } = await withDuties();
    const outcomes = await race(desktops.map((desktopId, n) => ({ person, desktopId, dutyId: duties[n % 2]! })));
    const held = await open();
    expect(new Set(held.map(({ dutyId }) => dutyId)).size).toBe(1);
    expect(held.map(({ id }) => id).sort()).toEqual(admitted(outcomes).sort());
    expect(new Set(refused(outcomes))).toEqual(new Set(['duty-change-ends-session']));
  }, 120_000);

  it('who changes duty again and again is left with one', async () => {
    const { person, duties, desktops, open } = await withDuties();
    const requests = Array.from({ length: 40 }, (_, n) => ({ person, desktopId: desktops[n % desktops.length]!, dutyId: duties[n % 2]!, changeDuty: true }));
    const outcomes = await race(requests);
    expect(refused(outcomes)).toEqual([]);
    expect(new Set((await open()).map(({ dutyId }) => dutyId)).size).toBe(1);
  }, 120_000);
});
