import { randomUUID } from 'node:crypto';
import type { SessionFilter } from '../../../broker/port.ts';
import { sql } from '../../../broker/store/index.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { refusalOf } from '../../support/identity.ts';
import { addOrganisation, addPerson, originAt, signInAgain } from '../../support/office.ts';
import { busyOffice, relayEnd, watchedOffice } from '../../support/oversight.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

const origin = originAt('office');
describe('the list of sessions', () => {
  it('shows sessions and refused requests, newest first', async () => {
    const { list, one, two, three, live, past, clock, organisation, below, dutyId } = await busyOffice(test);
    const [refused, ended, going] = await list();
    expect(refused).toMatchObject({ kind: 'request', state: 'refuse', person: { id: three.person.personId, username: three.person.username, displayName: '関 守' }, unit: { id: organisation.unitId, name: '総務課' }, site: null, address: '192.0.2.1', level: '0', at: clock.now(), reasons: ['site-unknown'], refusedChannels: 0, desktop: { id: three.desktopId }, duty: { id: dutyId, class: 'P5' } });
    expect(ended).toMatchObject({ id: past.id, kind: 'session', state: 'ended', person: { id: two.person.personId }, unit: { id: below.unitId, name: '防災課' }, endedBecause: 'desktop-ended', refusedChannels: 3, site: 'office', reasons: [] });
    expect(ended).toHaveProperty('endedAt');
    expect(going).toMatchObject({ id: live.id, state: 'active', person: { id: one.person.personId }, desktop: { id: one.desktopId } });
    expect(going).not.toHaveProperty('endedAt');
    expect(await list()).toHaveLength(3);
  });

  it('is narrowed by every filter', async () => {
    const { list, one, two, three, live, past, clock, below, organisation, dutyId } = await busyOffice(test);
    const found = async (filter: SessionFilter) => (await list(filter)).map(({ kind, id }) => (kind === 'request' ? 'refused' : id === live.id ? 'live' : id === past.id ? 'past' : id));
    expect(await found({ state: 'live' })).toEqual(['live']);
    expect(await found({ state: 'past' })).toEqual(['past']);
    expect(await found({ state: 'refused' })).toEqual(['refused']);
    expect(await found({ personId: two.person.personId })).toEqual(['past']);
    expect(await found({ person: three.person.username.slice(2, 20).toUpperCase() })).toEqual(['refused']);
    expect(await found({ person: '守' })).toHaveLength(3);
    expect(await found({ person: '_' })).toEqual([]);
    expect(await found({ person: '%' })).toEqual([]);
    expect(await found({ desktopId: one.desktopId })).toEqual(['live']);
    expect(await found({ desktop: '机' })).toHaveLength(3);
    expect(await found({ desktop: '存在しない' })).toEqual([]);
    expect(await found({ dutyId })).toHaveLength(3);
    expect(await found({ dutyId: randomUUID() })).toEqual([]);
    expect(await found({ unitId: below.unitId })).toEqual(['past']);
    expect(await found({ unitId: organisation.unitId })).toHaveLength(3);
    expect(await found({ from: new Date(clock.now().getTime() - 60_000) })).toEqual(['refused', 'past']);
    expect(await found({ to: new Date(clock.now().getTime() - 60_000) })).toEqual(['live']);
    expect(await found({ outcome: 'admit' })).toEqual(['past', 'live']);
    expect(await found({ outcome: 'refuse' })).toEqual(['refused']);
    expect(await found({ outcome: 'wait' })).toEqual([]);
    expect(await found({ reason: 'site-unknown' })).toEqual(['refused']);
    expect(await found({ reason: 'desktop-ended' })).toEqual(['past']);
    expect(await found({ state: 'live', outcome: 'refuse' })).toEqual([]);
    expect(await found({ state: 'past', person: '守', reason: 'desktop-ended', unitId: below.unitId })).toEqual(['past']);
  });

  it('refuses a filter that means nothing, and a cursor that nobody gave', async () => {
    const { list, officer, oversight } = await busyOffice(test);
    for (const name of ['personId', 'desktopId', 'dutyId'] as const) {
      expect((await refusalOf(list({ [name]: "' or 1=1" }))).details.fields?.[0]?.path).toBe(name);
    }
    expect((await refusalOf(list({ unitId: 'x' }))).code).toBe('not-found');
    expect((await refusalOf(oversight.sessions({ person: officer, origin, filter: {}, cursor: 'x' }))).code).toBe('request-invalid');
  });

  it('gives every row once, page by page, also those of the same instant', async () => {
    const office = await watchedOffice(test);
    for (let count = 0; count < 4; count += 1) {
      const who = await office.staff();
      await office.request(who);
      await refusalOf(office.requestFromNowhere(await office.staff()));
      if (count === 1) office.clock.advance(1);
    }
    const officer = await office.holder(['auditor']);
    const ids: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page: Awaited<ReturnType<typeof office.oversight.sessions>> = await office.oversight.sessions({ person: officer, origin, filter: {}, limit: 3, ...(cursor !== undefined && { cursor }) });
      expect(page.items.length).toBeLessThanOrEqual(3);
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    }
    expect(new Set(ids).size).toBe(8);
    expect(ids).toHaveLength(8);
  });
});

describe('who may look', () => {
  it('is an officer or an auditor, and nobody else', async () => {
    const { oversight, holder, list, one } = await busyOffice(test);
    for (const role of ['staff', 'unit-head', 'shelter-manager', 'bcp-admin', 'activation-authority', 'system-admin'] as const) {
      const person = await holder([role]);
      expect((await refusalOf(list({}, person))).code).toBe('forbidden');
      expect((await refusalOf(oversight.timeline({ person, origin, sessionId: one.desktopId }))).code).toBe('forbidden');
      expect((await refusalOf(oversight.exportSessions({ person, origin, filter: {} }))).code).toBe('forbidden');
    }
    expect(await list({}, await holder(['auditor']))).toHaveLength(3);
  });

  it('sees nothing of another organisation', async () => {
    const { oversight, list, live, one } = await busyOffice(test);
    const stranger = await addPerson(test.database, await addOrganisation(test.database), new Date('2026-11-24T00:00:00Z'), ['security-officer']);
    expect(await list({}, stranger)).toEqual([]);
    expect(await list({ personId: one.person.personId }, stranger)).toEqual([]);
    expect((await refusalOf(list({ unitId: one.person.unitId }, stranger))).code).toBe('not-found');
    expect((await refusalOf(oversight.timeline({ person: stranger, origin, sessionId: live.id }))).code).toBe('not-found');
    expect((await refusalOf(oversight.endSession({ person: stranger, origin, sessionId: live.id, reason: '試し' }))).code).toBe('not-found');
    expect(await oversight.summary(stranger)).toEqual({ live: 0, parked: 0, people: 0, refusedLastHour: 0, stops: [] });
    // A grant that was made for another organisation reaches nothing here.
    const mixed = { ...stranger, organisationId: one.person.organisationId };
    expect((await refusalOf(list({}, mixed))).code).toBe('forbidden');
  });

  it('sees the own units alone where the role was given for those', async () => {
    const { oversight, list, holder, live, past, below, organisation } = await busyOffice(test);
    const officer = await holder(['security-officer'], below.unitId);
    expect((await list({}, officer)).map(({ id }) => id)).toEqual([past.id]);
    expect((await refusalOf(list({ unitId: organisation.unitId }, officer))).code).toBe('not-found');
    expect((await refusalOf(oversight.timeline({ person: officer, origin, sessionId: live.id }))).code).toBe('not-found');
    expect((await refusalOf(oversight.endSession({ person: officer, origin, sessionId: live.id, reason: '試し' }))).code).toBe('not-found');
    expect((await oversight.timeline({ person: officer, origin, sessionId: past.id })).session.id).toBe(past.id);
    expect(await oversight.summary(officer)).toMatchObject({ live: 0, people: 0, refusedLastHour: 0 });
    expect(await list({}, await holder(['security-officer'], organisation.unitId))).toHaveLength(3);
  });
});

describe('each look', () => {
  it('is on the trail with its filters; one that refreshes itself once an hour', async () => {
    const { oversight, officer, holder, events, clock } = await busyOffice(test);
    const look = (filter: SessionFilter, refresh: boolean, person = officer) => oversight.sessions({ person, origin, filter, refresh });
    const looks = async () => (await events('sessionsViewed')).filter(({ fields }) => JSON.stringify(fields['filters']).includes('2020-'));
    const filter = { state: 'live', from: new Date('2020-01-01T00:00:00Z'), person: '関' } as const;
    await look(filter, false);
    expect((await looks()).map(({ fields }) => fields)).toEqual([{ filters: { state: 'live', from: '2020-01-01T00:00:00.000Z' }, person: '関', rows: 1 }]);
    await look(filter, true);
    expect(await looks()).toHaveLength(1);
    await look(filter, false);
    expect(await looks()).toHaveLength(2);
    await look({ ...filter, state: 'past' }, true);
    expect(await looks()).toHaveLength(3);
    await look(filter, true, await holder(['auditor']));
    expect(await looks()).toHaveLength(4);
    clock.advance(3_599);
    await look(filter, true);
    expect(await looks()).toHaveLength(4);
    clock.advance(1);
    await look(filter, true);
    await look(filter, true);
    expect(await looks()).toHaveLength(5);
  });

  it('by another sign-in of the same person, or at another page of the list, is another look', async () => {
    const { oversight, officer, events, clock } = await busyOffice(test);
    const look = (person = officer, cursor?: string) => oversight.sessions({ person, origin, filter: { from: new Date('2018-01-01T00:00:00Z') }, refresh: true, limit: 1, ...(cursor !== undefined && { cursor }) });
    const looks = async () => (await events('sessionsViewed')).filter(({ fields }) => JSON.stringify(fields['filters']).includes('2018-')).length;
    const { next } = await look();
    await look();
    expect(await looks()).toBe(1);
    await look(officer, next!);
    await look(officer, next!);
    expect(await looks()).toBe(2);
    await look(await signInAgain(test.database, officer, clock.now()));
    expect(await looks()).toBe(3);
  });

  it('at a timeline that is left open is on the trail once an hour for a sign-in', async () => {
    const { oversight, officer, live, past, events, clock } = await busyOffice(test);
    const look = (person = officer, sessionId = live.id) => oversight.timeline({ person, origin, sessionId });
    const looks = async () => (await events('timelineViewed')).filter(({ fields }) => fields['sessionId'] === live.id || fields['sessionId'] === past.id).length;
    for (let again = 0; again < 3; again += 1) await look();
    expect(await looks()).toBe(1);
    await look(officer, past.id);
    await look(await signInAgain(test.database, officer, clock.now()));
    expect(await looks()).toBe(3);
    clock.advance(3_600);
    await look();
    expect(await looks()).toBe(4);
  });

  it('at a timeline and at a file is there too, a file with how much of it was given out', async () => {
    const { oversight, officer, live, events } = await busyOffice(test);
    await oversight.timeline({ person: officer, origin, sessionId: live.id });
    expect((await events('timelineViewed')).map(({ fields }) => fields)).toContainEqual({ sessionId: live.id });

    const exported = async () => (await events('sessionsExported')).filter(({ fields }) => JSON.stringify(fields).includes('2019-'));
    const filter = { from: new Date('2019-01-01T00:00:00Z') };
    const rows = [];
    for await (const row of await oversight.exportSessions({ person: officer, origin, filter })) rows.push(row);
    expect(rows).toHaveLength(3);
    for await (const row of await oversight.exportSessions({ person: officer, origin, filter })) {
      rows.push(row);
      break;
    }
    expect((await exported()).map(({ fields }) => [fields['rows'], fields['complete']])).toEqual([[3, true], [1, false]]);
    expect((await refusalOf(oversight.exportSessions({ person: officer, origin, filter: { unitId: randomUUID() } }))).code).toBe('not-found');
  });
});

describe('a file that is being given out', () => {
  it.each<[string, (personId: string) => Promise<unknown>]>([
    ['loses the role', (personId) => test.database.deleteFrom('role_grant').where('person_id', '=', personId).execute()],
    ['is suspended', (personId) => test.database.updateTable('person').set({ status: 'disabled' }).where('id', '=', personId).execute()],
  ])('ends when its reader %s, and the trail tells how far it got', async (_what, happens) => {
    const { oversight, officer, events, organisation } = await busyOffice(test);
    await sql`insert into admission_decision (id, organisation_id, unit_id, person_id, at, outcome, reasons, policy_version, level, address, inputs)
      select gen_random_uuid(), ${organisation.id}, ${organisation.unitId}, ${officer.personId}, '2017-01-01', 'refuse', '{}', 'a', '0', '192.0.2.1', '{}' from generate_series(1, 250)`.execute(test.database);
    const rows: unknown[] = [];
    const read = async () => {
      for await (const row of await oversight.exportSessions({ person: officer, origin, filter: { to: new Date('2018-01-01T00:00:00Z') } })) {
        rows.push(row);
        if (rows.length === 1) await happens(officer.personId);
      }
    };
    expect((await refusalOf(read())).code).toBe('forbidden');
    expect(rows).toHaveLength(200);
    expect((await events('sessionsExported')).filter((event) => JSON.stringify(event).includes(officer.personId)).map(({ fields }) => [fields['rows'], fields['complete']])).toEqual([[200, false]]);
  });
});

describe('the summary', () => {
  it('counts what is open and who was refused within the hour', async () => {
    const office = await busyOffice(test);
    const { oversight, officer, clock, holder } = office;
    expect(await oversight.summary(officer)).toEqual({ live: 1, parked: 0, people: 1, refusedLastHour: 1, stops: [] });
    const parked = await office.carry(await office.staff(office.below));
    await office.leases.released(parked.claimed, relayEnd('left'));
    expect(await oversight.summary(officer)).toMatchObject({ live: 1, parked: 1, people: 2 });
    clock.advance(3_600);
    expect(await oversight.summary(officer)).toMatchObject({ refusedLastHour: 0 });
    expect(await oversight.summary(await holder(['activation-authority']))).toMatchObject({ live: 1 });
    expect((await refusalOf(oversight.summary(await holder(['staff'])))).code).toBe('forbidden');
  });
});
