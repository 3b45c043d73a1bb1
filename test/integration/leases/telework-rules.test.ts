import { randomUUID } from 'node:crypto';
import type { DutyRules, Hours, TeleworkRules } from '../../../broker/policy/policy.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { addDesktop, addDuty, originAt, standingClock } from '../../support/office.ts';
import { reasonsFrom, refusalFrom } from '../../support/refusal-of.ts';
import { createTown, townPolicy } from '../../support/town.ts';
import { createWorkplace } from '../../support/workplace.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

/** Wednesday, 2026-04-01, 09:00 in Japan. */
const MORNING = new Date('2026-04-01T00:00:00.000Z');
const WEEKDAYS: Hours = { open: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: 7 * 60, until: 22 * 60 }], liftedFrom: 2 };
const HOUR = 3_600;

async function town(telework: Partial<TeleworkRules> = {}, rules: (dutyName: string) => readonly DutyRules[] = () => []) {
  const clock = standingClock(MORNING);
  const policy = { ...townPolicy(), telework: { holidays: [], ...telework } };
  const levels = await createTown({ database: test.database, clock, policy: () => policy });
  const place = await createWorkplace({ database: test.database, clock, policy, organisation: levels.organisation });
  const { name } = await test.database.selectFrom('duty').where('id', '=', place.dutyId).select('name').executeTakeFirstOrThrow();
  const inForce = { ...policy, version: 'b'.repeat(64), duties: rules(name) };
  place.setPolicy(inForce);
  const person = await place.newcomer();
  const desktopId = await addDesktop(place, place.organisation, { to: [person] });
  const get = (leaseId: string, of = person) => place.leases.get({ person: of, leaseId });
  return { ...place, levels, person, desktopId, get, inForce, dutyName: name };
}

describe('a duty that is never done by telework', () => {
  const never = (name: string) => [{ name, organisation: undefined, outsideFromLevel: undefined, sites: undefined, notTeleworkable: { ja: '原本を扱うため', en: 'It needs the originals' } }];

  it('is refused outside with what the policy says about it, and is done in the office', async () => {
    const { person, desktopId, ask } = await town({}, never);
    const refusal = await refusalFrom(ask(person, { desktopId }, 'home'));
    expect(refusal).toMatchObject({ code: 'duty-not-teleworkable', details: { reasons: ['duty-not-teleworkable'], said: { 'duty-not-teleworkable': { ja: '原本を扱うため', en: 'It needs the originals' } } } });
    expect(await ask(person, { desktopId }, 'office')).toMatchObject({ state: 'granted' });
  });

  it('ends at once at home where the policy begins to say so, and not in the office', async () => {
    const { person, newcomer, desktopId, work, review, setPolicy, inForce, get, dutyName, organisation, ...place } = await town();
    const colleague = await newcomer();
    const other = await addDesktop(place, organisation, { to: [colleague] });
    const [home, office] = [await work(person, { desktopId }, 'home'), await work(colleague, { desktopId: other }, 'office')];
    setPolicy({ ...inForce, version: 'c'.repeat(64), duties: never(dutyName) });
    await review.run();
    expect(await get(home.leaseId)).toMatchObject({ state: 'ended', endedBecause: 'duty-not-teleworkable' });
    expect(await get(office.leaseId, colleague)).toMatchObject({ state: 'active' });
  });
});

describe('hours of telework', () => {
  it('over, they give a session notice and the grace, whatever else stays as it is', async () => {
    const { person, desktopId, work, review, sweeper, clock, get, ask, trail } = await town({ hours: WEEKDAYS });
    clock.advance(9 * HOUR);
    const { leaseId } = await work(person, { desktopId }, 'home');
    clock.advance(4 * HOUR - 1);
    await review.run();
    expect(await get(leaseId)).not.toHaveProperty('closingAt');
    clock.advance(1);
    await review.run();
    await review.run();
    const closingAt = new Date(clock.now().getTime() + 300_000);
    expect(await get(leaseId)).toMatchObject({ state: 'active', closingAt, closingBecause: 'outside-hours' });
    expect((await refusalFrom(ask(person, { desktopId }, 'home')))?.details.help).toContainEqual({ kind: 'time', at: new Date('2026-04-01T22:00:00Z') });
    clock.advance(300);
    await sweeper.sweep();
    expect(await get(leaseId)).toMatchObject({ state: 'ended', endedBecause: 'outside-hours' });
    expect((await trail(leaseId)).filter(({ event }) => event === 'leaseClosing')).toHaveLength(1);
  });

  it('do not touch who works in an office', async () => {
    const { person, desktopId, work, review, clock, get } = await town({ hours: WEEKDAYS });
    clock.advance(12.9 * HOUR);
    const { leaseId } = await work(person, { desktopId }, 'office');
    clock.advance(HOUR);
    await review.run();
    expect(await get(leaseId)).not.toHaveProperty('closingAt');
  });

  it('are lifted by a level, and that is on the decision and the lease; once it falls there is notice, until they begin again', async () => {
    const { person, desktopId, work, review, sweeper, clock, get, levels, rows, decisions } = await town({ hours: WEEKDAYS });
    clock.advance(21.9 * HOUR);
    await levels.raise('2');
    const { leaseId } = await work(person, { desktopId }, 'home');
    expect(await rows()).toMatchObject([{ lifted: ['hours'] }]);
    expect(await decisions()).toMatchObject([{ outcome: 'admit', inputs: { lifted: ['hours'] } }]);
    await levels.tighten('0');
    await review.run();
    expect(await get(leaseId)).toMatchObject({ closingBecause: 'outside-hours' });
    clock.advance(299);
    await review.run();
    expect(await get(leaseId)).toMatchObject({ closingBecause: 'outside-hours' });
    clock.advance(0.1 * HOUR - 299);
    await sweeper.sweep();
    expect(await get(leaseId)).toMatchObject({ state: 'ended' });
    const again = await work(person, { desktopId }, 'home');
    expect((await rows()).find(({ id }) => id === again.leaseId)).toMatchObject({ lifted: [] });
  });

  it('that begin before the grace is over take the notice back', async () => {
    const { person, desktopId, work, review, clock, get, levels } = await town({ hours: WEEKDAYS });
    clock.advance(22 * HOUR - 120);
    await levels.raise('2');
    const { leaseId } = await work(person, { desktopId }, 'home');
    await levels.tighten('0');
    await review.run();
    expect(await get(leaseId)).toMatchObject({ closingBecause: 'outside-hours' });
    clock.advance(120);
    await review.run();
    expect(await get(leaseId)).not.toHaveProperty('closingAt');
    clock.advance(15 * HOUR);
    await review.run();
    expect(await get(leaseId)).toMatchObject({ state: 'active', closingBecause: 'outside-hours' });
  });
});

describe('days of telework', () => {
  const TWICE = { week: 2, month: undefined, liftedFrom: 2 } as const;

  it('are those on which a session was carried outside, each once', async () => {
    const { person, desktopId, work, leave, ask, leases, clock, levels, rows } = await town({ days: TWICE });
    const day = async (site: 'home' | 'office') => leave(await work(person, { desktopId }, site));
    await day('home');
    await day('home');
    clock.advance(24 * HOUR);
    await day('office');
    const unused = await ask(person, { desktopId }, 'home');
    await leases.end({ person, leaseId: unused.id, origin: originAt('home') });
    clock.advance(24 * HOUR);
    await day('home');
    clock.advance(24 * HOUR);
    const refusal = await refusalFrom(ask(person, { desktopId }, 'home'));
    expect(refusal).toMatchObject({ code: 'telework-days-used', details: { help: expect.arrayContaining([{ kind: 'time', at: new Date('2026-04-05T15:00:00Z') }]) as unknown } });
    await levels.raise('2');
    await day('home');
    expect((await rows()).at(-1)).toMatchObject({ lifted: ['days'] });
    await levels.tighten('0');
    clock.advance(48 * HOUR);
    await day('home');
  });

  it('of another person do not count, nor other duties where the limit is the duty\'s own', async () => {
    const { person, newcomer, desktopId, work, leave, ask, organisation, clock, ...place } = await town({}, (name) => [{ name, organisation: undefined, outsideFromLevel: undefined, sites: undefined, days: { week: 1, month: undefined, liftedFrom: undefined } }]);
    const otherDuty = await addDuty(test.database, organisation);
    const busy = await newcomer(otherDuty);
    const desk = await addDesktop(place, organisation, { to: [busy] });
    await leave(await work(busy, { desktopId: desk, dutyId: otherDuty }, 'home'));
    clock.advance(24 * HOUR);
    await leave(await work(busy, { desktopId: desk }, 'home'));
    await leave(await work(person, { desktopId }, 'home'));
    clock.advance(24 * HOUR);
    expect(await reasonsFrom(ask(busy, { desktopId: desk }, 'home'))).toEqual(['telework-days-used']);
    expect(await ask(busy, { desktopId: desk, dutyId: otherDuty }, 'home')).toMatchObject({ state: 'granted' });
  });
});

describe('acknowledged rules', () => {
  const rules = (version: string): TeleworkRules => ({ holidays: [], acknowledgement: { version, digest: 'd'.repeat(64), rules: { ja: '規程', en: 'Rules' }, liftedFrom: 2, liftedFor: HOUR } });

  it('are a condition of entering, in the version in force', async () => {
    const { person, desktopId, ask, setPolicy, inForce, organisation, clock } = await town(rules('1'));
    expect(await refusalFrom(ask(person, { desktopId }, 'office'))).toMatchObject({ code: 'acknowledgement-required', details: { help: [{ kind: 'acknowledge' }, { kind: 'level', level: '2' }] } });
    await test.database
      .insertInto('rules_acknowledgement')
      .values({ id: randomUUID(), organisation_id: organisation.id, person_id: person.personId, version: '1', digest: 'd'.repeat(64), policy_version: inForce.version, sign_in_id: person.signInId, address: '10.0.0.9', at: clock.now() })
      .execute();
    expect(await ask(person, { desktopId }, 'office')).toMatchObject({ state: 'granted' });
    setPolicy({ ...inForce, telework: rules('2') });
    expect(await reasonsFrom(ask(person, { desktopId }, 'office'))).toEqual(['acknowledgement-required']);
  });

  it('are lifted by a level for the time that the policy says, which the lease and the decision tell', async () => {
    const { person, desktopId, work, leave, ask, levels, clock, rows, decisions } = await town(rules('1'));
    await levels.raise('2');
    clock.advance(HOUR - 1);
    await leave(await work(person, { desktopId }, 'home'));
    expect(await rows()).toMatchObject([{ lifted: ['acknowledgement'] }]);
    expect(await decisions()).toMatchObject([{ inputs: { acknowledgement: '1', acknowledged: false, lifted: ['acknowledgement'] } }]);
    clock.advance(1);
    expect(await reasonsFrom(ask(person, { desktopId }, 'home'))).toEqual(['acknowledgement-required']);
  });
});
