import { sql } from '../../../broker/store/index.ts';
import type { Site } from '../../../broker/port.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { refusalOf } from '../../support/identity.ts';
import { addDesktop, addDuty, giveDuty, standingClock } from '../../support/office.ts';
import { reasonsFrom } from '../../support/refusal-of.ts';
import { createSuccessionTown } from '../../support/succession-town.ts';
import { origin, townPolicy } from '../../support/town.ts';
import { createWorkplace } from '../../support/workplace.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

const HOUR = 3_600;
const code = async (step: Promise<unknown>) => (await refusalOf(step)).code;

/** Somebody with a duty of the My Number zone and a desktop, and all who decide about it. */
async function town() {
  const clock = standingClock(new Date());
  const policy = townPolicy();
  const levels = await createSuccessionTown(test.database, { clock, policy: () => policy });
  const place = await createWorkplace({ database: test.database, clock, policy, organisation: levels.organisation });
  const { exceptions, proposer, approver, known } = levels;
  const person = await place.newcomer();
  const dutyId = await addDuty(test.database, levels.organisation, 'my-number', 'P1');
  await giveDuty(test.database, person, dutyId);
  const desktopId = await addDesktop(place, place.organisation, { to: [person] });
  const prove = () => test.database.updateTable('sign_in').set({ proved_at: clock.now() }).where('id', '=', person.signInId).execute();
  const ask = async (by = proposer, seconds = 2 * HOUR) => (await exceptions.ask({ person: await known(by), exception: { personId: person.personId, dutyId, seconds, reason: '罹災証明の発行' }, origin })).id;
  const agree = async (exceptionId: string, by = approver) => exceptions.agree({ person: await known(by), exceptionId, origin });
  return {
    ...levels,
    place,
    officer: levels.person,
    person,
    dutyId,
    desktopId,
    prove,
    ask,
    agree,
    given: async (seconds?: number) => {
      const id = await ask(proposer, seconds);
      await agree(id);
      return id;
    },
    endIt: async (exceptionId: string, by = proposer) => exceptions.end({ person: await known(by), exceptionId, reason: '用が済んだ', origin }),
    enter: (site: Site = 'alternative-office') => place.ask(person, { desktopId, dutyId }, site),
    lease: (leaseId: string) => place.leases.get({ person, leaseId }),
  };
}

describe('a My Number exception', () => {
  it('takes one who asks and another who agrees, and then lets the person in from an alternative office', async () => {
    const t = await town();
    expect(await reasonsFrom(t.enter())).toEqual(['exception-required']);
    const id = await t.ask();
    expect(await reasonsFrom(t.enter())).toEqual(['exception-required']);
    expect((await t.exceptions.list({ person: t.proposer, open: true })).items).toMatchObject([{ id, state: 'waiting', may: { agree: false, end: true } }]);
    const agreed = await t.agree(id);
    expect(agreed).toMatchObject({ id, state: 'holds', until: t.after(2 * HOUR), agreedBy: { id: t.approver.personId }, asDeputy: false });
    await t.prove();
    const { id: leaseId } = await t.enter();
    expect(await test.database.selectFrom('lease').where('id', '=', leaseId).select('exception_id').executeTakeFirstOrThrow()).toEqual({ exception_id: id });
    expect((await t.exceptions.list({ person: t.proposer, open: false })).items).toMatchObject([{ id, sessions: 1 }]);
    const about = { exceptionId: id, personId: t.person.personId, dutyId: t.dutyId };
    expect(await t.told('exceptionAsked', 'exceptionAgreed', 'leaseGranted')).toMatchObject([
      { code: 'SKA-5018', actor: { personId: t.proposer.personId }, fields: { ...about, seconds: 2 * HOUR, reason: '罹災証明の発行' } },
      { code: 'SKA-5019', actor: { personId: t.approver.personId }, fields: { ...about, askedBy: t.proposer.personId, until: t.after(2 * HOUR).toISOString() } },
      { fields: { leaseId, exceptionId: id } },
    ]);
  });

  it('never counts at home, at an evacuation site, in a satellite office or elsewhere, at any level', async () => {
    const t = await town();
    await t.raise('3');
    await t.given();
    await t.prove();
    for (const site of ['home', 'evacuation-site', 'satellite-office', 'other'] as const) expect(await reasonsFrom(t.enter(site))).toEqual(['zone-forbidden-at-site']);
    await t.enter();
  });

  it('counts for one person and one duty', async () => {
    const t = await town();
    await t.given();
    const other = await t.place.newcomer();
    await giveDuty(test.database, other, t.dutyId);
    const desktop = await addDesktop(t.place, t.organisation, { to: [other] });
    expect(await reasonsFrom(t.place.ask(other, { desktopId: desktop, dutyId: t.dutyId }, 'alternative-office'))).toEqual(['exception-required']);
    const another = await addDuty(test.database, t.organisation, 'my-number', 'P1');
    await giveDuty(test.database, t.person, another);
    await t.prove();
    expect(await reasonsFrom(t.place.ask(t.person, { desktopId: t.desktopId, dutyId: another }, 'alternative-office'))).toEqual(['exception-required']);
  });

  it('asks whoever uses it for a second factor once more, and not again on the way back to the session', async () => {
    const t = await town();
    await t.given();
    t.clock.advance(301);
    expect(await reasonsFrom(t.enter())).toEqual(['step-up-required']);
    await t.prove();
    await t.place.work(t.person, { desktopId: t.desktopId, dutyId: t.dutyId }, 'alternative-office');
    t.clock.advance(400);
    await t.enter();
  });

  it('takes a fresh second factor of both, and eight hours at most', async () => {
    const t = await town();
    const id = await t.ask();
    const exception = { personId: t.person.personId, dutyId: t.dutyId, seconds: HOUR, reason: '発行' };
    for (const seconds of [0, -1, 8 * HOUR + 1, 1.5, NaN]) expect(await code(t.exceptions.ask({ person: await t.known(t.proposer), exception: { ...exception, seconds }, origin }))).toBe('request-invalid');
    t.clock.advance(301);
    expect(await code(t.exceptions.ask({ person: t.proposer, exception, origin }))).toBe('step-up-required');
    expect(await code(t.exceptions.agree({ person: t.approver, exceptionId: id, origin }))).toBe('step-up-required');
    expect(await code(t.exceptions.end({ person: t.proposer, exceptionId: id, reason: 'やめる', origin }))).toBe('step-up-required');
  });

  it('is not agreed to by who asked, by who uses it, after its time, or twice; and each try is on the trail', async () => {
    const t = await town();
    const head = await t.officer('unit-head', 'activation-authority');
    const own = await t.ask(head);
    expect(await code(t.agree(own, head))).toBe('own-exception');
    await t.agree(own);
    expect(await code(t.agree(own))).toBe('exception-closed');
    await t.endIt(own);
    // The one who uses it, become the authority.
    const user = { ...t.person, grants: [{ role: 'activation-authority', organisationId: t.organisation.id, unitId: null, unitIds: [] }] } as const;
    await test.database.insertInto('role_grant').values({ id: crypto.randomUUID(), organisation_id: t.organisation.id, person_id: t.person.personId, role: 'activation-authority', unit_id: null, granted_at: t.clock.now() }).execute();
    const late = await t.ask();
    expect(await code(t.agree(late, user))).toBe('own-exception');
    t.clock.advance(6 * HOUR);
    expect(await code(t.agree(late))).toBe('exception-closed');
    expect((await t.told('exceptionRefused')).map(({ code: event, fields }) => [event, fields['refusal']])).toEqual([
      ['SKA-5021', 'own-exception'],
      ['SKA-5021', 'exception-closed'],
      ['SKA-5021', 'own-exception'],
      ['SKA-5021', 'exception-closed'],
    ]);
  });

  it('is asked for by the head of the unit or the BCP administrator, for a duty of the zone that the person holds', async () => {
    const t = await town();
    const ordinary = await addDuty(test.database, t.organisation, 'internet', 'P1');
    await giveDuty(test.database, t.person, ordinary);
    const unheld = await addDuty(test.database, t.organisation, 'my-number', 'P1');
    const head = await t.officer('unit-head');
    const exception = { personId: t.person.personId, dutyId: t.dutyId, seconds: HOUR, reason: '発行' };
    for (const dutyId of [ordinary, unheld, 'x']) expect(await code(t.exceptions.ask({ person: await t.known(head), exception: { ...exception, dutyId }, origin }))).toBe('not-found');
    const elsewhere = { ...head, grants: [{ role: 'unit-head', organisationId: t.organisation.id, unitId: crypto.randomUUID(), unitIds: [] }] } as const;
    expect(await code(t.exceptions.ask({ person: await t.known(elsewhere), exception, origin }))).toBe('forbidden');
    expect(await code(t.exceptions.ask({ person: await t.known(t.approver), exception, origin }))).toBe('forbidden');
    expect((await t.exceptions.candidates(head)).map(({ id, duties }) => [id, duties.map(({ id }) => id)])).toEqual([[t.person.personId, [t.dutyId]]]);
    await t.ask(head);
    expect(await code(t.ask())).toBe('conflict');
    const other = await town();
    expect(await code(other.exceptions.ask({ person: await other.known(other.proposer), exception, origin }))).toBe('not-found');
  });

  it('is agreed to by a deputy, and by nobody after the deputyship', async () => {
    const t = await town();
    await t.withOrder();
    await t.declare(t.first, t.after(HOUR));
    expect(await t.agree(await t.ask(), t.first)).toMatchObject({ state: 'holds', asDeputy: true });
    const other = await town();
    await other.withOrder();
    await other.declare(other.first, other.after(HOUR));
    const id = await other.ask();
    other.clock.advance(HOUR);
    expect(await code(other.agree(id, other.first))).toBe('forbidden');
    expect(await other.told('exceptionRefused')).toMatchObject([{ actor: { personId: other.first.personId }, fields: { act: 'agree', exceptionId: id, refusal: 'forbidden' } }]);
  });
});

describe('the end of an exception', () => {
  it('by one person ends the session at once, and nobody enters by it again', async () => {
    const t = await town();
    const id = await t.given();
    await t.prove();
    const { id: leaseId } = await t.enter();
    const ended = await t.endIt(id, await t.officer('security-officer'));
    expect(ended).toMatchObject({ state: 'ended', endReason: '用が済んだ', sessions: 0 });
    expect(await t.lease(leaseId)).toMatchObject({ state: 'ended', endedBecause: 'exception-ended' });
    expect(await reasonsFrom(t.enter())).toEqual(['exception-required']);
    expect(await code(t.endIt(id))).toBe('exception-closed');
    expect(await code(t.agree(id))).toBe('exception-closed');
    expect(await t.told('exceptionEnded')).toMatchObject([{ code: 'SKA-5020', fields: { exceptionId: id, reason: '用が済んだ' } }]);
  });

  it('ends the session also where it was written down without the program', async () => {
    const t = await town();
    const id = await t.given();
    await t.prove();
    const { id: leaseId } = await t.enter();
    await t.place.review.run();
    expect((await t.lease(leaseId)).state).toBe('granted');
    await sql`insert into zone_exception_end (exception_id, organisation_id, reason, ended_by, ended_at) values (${id}, ${t.organisation.id}, '保守', ${t.approver.personId}, ${t.clock.now()})`.execute(test.database);
    await t.place.review.run();
    expect(await t.lease(leaseId)).toMatchObject({ state: 'ended', endedBecause: 'exception-ended' });
  });

  it('by time ends the session with notice of the level\'s grace', async () => {
    const t = await town();
    await t.given(HOUR);
    await t.prove();
    const { id: leaseId } = await t.enter();
    const until = t.after(HOUR);
    await t.place.review.run();
    expect(await t.lease(leaseId)).not.toHaveProperty('closingAt');
    t.clock.advance(HOUR - 300);
    await t.place.review.run();
    expect(await t.lease(leaseId)).toMatchObject({ closingAt: until, closingBecause: 'exception-ended' });
    // A level that changes meanwhile takes the notice back from nobody.
    await t.raise('1');
    await t.place.review.run();
    expect(await t.lease(leaseId)).toMatchObject({ closingAt: until });
    expect(await t.told('leaseClosing')).toHaveLength(1);
    t.clock.advance(300);
    await t.place.sweeper.sweep();
    expect(await t.lease(leaseId)).toMatchObject({ state: 'ended', endedBecause: 'exception-ended' });
    expect(await reasonsFrom(t.enter())).toEqual(['exception-required']);
  });

  it('leaves sessions alone while it holds, whatever level or policy changes', async () => {
    const t = await town();
    await t.given();
    await t.prove();
    const { id: leaseId } = await t.enter();
    await t.raise('2');
    await t.place.review.run();
    await t.tighten('0');
    await t.place.review.run();
    expect((await t.lease(leaseId)).state).toBe('granted');
    expect(await t.lease(leaseId)).not.toHaveProperty('closingAt');
  });

  it('by somebody and an agreement at once: one comes first', async () => {
    for (let round = 0; round < 5; round += 1) {
      const t = await town();
      const id = await t.ask();
      const outcome = (step: Promise<unknown>) => step.then(() => 'done', (error: { code: string }) => error.code);
      const [agreed, ended] = await Promise.all([outcome(t.agree(id)), outcome(t.endIt(id))]);
      expect(ended).toBe('done');
      expect(['done', 'exception-closed']).toContain(agreed);
      expect((await t.exceptions.list({ person: t.proposer, open: false })).items).toMatchObject([{ state: 'ended' }]);
      await t.prove();
      expect(await reasonsFrom(t.enter())).toEqual(['exception-required']);
    }
  });

  it('of two who agree at once, one does', async () => {
    const t = await town();
    const id = await t.ask();
    const another = await t.officer('activation-authority');
    const ends = await Promise.all([t.approver, another].map((by) => t.agree(id, by).then(() => 'done', (error: { code: string }) => error.code)));
    expect(ends.toSorted()).toEqual(['done', 'exception-closed']);
    expect(await t.told('exceptionAgreed')).toHaveLength(1);
  });
});

describe('the database refuses by itself', () => {
  it('an agreement by who asked or who uses it, without the right, for longer than was asked, or of an exception that was ended', async () => {
    const t = await town();
    const id = await t.ask();
    const row = (change: object = {}) =>
      test.database
        .insertInto('zone_exception_agreement')
        .values({ exception_id: id, organisation_id: t.organisation.id, person_id: t.person.personId, asked_by: t.proposer.personId, agreed_by: t.approver.personId, as_deputy: null, agreed_at: t.clock.now(), until: t.after(HOUR), ...change })
        .execute();
    await expect(row({ agreed_by: t.proposer.personId })).rejects.toMatchObject({ code: '23001' });
    await expect(row({ agreed_by: t.first.personId })).rejects.toMatchObject({ constraint: 'level_act_is_rightful' });
    await expect(row({ until: t.after(3 * HOUR) })).rejects.toMatchObject({ constraint: 'zone_exception_is_open' });
    await expect(row({ until: t.after(9 * HOUR) })).rejects.toMatchObject({ code: expect.stringMatching(/^23/) });
    await expect(row({ agreed_at: t.after(-HOUR) })).rejects.toMatchObject({ constraint: 'zone_exception_is_open' });
    await expect(row({ asked_by: t.first.personId })).rejects.toMatchObject({ code: '23503' });
    await t.endIt(id);
    await expect(row()).rejects.toMatchObject({ constraint: 'zone_exception_is_open' });
    for (const statement of [sql`update zone_exception set seconds = 28800`, sql`delete from zone_exception_end`, sql`update zone_exception_agreement set until = until + interval '1 hour'`]) await expect(statement.execute(test.database)).rejects.toMatchObject({ code: '23001' });
  });

  it('one for a duty of another zone, or asked for by somebody who heads nothing', async () => {
    const t = await town();
    const ordinary = await addDuty(test.database, t.organisation, 'lgwan', 'P1');
    const row = (change: object) =>
      test.database
        .insertInto('zone_exception')
        .values({ id: crypto.randomUUID(), organisation_id: t.organisation.id, person_id: t.person.personId, unit_id: t.organisation.unitId, duty_id: t.dutyId, seconds: HOUR, reason: '発行', asked_by: t.proposer.personId, asked_at: t.clock.now(), closes_at: t.after(HOUR), ...change })
        .execute();
    await expect(row({ duty_id: ordinary })).rejects.toMatchObject({ constraint: 'zone_exception_of_my_number' });
    await expect(row({ asked_by: t.approver.personId })).rejects.toMatchObject({ constraint: 'level_act_is_rightful' });
    await expect(row({ seconds: 8 * HOUR + 1 })).rejects.toMatchObject({ code: '23514' });
    await row({});
  });
});
