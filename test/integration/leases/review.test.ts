import { randomUUID } from 'node:crypto';
import { sql } from '../../../broker/store/index.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { addDesktop, addDuty, addPerson, addPool, guacds, operator, originAt, standingClock, testPolicy } from '../../support/office.ts';
import { reasonsFrom } from '../../support/refusal-of.ts';
import { createTown, townPolicy } from '../../support/town.ts';
import { createWorkplace } from '../../support/workplace.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

/** Ordinary work may be done from home from level 2 on; work of class PX stops there. */
async function town() {
  const clock = standingClock();
  const { classes } = testPolicy();
  const policy = { ...townPolicy(), classes: { ...classes, P5: { ...classes.P5, outsideFromLevel: 2 as const } } };
  const levels = await createTown({ database: test.database, clock, policy: () => policy });
  const place = await createWorkplace({ database: test.database, clock, policy, organisation: levels.organisation });
  const person = await place.newcomer();
  const desktopId = await addDesktop(place, place.organisation, { to: [person] });
  const get = (leaseId: string, of = person) => place.leases.get({ person: of, leaseId });
  return { ...place, levels, person, desktopId, get };
}

describe('a changed level', () => {
  it('gives notice to the sessions that it does not allow any longer, and ends them after the grace', async () => {
    const { levels, person, desktopId, work, ask, get, review, sweeper, clock, trail, rows } = await town();
    expect(await reasonsFrom(ask(person, { desktopId }, 'home'))).toEqual(['level-too-low']);
    await levels.raise('2');
    const { leaseId } = await work(person, { desktopId }, 'home');
    expect(await rows()).toMatchObject([{ level: '2' }]);
    await review.run();
    expect(await get(leaseId)).not.toHaveProperty('closingAt');
    await levels.tighten('0');
    await review.run();
    const closingAt = new Date(clock.now().getTime() + 300_000);
    expect(await get(leaseId)).toMatchObject({ state: 'active', closingAt, closingBecause: 'level-too-low' });
    clock.advance(100);
    await review.run();
    expect(await get(leaseId)).toMatchObject({ closingAt });
    clock.advance(200);
    await sweeper.sweep();
    expect(await get(leaseId)).toMatchObject({ state: 'ended', endedBecause: 'level-too-low' });
    expect((await trail(leaseId)).slice(-2)).toMatchObject([{ code: 'SKA-4009', event: 'leaseClosing' }, { event: 'leaseEnded', fields: { why: 'level-too-low' } }]);
  });

  it('that is raised again before the grace is over lets them go on', async () => {
    const { levels, person, desktopId, work, get, review, sweeper, clock, trail } = await town();
    await levels.raise('2');
    const { leaseId } = await work(person, { desktopId }, 'home');
    await levels.tighten('0');
    await review.run();
    clock.advance(200);
    await levels.raise('2');
    await review.run();
    expect(await get(leaseId)).not.toHaveProperty('closingAt');
    clock.advance(200);
    await sweeper.sweep();
    expect((await get(leaseId)).state).toBe('active');
    expect((await trail(leaseId)).at(-1)).toMatchObject({ code: 'SKA-4010', event: 'leaseKept' });
  });

  it('leaves alone who works where the level does not matter, and other organisations', async () => {
    const [one, other] = [await town(), await town()];
    for (const { levels } of [one, other]) await levels.raise('2');
    const inOffice = await one.work(one.person, { desktopId: one.desktopId }, 'office');
    const elsewhere = await other.work(other.person, { desktopId: other.desktopId }, 'home');
    await one.levels.tighten('0');
    await one.review.run();
    expect(await one.get(inOffice.leaseId)).not.toHaveProperty('closingAt');
    expect(await one.rows()).toMatchObject([{ level: '0', level_number: 2 }]);
    expect(await other.get(elsewhere.leaseId)).not.toHaveProperty('closingAt');
  });

  it('stops the classes that it suspends, with the shorter grace of level 3', async () => {
    const { levels, work, get, review, clock, newcomer, organisation, ...place } = await town();
    const dutyId = await addDuty(test.database, organisation, 'internet', 'PX');
    const person = await newcomer(dutyId);
    const desktopId = await addDesktop(place, organisation, { to: [person] });
    const { leaseId } = await work(person, { desktopId, dutyId });
    await levels.raise('3');
    await review.run();
    expect(await get(leaseId, person)).toMatchObject({ closingAt: new Date(clock.now().getTime() + 60_000), closingBecause: 'class-suspended' });
  });

  it('in the hands of a person who comes back from another site counts there', async () => {
    const { levels, person, desktopId, work, leave, get, review, leases } = await town();
    await levels.raise('2');
    const claim = await work(person, { desktopId }, 'home');
    await levels.tighten('0');
    await review.run();
    await leave(claim, 'left');
    const again = (site: 'home' | 'office') => leases.claim({ person, leaseId: claim.leaseId, origin: originAt(site), guacds });
    expect(await reasonsFrom(again('home'))).toEqual(['level-too-low']);
    expect(await reasonsFrom(again('office'))).toEqual([]);
    expect(await get(claim.leaseId)).not.toHaveProperty('closingAt');
  });
});

describe('what ends at once', () => {
  it.each<[string, string, (of: Awaited<ReturnType<typeof town>>) => Promise<unknown>]>([
    ['everybody of the unit was sent away', 'entry-stopped', ({ organisation, levels, clock }) => stopEntry(organisation, organisation.unitId, levels.proposer.personId, clock.now())],
    ['everybody of the organisation was sent away', 'entry-stopped', ({ organisation, levels, clock }) => stopEntry(organisation, null, levels.proposer.personId, clock.now())],
    ['the role of staff was revoked', 'role-not-held', ({ person }) => test.database.deleteFrom('role_grant').where('person_id', '=', person.personId).execute()],
    ['the account is disabled', 'account-disabled', ({ person }) => test.database.updateTable('person').set({ status: 'disabled' }).where('id', '=', person.personId).execute()],
    ['the desktop is disabled', 'desktop-disabled', ({ desktopId }) => test.database.updateTable('desktop').set({ status: 'disabled' }).where('id', '=', desktopId).execute()],
    ['the duty was taken away', 'duty-not-held', ({ person }) => test.database.deleteFrom('duty_assignment').where('person_id', '=', person.personId).execute()],
    ['the desktop was taken away', 'desktop-not-assigned', ({ desktopId }) => test.database.deleteFrom('desktop_assignment').where('desktop_id', '=', desktopId).execute()],
  ])('is a session once %s, however it came about', async (_, because, change) => {
    const place = await town();
    const { leaseId } = await place.work(place.person, { desktopId: place.desktopId });
    const bystander = await town();
    const other = await bystander.work(bystander.person, { desktopId: bystander.desktopId });
    await change(place);
    await place.review.run();
    expect(await place.get(leaseId)).toMatchObject({ state: 'ended', endedBecause: because });
    expect((await bystander.get(other.leaseId)).state).toBe('active');
    expect(await reasonsFrom(place.ask(place.person, { desktopId: place.desktopId }))).toEqual([because]);
  });

  it('is a session by a pool once the person has moved to a unit that does not have it', async () => {
    const { organisation, work, get, review, clock, ask, newcomer, ...place } = await town();
    const person = await newcomer();
    const poolId = await addPool(place, organisation, { toAll: true });
    await addDesktop(place, organisation, { poolId, ask: true });
    const { leaseId } = await work(person, { poolId });
    await review.run();
    expect((await get(leaseId, person)).state).toBe('active');
    const below = randomUUID();
    await test.database.insertInto('unit').values({ id: below, organisation_id: organisation.id, parent_id: organisation.unitId, name: '係', created_at: clock.now() }).execute();
    await move(person.personId, below);
    await review.run();
    expect((await get(leaseId, person)).state).toBe('active');
    const beside = randomUUID();
    await test.database.insertInto('unit').values({ id: beside, organisation_id: organisation.id, parent_id: null, name: '別の課', created_at: clock.now() }).execute();
    await move(person.personId, beside);
    await review.run();
    expect(await get(leaseId, person)).toMatchObject({ endedBecause: 'desktop-not-assigned' });
    expect(await reasonsFrom(ask(person, { poolId }))).toEqual(['desktop-not-assigned']);
  });

  it('lets in again whom two people let in again', async () => {
    const { organisation, levels, clock, ask, person, desktopId } = await town();
    const stopId = await stopEntry(organisation, null, levels.proposer.personId, clock.now());
    expect(await reasonsFrom(ask(person, { desktopId }))).toEqual(['entry-stopped']);
    const asked = { stop_id: stopId, organisation_id: organisation.id, asked_by: levels.proposer.personId, asked_at: clock.now(), reason: '安全を確認' };
    await test.database.insertInto('entry_release').values({ ...asked, agreed_by: null, agreed_at: null }).execute();
    expect(await reasonsFrom(ask(person, { desktopId }))).toEqual(['entry-stopped']);
    await sql`update entry_release set agreed_by = ${levels.approver.personId}, agreed_at = ${clock.now()} where stop_id = ${stopId}`.execute(test.database);
    expect(await reasonsFrom(ask(person, { desktopId }))).toEqual([]);
  });

  it('is refused to who holds no role of staff', async () => {
    const { organisation, ask, desktopsAdmin, desktopId } = await town();
    const officer = await addPerson(test.database, organisation, new Date(), ['security-officer']);
    await desktopsAdmin.assign({ organisationId: organisation.id, desktopId, personId: officer.personId }, operator);
    expect(await reasonsFrom(ask(officer, { desktopId }))).toContain('role-not-held');
  });
});

async function stopEntry(organisation: { id: string }, unitId: string | null, by: string, at: Date): Promise<string> {
  const id = randomUUID();
  await test.database.insertInto('entry_stop').values({ id, organisation_id: organisation.id, unit_id: unitId, reason: '侵入の疑い', stopped_by: by, stopped_at: at }).execute();
  return id;
}

const move = (personId: string, unitId: string) => test.database.updateTable('person').set({ unit_id: unitId }).where('id', '=', personId).execute();
