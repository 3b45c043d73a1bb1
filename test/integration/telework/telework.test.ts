import { randomUUID } from 'node:crypto';
import { events } from '../../../broker/audit/index.ts';
import type { MarkKind, SignedIn } from '../../../broker/port.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { refusalOf } from '../../support/identity.ts';
import { addOrganisation, addPerson, originAt, signInAgain } from '../../support/office.ts';
import { watchedOffice, type Watched } from '../../support/oversight.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

const origin = originAt('office');
const HOUR = 3_600;
/** The office begins at 09:00 in Japan on 2026-11-24. */
const DAY = '2026-11-24';
const left = { cause: 'left', status: 0, connectedSeconds: 1, bytesToBrowser: 1, bytesFromBrowser: 1, refused: {} } as const;

const marksOf = async ({ personId }: SignedIn) => (await test.database.selectFrom('telework_mark').where('person_id', '=', personId).select(['kind', 'source']).orderBy('number').execute()).map(({ kind, source }) => `${source} ${kind}`);
const mark = ({ telework }: Watched, person: SignedIn, kind: MarkKind) => telework.mark({ person, kind, origin });
const own = ({ telework }: Watched, person: SignedIn) => telework.own({ person, from: DAY, to: '2026-11-30' });

describe('what a person marks', () => {
  it('makes the day, with work and pauses, and is on the trail', async () => {
    const office = await watchedOffice(test);
    const { person } = await office.staff();
    expect(await own(office, person)).toEqual({ state: 'off', days: [] });
    expect(await mark(office, person, 'start')).toMatchObject({ state: 'working', since: office.clock.now(), days: [{ day: DAY }] });
    office.clock.advance(3 * HOUR);
    expect(await mark(office, person, 'pause')).toMatchObject({ state: 'paused', since: office.clock.now() });
    office.clock.advance(HOUR);
    await mark(office, person, 'resume');
    office.clock.advance(4 * HOUR);
    const { state, days } = await mark(office, person, 'end');
    expect(state).toBe('off');
    expect(days).toMatchObject([{ day: DAY, workedSeconds: 7 * HOUR, pausedSeconds: HOUR, connectedSeconds: 0 }]);
    expect(days[0]?.marks.map(({ kind, source }) => `${source} ${kind}`)).toEqual(['person start', 'person pause', 'person resume', 'person end']);
    const told = (await office.events('teleworkMarked')).slice(-4).map(({ fields }) => fields['kind']);
    expect(told).toEqual(['start', 'pause', 'resume', 'end']);
  });

  it.each<[MarkKind[], MarkKind]>([
    [[], 'pause'], [[], 'resume'], [[], 'end'],
    [['start'], 'start'], [['start'], 'resume'],
    [['start', 'pause'], 'start'], [['start', 'pause'], 'pause'],
    [['start', 'end'], 'end'], [['start', 'pause', 'end'], 'resume'],
  ])('after %j cannot be %s', async (before, kind) => {
    const office = await watchedOffice(test);
    const { person } = await office.staff();
    for (const earlier of before) await mark(office, person, earlier);
    expect((await refusalOf(mark(office, person, kind))).code).toBe('conflict');
    expect(await marksOf(person)).toHaveLength(before.length);
  });

  it('is made once when two browsers mark it at the same time', async () => {
    const office = await watchedOffice(test);
    const { person } = await office.staff();
    const elsewhere = await signInAgain(test.database, person, office.clock.now());
    for (const kind of ['start', 'pause', 'resume', 'end'] as const) {
      const done = await Promise.allSettled([person, elsewhere, person, elsewhere].map((who) => mark(office, who, kind)));
      expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    }
    expect(await marksOf(person)).toEqual(['person start', 'person pause', 'person resume', 'person end']);
  });

  it('needs the role of staff, and concerns the person alone', async () => {
    const office = await watchedOffice(test);
    const [{ person }, other] = [await office.staff(), await office.staff()];
    expect((await refusalOf(mark(office, await office.holder(['auditor', 'unit-head']), 'start'))).code).toBe('forbidden');
    await mark(office, person, 'start');
    expect(await own(office, other.person)).toEqual({ state: 'off', days: [] });
  });

  it('may be forgotten in the evening without being in the way in the morning', async () => {
    const office = await watchedOffice(test);
    const { person } = await office.staff();
    await mark(office, person, 'start');
    office.clock.advance(8 * HOUR);
    expect((await refusalOf(mark(office, person, 'start'))).code).toBe('conflict');
    office.clock.advance(15.5 * HOUR);
    expect((await own(office, person)).state).toBe('off');
    await mark(office, person, 'start');
    expect((await own(office, person)).days.map(({ day, workedSeconds }) => [day, workedSeconds])).toEqual([['2026-11-25', 0], [DAY, 0]]);
  });

  it('is told of 62 days at most', async () => {
    const office = await watchedOffice(test);
    const { person } = await office.staff();
    for (const [from, to] of [['2026-10-01', '2026-12-02'], ['x', DAY], [DAY, '2026-11-23']] as const) {
      expect((await refusalOf(office.telework.own({ person, from, to }))).code).toBe('request-invalid');
    }
  });
});

describe('what follows from sessions', () => {
  it('starts with the first picture and ends with the last session', async () => {
    const office = await watchedOffice(test);
    const who = await office.staff();
    const { lease, claimed } = await office.carry(who);
    expect(await own(office, who.person)).toMatchObject({ state: 'working', since: office.clock.now() });
    office.clock.advance(2 * HOUR);
    await office.leases.released(claimed, left);
    expect((await own(office, who.person)).state).toBe('working');
    office.clock.advance(30);
    await office.leases.end({ person: who.person, leaseId: lease.id, origin });
    const { state, days } = await own(office, who.person);
    expect(state).toBe('off');
    expect(days).toMatchObject([{ workedSeconds: 2 * HOUR + 30, connectedSeconds: 2 * HOUR }]);
    expect(await marksOf(who.person)).toEqual(['derived start', 'derived end']);
    const rows = await test.database.selectFrom('telework_mark').where('person_id', '=', who.person.personId).select('lease_id').execute();
    expect(rows).toEqual([{ lease_id: lease.id }, { lease_id: lease.id }]);
  });

  it('does not start with what is granted and never shown', async () => {
    const office = await watchedOffice(test);
    const who = await office.staff();
    const lease = await office.request(who);
    await office.leases.end({ person: who.person, leaseId: lease.id, origin });
    expect(await marksOf(who.person)).toEqual([]);
  });

  it('never overrides a mark of the person', async () => {
    const office = await watchedOffice(test);
    const who = await office.staff();
    const finish = async ({ lease, claimed }: Awaited<ReturnType<typeof office.carry>>) => {
      office.clock.advance(HOUR);
      await office.leases.released(claimed, left);
      await office.leases.end({ person: who.person, leaseId: lease.id, origin });
    };
    // Started by hand: the lunch without a session is no end.
    await mark(office, who.person, 'start');
    await finish(await office.carry(who));
    expect((await own(office, who.person)).state).toBe('working');
    await mark(office, who.person, 'pause');
    await finish(await office.carry(who));
    expect((await own(office, who.person)).state).toBe('paused');
    await mark(office, who.person, 'resume');
    await finish(await office.carry(who));
    await mark(office, who.person, 'end');
    expect(await marksOf(who.person)).toEqual(['person start', 'person pause', 'person resume', 'person end']);
  });

  it('lets who marked the end and goes on stay off until the next connection', async () => {
    const office = await watchedOffice(test);
    const who = await office.staff();
    const { lease, claimed } = await office.carry(who);
    await mark(office, who.person, 'end');
    office.clock.advance(HOUR);
    expect(await own(office, who.person)).toMatchObject({ state: 'off', days: [{ workedSeconds: 0, connectedSeconds: HOUR }] });
    await office.leases.released(claimed, left);
    expect(await marksOf(who.person)).toEqual(['derived start', 'person end']);
    await office.leases.connected(await office.claim(who.person, lease.id));
    expect((await own(office, who.person)).state).toBe('working');
    await office.leases.end({ person: who.person, leaseId: lease.id, origin });
    expect(await marksOf(who.person)).toEqual(['derived start', 'person end', 'derived start', 'derived end']);
  });

  it('goes on while another session of the person does, and ends once, also when the last ones end at the same time', async () => {
    const office = await watchedOffice(test);
    const who = await office.staff();
    const carried = [await office.carry(who)];
    for (let count = 0; count < 3; count += 1) {
      const { desktopId } = await office.staff();
      await office.desktopsAdmin.assign({ organisationId: office.organisation.id, desktopId, personId: who.person.personId }, { kind: 'operator' });
      carried.push(await office.carry({ person: who.person, desktopId }));
    }
    const end = ({ lease }: (typeof carried)[number]) => office.leases.end({ person: who.person, leaseId: lease.id, origin });
    await end(carried[0]!);
    expect((await own(office, who.person)).state).toBe('working');
    await Promise.all(carried.slice(1).map(end));
    expect((await own(office, who.person)).state).toBe('off');
    expect(await marksOf(who.person)).toEqual(['derived start', 'derived end']);
  });

  it('goes on over midnight and beyond eight hours while a screen is shown', async () => {
    const office = await watchedOffice(test);
    const who = await office.staff();
    office.clock.advance(14 * HOUR);
    const { lease } = await office.carry(who);
    office.clock.advance(9 * HOUR);
    expect((await own(office, who.person)).state).toBe('working');
    await office.leases.end({ person: who.person, leaseId: lease.id, origin });
    expect(await own(office, who.person)).toMatchObject({ state: 'off', days: [{ day: DAY, workedSeconds: 9 * HOUR, connectedSeconds: 9 * HOUR }] });
  });

  it('counts a screen on that a gateway took back', async () => {
    const office = await watchedOffice(test);
    const who = await office.staff();
    const { lease, claimed } = await office.carry(who);
    const write = (...told: Parameters<typeof office.trail.append>[1][]) => test.database.transaction().execute((transaction) => office.trail.append(transaction, ...told));
    const of = { actor: { kind: 'system' }, organisationId: office.organisation.id, leaseId: lease.id, relayId: claimed.relayId } as const;
    office.clock.advance(HOUR);
    await write(events.leaseParked(of));
    office.clock.advance(5);
    await write(events.leaseActivated(of));
    office.clock.advance(HOUR);
    await office.leases.end({ person: who.person, leaseId: lease.id, origin });
    expect((await own(office, who.person)).days).toMatchObject([{ connectedSeconds: 2 * HOUR }]);
  });

  it('is no later than the mark before, whichever clock made that', async () => {
    const office = await watchedOffice(test);
    const { person } = await office.staff();
    await mark(office, person, 'start');
    office.clock.advance(-30);
    await mark(office, person, 'end');
    const rows = await test.database.selectFrom('telework_mark').where('person_id', '=', person.personId).select('at').orderBy('number').execute();
    expect(rows[1]?.at).toEqual(rows[0]?.at);
  });
});

describe('the days of a unit', () => {
  it('are told to its head, of the unit and what is below, and each look is on the trail', async () => {
    const office = await watchedOffice(test);
    const [above, below] = [await office.staff(), await office.staff(office.below)];
    for (const { person } of [above, below]) await mark(office, person, 'start');
    office.clock.advance(HOUR);
    const ask = async (person: SignedIn, more: { unitId?: string; forFile?: boolean } = {}) => (await office.telework.ofUnit({ person, from: DAY, to: DAY, origin, ...more })).map((day) => day.person.id);
    const whole = await office.holder(['unit-head'], office.organisation.unitId);
    expect((await office.telework.ofUnit({ person: whole, from: DAY, to: DAY, origin, unitId: office.below.unitId }))[0]).toEqual({
      day: DAY, marks: [{ kind: 'start', at: new Date('2026-11-24T00:00:00Z'), source: 'person' }], workedSeconds: HOUR, pausedSeconds: 0, connectedSeconds: 0,
      person: { id: below.person.personId, username: below.person.username, displayName: '関 守', unitName: '防災課' },
    });
    expect((await ask(whole)).toSorted()).toEqual([above.person.personId, below.person.personId].toSorted());
    expect(await ask(await office.holder(['unit-head']))).toHaveLength(2);
    expect(await ask(await office.holder(['unit-head'], office.below.unitId))).toEqual([below.person.personId]);
    expect((await refusalOf(ask(await office.holder(['unit-head'], office.below.unitId), { unitId: office.organisation.unitId }))).code).toBe('not-found');
    expect((await office.events('unitTeleworkViewed')).at(-1)?.fields).toEqual({ from: DAY, to: DAY, rows: 1 });
    await ask(whole, { unitId: office.below.unitId, forFile: true });
    expect((await office.events('unitTeleworkExported')).at(-1)?.fields).toEqual({ from: DAY, to: DAY, unitId: office.below.unitId, rows: 1 });
  });

  it('stay with the unit that they were worked for, when somebody moves to another one', async () => {
    const office = await watchedOffice(test);
    const [who, idle] = [await office.staff(office.below), await office.staff(office.below)];
    await office.carry(idle);
    await mark(office, who.person, 'start');
    office.clock.advance(HOUR);
    await mark(office, who.person, 'end');
    const other = randomUUID();
    await test.database.insertInto('unit').values({ id: other, organisation_id: office.organisation.id, parent_id: office.organisation.unitId, name: '税務課', created_at: office.clock.now() }).execute();
    await test.database.updateTable('person').set({ unit_id: other }).where('id', 'in', [who.person.personId, idle.person.personId]).execute();
    const [before, after] = [await office.holder(['unit-head'], office.below.unitId), await office.holder(['unit-head'], other)];
    const ask = async (person: SignedIn) => (await office.telework.ofUnit({ person, from: DAY, to: '2026-11-25', origin })).map((day) => `${day.person.id} ${day.person.unitName} ${day.day}`);
    const ofBoth = [who, idle].map(({ person }) => `${person.personId} 防災課 ${DAY}`).toSorted();
    expect((await ask(before)).toSorted()).toEqual(ofBoth);
    expect(await ask(after)).toEqual([]);
    office.clock.advance(24 * HOUR);
    await mark(office, who.person, 'start');
    expect(await ask(after)).toEqual([`${who.person.personId} 税務課 2026-11-25`]);
    expect((await ask(before)).toSorted()).toEqual(ofBoth);
  });

  it('are told to nobody else, and of no other organisation', async () => {
    const office = await watchedOffice(test);
    const ask = (person: SignedIn, unitId?: string) => office.telework.ofUnit({ person, from: DAY, to: DAY, origin, ...(unitId !== undefined && { unitId }) });
    await mark(office, (await office.staff()).person, 'start');
    expect((await refusalOf(ask(await office.holder(['staff', 'auditor', 'security-officer', 'system-admin', 'bcp-admin'])))).code).toBe('forbidden');
    const elsewhere = await addOrganisation(test.database);
    const stranger = await addPerson(test.database, elsewhere, office.clock.now(), ['unit-head']);
    expect(await ask(stranger)).toEqual([]);
    for (const unitId of [office.organisation.unitId, randomUUID(), 'x']) expect((await refusalOf(ask(stranger, unitId))).code).toBe('not-found');
    expect((await refusalOf(ask(await office.holder(['unit-head']), elsewhere.unitId))).code).toBe('not-found');
  });
});
