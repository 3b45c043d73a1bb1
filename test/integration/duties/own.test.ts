import { createTrail } from '../../../broker/audit/index.ts';
import { createDuties } from '../../../broker/duties/index.ts';
import { randomIds } from '../../../broker/environment.ts';
import type { Policy, TeleworkRules } from '../../../broker/policy/policy.ts';
import type { SignedIn } from '../../../broker/port.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { devicesOver, newKey } from '../../support/devices.ts';
import { addDesktop, addPerson, originAt, standingClock, testPolicy } from '../../support/office.ts';
import { reasonsFrom, refusalFrom } from '../../support/refusal-of.ts';
import { createWorkplace } from '../../support/workplace.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

const rules = (version: string): TeleworkRules['acknowledgement'] & {} => ({ version, digest: version.padStart(64, '0'), rules: { ja: '規程', en: 'Rules' }, liftedFrom: undefined, liftedFor: undefined });
const WEEKDAYS = { open: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: 7 * 60, until: 22 * 60 }], liftedFrom: undefined } as const;

/** Wednesday, 2026-04-01, 09:00 in Japan. */
async function office(policyOf: (dutyName: string) => Partial<Policy>) {
  const { database } = test;
  const clock = standingClock(new Date('2026-04-01T00:00:00.000Z'));
  const place = await createWorkplace({ database, clock });
  const { organisation, dutyId, endLeasesOf } = place;
  const { name } = await database.selectFrom('duty').where('id', '=', dutyId).select('name').executeTakeFirstOrThrow();
  let inForce = testPolicy(policyOf(name));
  place.setPolicy(inForce);
  const duties = createDuties({ database, trail: createTrail({ clock, ids: randomIds }), clock, ids: randomIds, policy: { current: () => Promise.resolve(inForce) }, endLeasesOf });
  const person = { ...(await place.newcomer()), duties: [{ id: dutyId, name, class: 'P5', zone: 'internet' } as const] };
  const own = (site: 'home' | 'office' = 'home', by: SignedIn = person) => duties.own({ person: by, origin: originAt(site) });
  const change = (overrides: Partial<Policy>) => {
    inForce = testPolicy({ ...overrides, version: 'c'.repeat(64) });
    place.setPolicy(inForce);
  };
  const acknowledge = (version: string, digest = version.padStart(64, '0'), by = person) => duties.acknowledge({ person: by, origin: originAt('home'), version, digest });
  return { ...place, duties, person, own, change, acknowledge, desktopId: await addDesktop(place, organisation, { to: [person] }) };
}

describe('the own duties', () => {
  it('say before anybody asks that one is never done by telework, and why; in the office it is free', async () => {
    const { own } = await office((name) => ({ duties: [{ name, organisation: undefined, outsideFromLevel: undefined, sites: undefined, notTeleworkable: { ja: '原本を扱うため', en: 'It needs the originals' } }] }));
    const never = { notTeleworkable: { ja: '原本を扱うため', en: 'It needs the originals' } };
    expect(await own('home')).toMatchObject({ site: 'home', duties: [{ ...never, reasons: ['duty-not-teleworkable'] }] });
    expect(await own('office')).toMatchObject({ site: 'office', duties: [{ ...never, reasons: [] }] });
  });

  it('say when telework opens and closes, and how many days are used', async () => {
    const { own, clock, work, leave, person, desktopId } = await office(() => ({ telework: { holidays: [], hours: WEEKDAYS, days: { week: 2, month: 8, liftedFrom: undefined } } }));
    expect((await own()).duties).toMatchObject([{ reasons: [], closesAt: new Date('2026-04-01T13:00:00Z'), days: { week: { used: 0, most: 2 }, month: { used: 0, most: 8 } } }]);
    await leave(await work(person, { desktopId }, 'home'));
    expect((await own()).duties).toMatchObject([{ days: { week: { used: 1, most: 2 }, month: { used: 1, most: 8 } } }]);
    clock.advance(14 * 3_600);
    expect((await own()).duties).toMatchObject([{ reasons: ['outside-hours'], opensAt: new Date('2026-04-01T22:00:00Z') }]);
    const [inOffice] = (await own('office')).duties;
    expect(inOffice).toMatchObject({ reasons: [] });
    expect(inOffice).not.toHaveProperty('opensAt');
  });

  it('of the LGWAN zone are open from home on a registered device, for as long as it counts, and otherwise say that one can be registered', async () => {
    const { person, own, clock, organisation, change } = await office(() => ({ devices: { aPerson: 2, validFor: 3_600 } }));
    const lgwan = { ...person, duties: person.duties.map((duty) => ({ ...duty, zone: 'lgwan' as const })) };
    expect(await own('home', lgwan)).toMatchObject({ device: 'to-register', duties: [{ reasons: ['registered-device-required'] }] });
    expect(await own('home', { ...lgwan, method: 'bypass' })).toMatchObject({ device: 'not-allowed' });
    expect((await own('home', person)).duties[0]).toMatchObject({ reasons: [] });

    const registered = devicesOver(test.database, { clock, policy: () => testPolicy({ devices: { aPerson: 2, validFor: 3_600 } }) });
    const key = await newKey();
    const { id } = await registered.ask(lgwan, key);
    await registered.approve(id, await addPerson(test.database, organisation, clock.now(), ['system-admin']));
    expect(await own('home', lgwan)).toMatchObject({ device: 'to-register' });
    await registered.prove(lgwan, key, id);
    expect(await own('home', lgwan)).toMatchObject({ device: 'registered', duties: [{ reasons: [], onDevice: true }] });
    expect((await own('office', lgwan)).duties[0]).not.toHaveProperty('onDevice');
    expect((await own('home', person)).duties[0]).not.toHaveProperty('onDevice');
    clock.advance(3_601);
    expect(await own('home', lgwan)).toMatchObject({ device: 'to-register', duties: [{ reasons: ['registered-device-required'] }] });
    change({});
    expect(await own('home', lgwan)).not.toHaveProperty('device');
  });

  it('are each refused without a policy', async () => {
    const { person, endLeasesOf, clock } = await office(() => ({}));
    const without = createDuties({ database: test.database, trail: createTrail({ clock, ids: randomIds }), clock, ids: randomIds, policy: { current: () => Promise.resolve(undefined) }, endLeasesOf });
    expect(await without.own({ person, origin: originAt('home') })).toMatchObject({ site: null, duties: [{ reasons: ['policy-missing'] }] });
    expect((await refusalFrom(without.acknowledge({ person, origin: originAt('home'), version: '1', digest: '1'.padStart(64, '0') })))?.code).toBe('policy-missing');
  });
});

describe('the rules of telework', () => {
  it('are acknowledged in one step, once, on the trail; another version asks anew', async () => {
    const { own, change, acknowledge, ask, person, desktopId, trail } = await office(() => ({ telework: { holidays: [], acknowledgement: rules('1') } }));
    expect(await reasonsFrom(ask(person, { desktopId }, 'home'))).toEqual(['acknowledgement-required']);
    expect(await own()).toMatchObject({ rules: { version: '1', text: { ja: '規程' }, lifted: false }, duties: [{ reasons: ['acknowledgement-required'] }] });
    const after = await acknowledge('1');
    expect(after).toMatchObject({ rules: { acknowledgedAt: expect.any(Date) as unknown }, duties: [{ reasons: [] }] });
    await acknowledge('1');
    expect((await trail(rules('1').digest)).map(({ code, event }) => [code, event])).toEqual([['SKA-7001', 'rulesAcknowledged']]);
    expect(await ask(person, { desktopId }, 'home')).toMatchObject({ state: 'granted' });
    change({ telework: { holidays: [], acknowledgement: rules('2') } });
    expect((await own()).rules).not.toHaveProperty('acknowledgedAt');
    expect(await reasonsFrom(ask(person, { desktopId }, 'home'))).toEqual(['acknowledgement-required']);
  });

  it('are not acknowledged in a version or a text that is not in force', async () => {
    const { acknowledge, own } = await office(() => ({ telework: { holidays: [], acknowledgement: rules('2') } }));
    expect((await refusalFrom(acknowledge('1')))?.code).toBe('rules-changed');
    expect((await refusalFrom(acknowledge('2', 'f'.repeat(64))))?.code).toBe('rules-changed');
    expect((await own()).rules).not.toHaveProperty('acknowledgedAt');
  });

  it('are listed with who acknowledged them when, for those whose role says so', async () => {
    const { duties, newcomer, organisation, clock, acknowledge, change, person } = await office(() => ({ telework: { holidays: [], acknowledgement: rules('1') } }));
    const colleague = { ...(await newcomer()), duties: [] };
    const admin = await addPerson(test.database, organisation, clock.now(), ['system-admin']);
    await acknowledge('1');
    clock.advance(60);
    change({ telework: { holidays: [], acknowledgement: rules('2') } });
    await duties.acknowledge({ person: colleague, origin: originAt('home'), version: '2', digest: rules('2').digest });
    const all = await duties.acknowledgements({ person: admin });
    expect(all.version).toBe('2');
    expect(all.items).toHaveLength(2);
    expect(all.items).toContainEqual({ person: expect.objectContaining({ id: colleague.personId }) as unknown, acknowledgedAt: clock.now() });
    expect(all.items).toContainEqual({ person: expect.objectContaining({ id: person.personId }) as unknown, before: { version: '1', at: new Date(clock.now().getTime() - 60_000) } });
    expect((await duties.acknowledgements({ person: admin, standing: 'missing' })).items.map(({ person: { id } }) => id)).toEqual([person.personId]);
    const [first] = (await duties.acknowledgements({ person: admin, limit: 1 })).items;
    const rest = await duties.acknowledgements({ person: admin, limit: 1, cursor: (await duties.acknowledgements({ person: admin, limit: 1 })).next! });
    expect(rest.items.map(({ person: { id } }) => id)).not.toContain(first!.person.id);
    expect((await refusalFrom(duties.acknowledgements({ person: colleague })))?.code).toBe('forbidden');
    change({});
    expect(await duties.acknowledgements({ person: admin })).toEqual({ version: null, items: [], next: null });
  });
});
