import { randomUUID } from 'node:crypto';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { refusalOf } from '../../support/identity.ts';
import { addOrganisation, addPerson, createOffice, originAt, testPolicy } from '../../support/office.ts';
import { watchedOffice, type Watched } from '../../support/oversight.ts';
import { systemClock } from '../../../broker/environment.ts';
import { sql } from '../../../broker/store/index.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

const origin = originAt('office');
const openIn = async ({ organisation }: Watched) =>
  Number((await test.database.selectFrom('lease').where('organisation_id', '=', organisation.id).where('state', '<>', 'ended').select((select) => select.fn.countAll().as('count')).executeTakeFirstOrThrow()).count);

describe('ending a session', () => {
  it('is done at once by an officer, who says why, and by nobody else', async () => {
    const office = await watchedOffice(test);
    const { lease } = await office.carry(await office.staff());
    const officer = await office.holder(['security-officer']);
    const end = (person = officer, reason = '  端末の紛失 ') => office.oversight.endSession({ person, origin, sessionId: lease.id, reason });
    for (const role of ['staff', 'auditor', 'activation-authority', 'system-admin', 'bcp-admin'] as const) expect((await refusalOf(end(await office.holder([role])))).code).toBe('forbidden');
    for (const reason of ['', '  ', 'あ'.repeat(501), 'a\0b', '\ud800']) expect((await refusalOf(end(officer, reason))).details.fields?.[0]?.path).toBe('reason');
    expect(await openIn(office)).toBe(1);

    await end();
    await end();
    const row = await test.database.selectFrom('lease').where('id', '=', lease.id).select(['state', 'ended_because']).executeTakeFirstOrThrow();
    expect(row).toEqual({ state: 'ended', ended_because: 'ended-by-officer' });
    const told = (await office.events('sessionEndedByOfficer')).filter(({ fields }) => fields['leaseId'] === lease.id);
    expect(told.map(({ fields }) => fields)).toEqual([{ leaseId: lease.id, reason: '端末の紛失' }]);
    expect((await office.events('leaseEnded')).filter(({ fields }) => fields['leaseId'] === lease.id)).toMatchObject([{ actor: { kind: 'person', personId: officer.personId }, fields: { why: 'ended-by-officer' } }]);
  });

  it('is not found for a request that was refused', async () => {
    const office = await watchedOffice(test);
    await refusalOf(office.requestFromNowhere(await office.staff()));
    const officer = await office.holder(['security-officer']);
    const [refused] = (await office.oversight.sessions({ person: officer, origin, filter: {} })).items;
    for (const sessionId of [refused!.id, randomUUID(), 'x']) expect((await refusalOf(office.oversight.endSession({ person: officer, origin, sessionId, reason: '試し' }))).code).toBe('not-found');
  });
});

describe('ending everybody', () => {
  it('sends away a unit and what is below it, and lets nobody of it in', async () => {
    const office = await watchedOffice(test);
    const [above, below, again] = [await office.staff(), await office.staff(office.below), await office.staff(office.below)];
    for (const who of [above, below]) await office.carry(who);
    const officer = await office.holder(['security-officer'], office.below.unitId);
    const { stop, ended } = await office.oversight.endAll({ person: officer, origin, unitId: office.below.unitId, reason: '不正アクセスの疑い' });
    expect(ended).toBe(1);
    expect(stop).toEqual({ id: stop.id, unit: { id: office.below.unitId, name: '防災課' }, reason: '不正アクセスの疑い', stoppedBy: '関 守', stoppedAt: office.clock.now() });
    const open = await test.database.selectFrom('lease').where('organisation_id', '=', office.organisation.id).where('state', '<>', 'ended').select('person_id').execute();
    expect(open.map(({ person_id }) => person_id)).toEqual([above.person.personId]);
    expect((await refusalOf(office.request(again))).code).toBe('entry-stopped');
    expect((await refusalOf(office.request(below))).code).toBe('entry-stopped');
    expect(await office.request(await office.staff())).toMatchObject({ state: 'granted' });
    expect(await office.oversight.summary(officer)).toMatchObject({ live: 0, stops: [stop] });
    expect((await office.events('everybodyEnded')).at(-1)).toMatchObject({ actor: { personId: officer.personId }, fields: { stopId: stop.id, unitId: office.below.unitId, reason: '不正アクセスの疑い' } });
  });

  it('takes those along who were moved to another unit while they were inside', async () => {
    const office = await watchedOffice(test);
    const [moved, came] = [await office.staff(office.below), await office.staff()];
    for (const who of [moved, came]) await office.carry(who);
    const move = (personId: string, unitId: string) => test.database.updateTable('person').set({ unit_id: unitId }).where('id', '=', personId).execute();
    await move(moved.person.personId, office.organisation.unitId);
    await move(came.person.personId, office.below.unitId);
    const officer = await office.holder(['security-officer']);
    expect(await office.oversight.endAll({ person: officer, origin, unitId: office.below.unitId, reason: '点検' })).toMatchObject({ ended: 2 });
  });

  it('takes the right for all of what is ended, and a factor proved lately', async () => {
    const office = await watchedOffice(test);
    await office.carry(await office.staff());
    const ofUnit = await office.holder(['security-officer'], office.below.unitId);
    const stop = (person: typeof ofUnit, unitId: string | null) => office.oversight.endAll({ person, origin, unitId, reason: '点検' });
    expect((await refusalOf(stop(ofUnit, null))).code).toBe('not-found');
    expect((await refusalOf(stop(ofUnit, office.organisation.unitId))).code).toBe('not-found');
    expect((await refusalOf(stop(await office.holder(['auditor', 'activation-authority', 'bcp-admin']), null))).code).toBe('forbidden');
    const officer = await office.holder(['security-officer']);
    const elsewhere = await addOrganisation(test.database);
    for (const unitId of [elsewhere.unitId, randomUUID(), 'x']) expect((await refusalOf(stop(officer, unitId))).code).toBe('not-found');
    office.clock.advance(testPolicy().durations.freshFactor + 1);
    expect((await refusalOf(stop(officer, null))).code).toBe('step-up-required');
    expect(await openIn(office)).toBe(1);
    expect(await test.database.selectFrom('entry_stop').where('organisation_id', '=', office.organisation.id).selectAll().execute()).toEqual([]);
    expect(await stop({ ...officer, provedAt: office.clock.now() }, null)).toMatchObject({ ended: 1, stop: { unit: null } });
  });

  it('does not make the same stop twice, but another one once its release was asked for', async () => {
    const office = await watchedOffice(test);
    const officer = await office.holder(['security-officer']);
    const stop = async () => (await office.oversight.endAll({ person: officer, origin, unitId: null, reason: '点検' })).stop.id;
    const [first, second] = await Promise.all([stop(), stop()]);
    expect(await stop()).toBe(first);
    expect(second).toBe(first);
    await office.oversight.askRelease({ person: officer, origin, stopId: first, reason: '点検が終わった' });
    const third = await stop();
    expect(third).not.toBe(first);
    await office.oversight.agreeRelease({ person: await office.holder(['activation-authority']), origin, stopId: first });
    expect((await refusalOf(office.request(await office.staff()))).code).toBe('entry-stopped');
  });

  it('tells how many were ended by it, also by the review of leases', async () => {
    const office = await watchedOffice(test);
    for (const who of await Promise.all(Array.from({ length: 60 }, () => office.staff()))) await office.request(who);
    const officer = await office.holder(['security-officer']);
    const review = async () => {
      for (let count = 0; count < 5; count += 1) await office.review.run();
    };
    const [{ ended }] = await Promise.all([office.oversight.endAll({ person: officer, origin, unitId: null, reason: '点検' }), review()]);
    expect(ended).toBe(60);
    expect(await openIn(office)).toBe(0);
  });

  it('leaves nobody inside, however many are just entering', async () => {
    const office = await watchedOffice(test);
    const policy = testPolicy();
    // Each of them as if in a gateway process of its own, on the real clock.
    const gateways = Array.from({ length: 4 }, () => createOffice({ database: test.connect(4), clock: systemClock, policy: () => policy }));
    const people = await Promise.all(Array.from({ length: 40 }, () => office.staff(office.below)));
    const officer = { ...(await office.holder(['security-officer'])), provedAt: office.clock.now() };
    const outcomes = { admitted: 0, refused: new Set<string>() };
    const entering = people.map(async ({ person, desktopId }, index) => {
      const { leases } = gateways[index % gateways.length]!;
      for (;;) {
        try {
          const { id } = await leases.request({ person, desktopId, dutyId: office.dutyId, origin });
          outcomes.admitted += 1;
          if (index % 2 === 0) await leases.end({ person, leaseId: id, origin });
        } catch (error) {
          if ((error as Error).name !== 'Refusal') throw error;
          outcomes.refused.add((error as { code: string }).code);
          if ((error as { code: string }).code === 'entry-stopped') return;
        }
      }
    });
    while (outcomes.admitted < 60) await new Promise((done) => setImmediate(done));
    await office.oversight.endAll({ person: officer, origin, unitId: office.below.unitId, reason: '侵入の疑い' });
    const left = await openIn(office);
    await Promise.all(entering);
    expect(left).toBe(0);
    expect(await openIn(office)).toBe(0);
    expect([...outcomes.refused]).toEqual(['entry-stopped']);
  });

  it('is kept by the database too: no lease is made where entry is stopped', async () => {
    const office = await watchedOffice(test);
    const who = await office.staff();
    const lease = await office.request(who);
    const officer = await office.holder(['security-officer']);
    await office.oversight.endAll({ person: officer, origin, unitId: office.organisation.unitId, reason: '点検' });
    const copy = sql`insert into lease (id, organisation_id, person_id, unit_id, desktop_id, duty_id, sign_in_id, site, address, weight, policy_version, state, granted_at, expires_at, unused_until)
      select gen_random_uuid(), organisation_id, person_id, unit_id, desktop_id, duty_id, sign_in_id, site, address, weight, policy_version, 'granted', granted_at, expires_at, unused_until from lease where id = ${lease.id}`;
    await expect(copy.execute(test.database)).rejects.toMatchObject({ constraint: 'lease_enters_where_entry_is_open', code: '40001' });
  });
});

describe('letting in again', () => {
  async function stopped() {
    const office = await watchedOffice(test);
    const [one, two] = [await office.holder(['security-officer']), await office.holder(['activation-authority'])];
    const { stop } = await office.oversight.endAll({ person: one, origin, unitId: null, reason: '点検' });
    const ask = (person = one, reason = '点検が終わった') => office.oversight.askRelease({ person, origin, stopId: stop.id, reason });
    const agree = (person = two) => office.oversight.agreeRelease({ person, origin, stopId: stop.id });
    const enter = async () => office.request(await office.staff());
    return { ...office, one, two, stop, ask, agree, enter };
  }

  it('takes two people, of whom the first only asks', async () => {
    const { one, two, stop, ask, agree, enter, clock, events, oversight } = await stopped();
    expect(await ask()).toEqual({ ...stop, release: { askedBy: '関 守', askedAt: clock.now(), reason: '点検が終わった', own: true } });
    expect((await oversight.summary(two)).stops[0]?.release?.own).toBe(false);
    expect((await refusalOf(enter())).code).toBe('entry-stopped');
    expect((await refusalOf(agree(one))).code).toBe('own-proposal');
    expect((await refusalOf(enter())).code).toBe('entry-stopped');
    expect(await agree()).toMatchObject({ id: stop.id, releasedAt: clock.now(), release: { own: false } });
    expect(await enter()).toMatchObject({ state: 'granted' });
    expect((await oversight.summary(one)).stops).toEqual([]);
    expect((await events('entryReleaseAsked')).at(-1)).toMatchObject({ actor: { personId: one.personId }, fields: { stopId: stop.id } });
    expect((await events('entryReleased')).at(-1)).toMatchObject({ actor: { personId: two.personId }, fields: { stopId: stop.id, askedBy: one.personId } });
  });

  it('is refused where nobody asked, where it was asked for already, and once it was agreed to', async () => {
    const { two, ask, agree } = await stopped();
    expect((await refusalOf(agree())).code).toBe('proposal-closed');
    await ask();
    expect((await refusalOf(ask(two))).code).toBe('proposal-closed');
    await agree();
    for (const again of [agree, ask]) expect((await refusalOf(again())).code).toBe('proposal-closed');
  });

  it('is refused to one person by the database as well, and stays as it was agreed', async () => {
    const { one, two, stop, ask, agree } = await stopped();
    await ask();
    const agreed = (personId: string) => test.database.updateTable('entry_release').set({ agreed_by: personId, agreed_at: new Date() }).where('stop_id', '=', stop.id).execute();
    await expect(agreed(one.personId)).rejects.toMatchObject({ constraint: 'entry_release_by_two' });
    await agree();
    await expect(agreed(two.personId)).rejects.toThrow('append-only');
    await expect(test.database.deleteFrom('entry_stop').where('id', '=', stop.id).execute()).rejects.toThrow('append-only');
  });

  it.each<[string, (personId: string) => Promise<unknown>]>([
    ['is suspended', (personId) => test.database.updateTable('person').set({ status: 'disabled' }).where('id', '=', personId).execute()],
    ['lost the role', (personId) => test.database.deleteFrom('role_grant').where('person_id', '=', personId).execute()],
  ])('is not agreed to where who asked %s; another has to ask, and a third to agree', async (_what, happens) => {
    const { one, two, stop, ask, agree, enter, holder, oversight, clock } = await stopped();
    await ask();
    await happens(one.personId);
    expect((await refusalOf(agree())).code).toBe('proposal-closed');
    expect((await oversight.summary(two)).stops.map(({ release }) => release)).toEqual([undefined]);
    expect((await refusalOf(enter())).code).toBe('entry-stopped');
    clock.advance(60);
    expect(await ask(two, '引き継いだ')).toMatchObject({ id: stop.id, release: { own: true, reason: '引き継いだ', askedAt: clock.now() } });
    expect((await refusalOf(agree(two))).code).toBe('own-proposal');
    const third = await holder(['security-officer']);
    expect((await refusalOf(ask(third))).code).toBe('proposal-closed');
    expect(await agree(third)).toMatchObject({ releasedAt: clock.now() });
    expect(await enter()).toMatchObject({ state: 'granted' });
  });

  it('is asked for instead by another person alone, and not agreed to in the same breath', async () => {
    const { two, stop, ask } = await stopped();
    await ask();
    const change = (to: { asked_by?: string; reason?: string; agreed_by?: string; agreed_at?: Date }) => test.database.updateTable('entry_release').set(to).where('stop_id', '=', stop.id).execute();
    await expect(change({ reason: '別の理由' })).rejects.toThrow('append-only');
    await expect(change({ asked_by: two.personId, agreed_by: (await addPerson(test.database, await addOrganisation(test.database), new Date())).personId, agreed_at: new Date() })).rejects.toThrow('append-only');
  });

  it('is agreed to once, however many agree at once', async () => {
    const { holder, ask, agree, events } = await stopped();
    await ask();
    const others = await Promise.all(Array.from({ length: 5 }, () => holder(['security-officer'])));
    const before = (await events('entryReleased')).length;
    const done = await Promise.allSettled(others.map((person) => agree(person)));
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await events('entryReleased')).length).toBe(before + 1);
  });

  it('takes the right for the stop, and a factor proved lately', async () => {
    const { holder, ask, agree, below, one, two, clock, organisation } = await stopped();
    for (const role of ['staff', 'auditor', 'bcp-admin', 'system-admin'] as const) expect((await refusalOf(ask(await holder([role])))).code).toBe('forbidden');
    expect((await refusalOf(ask(await holder(['security-officer'], below.unitId)))).code).toBe('not-found');
    const stranger = await addPerson(test.database, await addOrganisation(test.database), clock.now(), ['security-officer']);
    expect((await refusalOf(ask(stranger))).code).toBe('not-found');
    expect((await refusalOf(ask({ ...stranger, organisationId: organisation.id }))).code).toBe('forbidden');
    clock.advance(testPolicy().durations.freshFactor + 1);
    expect((await refusalOf(ask())).code).toBe('step-up-required');
    await ask({ ...one, provedAt: clock.now() });
    expect((await refusalOf(agree())).code).toBe('step-up-required');
    await agree({ ...two, provedAt: clock.now() });
  });

  it('shows a stop from above to those of the units it concerns', async () => {
    const { oversight, holder, stop, below } = await stopped();
    expect((await oversight.summary(await holder(['security-officer'], below.unitId))).stops.map(({ id }) => id)).toEqual([stop.id]);
  });
});
