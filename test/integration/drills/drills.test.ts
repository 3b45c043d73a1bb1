import { createDrillClock, createDrills, createShadows } from '../../../broker/drills/index.ts';
import { randomIds } from '../../../broker/environment.ts';
import { readPolicy, readPolicyFiles, recordVersion } from '../../../broker/policy/index.ts';
import type { NewDrill } from '../../../broker/port.ts';
import { inTransaction, type Database } from '../../../broker/store/index.ts';
import { businessDigest } from '../../support/business-digest.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { addDesktop, addDuty, addOrganisation, addPerson, createOffice, eventsOf, giveDuty, originAt, standingClock } from '../../support/office.ts';
import { SHIPPED } from '../../support/policy.ts';
import { refusalFrom } from '../../support/refusal-of.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

const wanted: NewDrill = { name: '秋の訓練', event: 'earthquake', level: '2', seats: 40, pace: 60, minutes: 30, turnout: 0, asksWithin: 3 };
const origin = originAt('office');

async function refusalOf(work: Promise<unknown>) {
  const refusal = await refusalFrom(work);
  if (refusal === undefined) throw new Error('was not refused');
  return refusal;
}

async function town(database?: Database) {
  return townOn(database ?? (await test.another()).database);
}

async function townOn(database: Database) {
  const clock = standingClock();
  const files = await readPolicyFiles(SHIPPED);
  const policy = readPolicy(files);
  await inTransaction(database, (transaction) => recordVersion(transaction, policy, files, clock.now()));
  const office = createOffice({ database, clock, policy: () => policy });
  const organisation = await addOrganisation(database, clock.now());
  const head = await addPerson(database, organisation, clock.now(), ['bcp-admin']);
  const make = () => {
    const deps = { database, trail: office.trail, clock, ids: randomIds, policy: { current: () => Promise.resolve(policy) }, shadows: createShadows() };
    return { ...createDrills(deps), ...createDrillClock(deps) };
  };
  const worker = async (priorityClass: 'P1' | 'P5' = 'P5', zone: 'internet' | 'my-number' = 'internet') => {
    const person = await addPerson(database, organisation, clock.now());
    const dutyId = await addDuty(database, organisation, zone, priorityClass);
    await giveDuty(database, person, dutyId);
    const desktopId = await addDesktop(office, organisation, { to: [person] });
    return { person, asked: { desktopId, dutyId } };
  };
  return { database, clock, organisation, head, drills: make(), make, worker, trail: office.trail };
}

describe('a drill of an organisation', () => {
  it('changes nothing but itself: no lease, no seat, no level, no queue', async () => {
    const { database, clock, head, drills, worker, organisation } = await town();
    const [one, other] = [await worker('P5'), await worker('P1')];
    const untouched = async () => (await businessDigest(database, organisation.id)).split('\n').filter((line) => !/^drill(_act)?:/.test(line)).join('\n');
    const before = await untouched();
    const drill = await drills.start({ person: head, drill: wanted, origin });
    expect(await drills.ask({ person: one.person, drillId: drill.id, asked: one.asked, origin })).toMatchObject({ id: drill.id });
    clock.advance(2);
    await drills.ask({ person: other.person, drillId: drill.id, asked: other.asked, origin });
    clock.advance(2);
    await drills.changeLevel({ person: head, drillId: drill.id, level: '3', origin });
    clock.advance(10);
    expect(await drills.own(one.person)).toMatchObject({ level: '3', pace: 60, elapsed: 14 * 60, part: { state: 'seated', displaced: 0 } });
    await drills.leave({ person: one.person, drillId: drill.id, origin });
    clock.advance(1);
    expect(await drills.own(one.person)).toMatchObject({ part: { state: 'left' } });
    await drills.end({ person: head, drillId: drill.id, origin });
    expect(await untouched()).toBe(before);
    expect((await eventsOf(database)).map(({ event }) => event).filter((name) => name.startsWith('drill'))).toEqual(['drillStarted', 'drillAsked', 'drillAsked', 'drillLevelChanged', 'drillLeft', 'drillEnded']);
  });

  it('plays those who do not come: the roster asks, few seats run short, and the result says which target times were met', async () => {
    const { clock, head, drills, worker } = await town();
    for (let count = 0; count < 30; count += 1) await worker(count < 10 ? 'P1' : 'P5');
    const drill = await drills.start({ person: head, drill: { ...wanted, seats: 25, turnout: 100, pace: 240, asksWithin: 1 }, origin });
    clock.advance(600);
    const board = await drills.board({ person: head, drillId: drill.id });
    expect(board).toMatchObject({ drill: { name: '秋の訓練' }, inForce: { level: '2', event: 'earthquake' } });
    expect(board.classes.find(({ class: name }) => name === 'P1')).toMatchObject({ waiting: 0 });
    expect(board.duties.length).toBe(30);
    expect(board.waiting.every(({ person }) => person === '')).toBe(true);
    const ended = await drills.end({ person: head, drillId: drill.id, origin });
    expect(ended.result).toMatchObject({ elapsed: 600 * 240, people: 30, mostTaken: expect.any(Number) as number });
    expect(ended.result!.mostTaken).toBeLessThanOrEqual(25);
    expect(ended.result!.duties.filter(({ class: name }) => name === 'P1').every(({ standing }) => standing === 'met')).toBe(true);
    // Once over it stands still.
    clock.advance(3_600);
    expect(await drills.board({ person: head, drillId: drill.id })).toMatchObject({ at: board.at });
    expect((await drills.get({ person: head, drillId: drill.id })).result).toEqual(ended.result);
  });

  it('is the same in every process, also in one that looks for the first time at its end', async () => {
    const { clock, head, drills, make, worker } = await town();
    const people = [];
    for (let count = 0; count < 12; count += 1) people.push(await worker(count % 3 === 0 ? 'P1' : 'P5'));
    const drill = await drills.start({ person: head, drill: { ...wanted, seats: 25, turnout: 50, asksWithin: 2 }, origin });
    for (const [index, { person, asked }] of people.slice(0, 6).entries()) {
      clock.advance(7);
      await (index % 2 === 0 ? drills : make()).ask({ person, drillId: drill.id, asked, origin });
      await drills.board({ person: head, drillId: drill.id });
    }
    clock.advance(100);
    expect(await make().board({ person: head, drillId: drill.id })).toEqual(await drills.board({ person: head, drillId: drill.id }));
  });

  it('refuses in a drill what would be refused at that level, with what would work', async () => {
    const { head, drills, worker, clock } = await town();
    const one = await worker('P1', 'my-number');
    const drill = await drills.start({ person: head, drill: wanted, origin });
    const refused = await refusalOf(drills.ask({ person: one.person, drillId: drill.id, asked: one.asked, origin: originAt('home') }));
    expect(refused.details.outcome).toBe('refuse');
    expect(refused.details.reasons).toContain('zone-forbidden-at-site');
    clock.advance(2);
    expect((await drills.own(one.person))?.part).toBeUndefined();
    await drills.end({ person: head, drillId: drill.id, origin });
  });

  it('is one at a time, also where two begin at once, ends by itself, and takes nobody after its end', async () => {
    const { head, drills, make, worker, clock, database, organisation } = await town();
    const one = await worker();
    const begun = await Promise.allSettled([drills, make(), make()].map((process) => process.start({ person: head, drill: { ...wanted, minutes: 1 }, origin })));
    const started = begun.filter((result) => result.status === 'fulfilled');
    expect(started).toHaveLength(1);
    for (const result of begun) if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'drill-running' });
    const { id } = started[0]!.value;
    clock.advance(61);
    expect(await drills.own(one.person)).toBeUndefined();
    expect((await refusalOf(drills.ask({ person: one.person, drillId: id, asked: one.asked, origin }))).code).toBe('drill-over');
    await Promise.all([drills.run(), make().run(), make().run()]);
    expect(await drills.get({ person: head, drillId: id })).toMatchObject({ endedBecause: 'over', endedAt: new Date(clock.now().getTime() - 1000), result: { elapsed: 3_600 } });
    expect((await eventsOf(database)).filter(({ event }) => event === 'drillEnded')).toHaveLength(1);
    expect((await refusalOf(drills.changeLevel({ person: head, drillId: id, level: '3', origin }))).code).toBe('drill-over');
    await expect(database.insertInto('drill_act').values({ drill_id: id, organisation_id: organisation.id, at: clock.now(), kind: 'leave', person_id: one.person.personId, asked: null, level: null }).execute()).rejects.toThrow('the drill is over');
    // And the next one may begin.
    const next = await drills.start({ person: head, drill: wanted, origin });
    expect((await drills.list({ person: head })).items.map((drill) => drill.id)).toEqual([next.id, id]);
    await drills.end({ person: head, drillId: next.id, origin });
  });

  it('is nobody else\'s: another organisation neither sees nor ends it, and staff begin none', async () => {
    const { head, drills, worker, organisation, database } = await town();
    const elsewhere = await town(database);
    const drill = await drills.start({ person: head, drill: wanted, origin });
    expect((await refusalOf(drills.start({ person: (await worker()).person, drill: wanted, origin }))).code).toBe('forbidden');
    for (const tried of [drills.get({ person: elsewhere.head, drillId: drill.id }), drills.board({ person: elsewhere.head, drillId: drill.id }), drills.end({ person: elsewhere.head, drillId: drill.id, origin }), drills.changeLevel({ person: elsewhere.head, drillId: drill.id, level: '3', origin })])
      expect((await refusalOf(tried)).code).toBe('not-found');
    expect(await drills.own(elsewhere.head)).toBeUndefined();
    expect((await drills.list({ person: elsewhere.head })).items).toEqual([]);
    expect(organisation.id).not.toBe(elsewhere.organisation.id);
    await drills.end({ person: head, drillId: drill.id, origin });
  });

  it.each([
    ['name', { name: '  ' }],
    ['seats', { seats: 0 }],
    ['pace', { pace: 241 }],
    ['minutes', { minutes: 481 }],
    ['turnout', { turnout: 101 }],
    ['asksWithin', { asksWithin: 0 }],
    ['event', { event: 'party' as never }],
    ['level', { level: '4' as never }],
  ])('is not begun with a wrong %s', async (path, wrong) => {
    const { head, drills } = await town();
    const refused = await refusalOf(drills.start({ person: head, drill: { ...wanted, ...wrong }, origin }));
    expect(refused).toMatchObject({ code: 'request-invalid', details: { fields: [{ path }] } });
    expect((await drills.list({ person: head })).items).toEqual([]);
  });
});
