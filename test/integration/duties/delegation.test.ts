import { createTrail } from '../../../broker/audit/index.ts';
import { createDelegationUpkeep, createDuties } from '../../../broker/duties/index.ts';
import { randomIds } from '../../../broker/environment.ts';
import type { DelegationRules } from '../../../broker/policy/policy.ts';
import type { Role, SignedIn } from '../../../broker/port.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { addDesktop, addDuty, addPerson, giveDuty, originAt, silentLog, standingClock, testPolicy } from '../../support/office.ts';
import { reasonsFrom, refusalFrom } from '../../support/refusal-of.ts';
import { createWorkplace } from '../../support/workplace.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

const DAY = 86_400;
const origin = originAt('office');
const code = async (work: Promise<unknown>) => (await refusalFrom(work))?.code;

async function office({ rules = { longest: 14 * DAY, myNumber: false }, zone = 'internet' }: { rules?: DelegationRules | null; zone?: 'internet' | 'my-number' } = {}) {
  const { database } = test;
  const clock = standingClock();
  const allowed = (given: DelegationRules | null) => (given === null ? {} : { delegation: given });
  let inForce = testPolicy(allowed(rules));
  const place = await createWorkplace({ database, clock, policy: allowed(rules) });
  const { organisation, endLeasesOf, setPolicy } = place;
  const deps = { database, trail: createTrail({ clock, ids: randomIds }), clock, ids: randomIds, endLeasesOf };
  const duties = createDuties({ ...deps, policy: { current: () => Promise.resolve(inForce) } });
  const upkeep = createDelegationUpkeep({ ...deps, log: silentLog });
  const dutyId = await addDuty(database, organisation, zone);
  const person = (...roles: Role[]) => addPerson(database, organisation, clock.now(), roles.length === 0 ? ['staff'] : roles);
  const [holder, colleague] = [await person(), await person()];
  await giveDuty(database, holder, dutyId);
  const desktopId = await addDesktop(place, organisation, { to: [colleague] });
  const after = (seconds: number) => new Date(clock.now().getTime() + seconds * 1000);
  const hand = (change: Partial<Parameters<typeof duties.delegate>[0]> = {}) => duties.delegate({ person: holder, origin, dutyId, toPersonId: colleague.personId, endsAt: after(DAY), reason: '出張のため', ...change });
  const end = (delegationId: string, by: SignedIn, forOthers = false) => duties.endDelegation({ person: by, origin, delegationId, forOthers });
  const enter = () => place.ask(colleague, { desktopId, dutyId });
  const change = (given: DelegationRules | null) => {
    inForce = testPolicy({ ...allowed(given), version: 'c'.repeat(64) });
    setPolicy(inForce);
  };
  return { ...place, duties, upkeep, dutyId, person, holder, colleague, desktopId, after, hand, end, enter, change };
}

describe('a duty that is handed over', () => {
  it('is not handed over in a sign-in by bypass, which it would outlast', async () => {
    const { hand, holder } = await office();
    expect(await code(hand({ person: { ...holder, method: 'bypass' } }))).toBe('bypass-may-not');
  });

  it('is held by the other one in that time only, and no session outlasts it', async () => {
    const { hand, enter, after, clock, upkeep, sweeper, colleague, leases, trail, duties } = await office();
    expect(await reasonsFrom(enter())).toEqual(['duty-not-held']);
    const made = await hand({ beginsAt: after(3_600), endsAt: after(7_200) });
    expect(made).toMatchObject({ state: 'to-come', reason: '出張のため', to: { id: colleague.personId } });
    expect(await reasonsFrom(enter())).toEqual(['duty-not-held']);
    clock.advance(3_600);
    const lease = await enter();
    expect(lease.expiresAt).toEqual(made.endsAt);
    clock.advance(3_600);
    expect(await reasonsFrom(enter())).toEqual(['duty-not-held']);
    await sweeper.sweep();
    expect(await leases.get({ person: colleague, leaseId: lease.id })).toMatchObject({ state: 'ended', endedBecause: 'lease-expired' });
    await upkeep.run();
    await upkeep.run();
    expect((await duties.ownDelegations(colleague)).map(({ state, endedBecause }) => [state, endedBecause])).toEqual([['ended', 'over']]);
    expect((await trail(made.id)).map(({ code: number, event }) => [number, event])).toEqual([['SKA-7002', 'dutyDelegated'], ['SKA-7003', 'delegationEnded']]);
  });

  it('is taken back at once, with the session that rests on it, and may be handed over again', async () => {
    const { hand, end, work, review, colleague, holder, desktopId, dutyId, leases } = await office();
    const made = await hand();
    const { leaseId } = await work(colleague, { desktopId, dutyId });
    await review.run();
    expect(await leases.get({ person: colleague, leaseId })).toMatchObject({ state: 'active' });
    expect(await end(made.id, holder)).toMatchObject({ state: 'ended', endedBecause: 'revoked' });
    expect(await leases.get({ person: colleague, leaseId })).toMatchObject({ state: 'ended', endedBecause: 'duty-not-held' });
    expect(await end(made.id, colleague)).toMatchObject({ endedBecause: 'revoked' });
    const again = await hand();
    expect(await end(again.id, colleague)).toMatchObject({ endedBecause: 'given-back' });
  });

  it('does not end the session of one who has been assigned to it by then', async () => {
    const { hand, end, work, colleague, holder, desktopId, dutyId, leases } = await office();
    const made = await hand();
    const { leaseId } = await work(colleague, { desktopId, dutyId });
    await giveDuty(test.database, colleague, dutyId);
    await end(made.id, holder);
    expect(await leases.get({ person: colleague, leaseId })).toMatchObject({ state: 'active' });
  });

  it('is not handed on, not to oneself, not to who has it, not twice, and not for longer than allowed', async () => {
    const { hand, person, colleague, holder, dutyId, after } = await office();
    const third = await person();
    await hand();
    expect(await code(hand({ person: colleague, toPersonId: third.personId }))).toBe('not-found');
    expect(await code(hand({ toPersonId: holder.personId }))).toBe('request-invalid');
    expect(await code(hand())).toBe('conflict');
    await giveDuty(test.database, third, dutyId);
    expect(await code(hand({ toPersonId: third.personId }))).toBe('conflict');
    const fourth = await person();
    expect(await code(hand({ toPersonId: fourth.personId, endsAt: after(14 * DAY + 1) }))).toBe('span-too-long');
    expect(await code(hand({ toPersonId: fourth.personId, beginsAt: after(15 * DAY), endsAt: after(16 * DAY) }))).toBe('span-too-long');
    expect(await code(hand({ toPersonId: fourth.personId, endsAt: after(0) }))).toBe('request-invalid');
    expect(await code(hand({ toPersonId: fourth.personId, reason: ' ' }))).toBe('request-invalid');
    expect(await code(hand({ toPersonId: (await person('auditor')).personId }))).toBe('not-found');
  });

  it('goes to one person once, however many hand it over at the same moment', async () => {
    const { hand, person, dutyId } = await office();
    const holders = await Promise.all([1, 2, 3, 4, 5].map(() => person()));
    for (const one of holders) await giveDuty(test.database, one, dutyId);
    const outcomes = await Promise.all(holders.map((one) => code(hand({ person: one }))));
    expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'conflict')).toHaveLength(4);
  });

  it('that is taken back while somebody enters leaves nobody inside', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { hand, end, enter, holder, rows } = await office();
      const made = await hand();
      await Promise.allSettled([enter(), end(made.id, holder)]);
      expect((await rows()).filter(({ state }) => state !== 'ended')).toEqual([]);
    }
  });

  it('of the zone My Number is refused, unless the policy says so, and no longer entered once it says otherwise', async () => {
    const strict = await office({ zone: 'my-number' });
    expect(await code(strict.hand())).toBe('delegation-not-for-zone');
    const loose = await office({ zone: 'my-number', rules: { longest: DAY, myNumber: true } });
    await loose.hand();
    const lease = await loose.enter();
    loose.change({ longest: DAY, myNumber: false });
    await loose.review.run();
    expect(await loose.leases.get({ person: loose.colleague, leaseId: lease.id })).toMatchObject({ state: 'ended', endedBecause: 'delegation-not-for-zone' });
    expect(await reasonsFrom(loose.enter())).toEqual(['delegation-not-for-zone']);
  });

  it('is refused by a policy that says nothing of it', async () => {
    expect(await code((await office({ rules: null })).hand())).toBe('delegation-not-allowed');
  });

  it('ends with what it rests on: the duty or the account of the one who handed it over', async () => {
    const { hand, enter, review, upkeep, holder, colleague, dutyId, leases, duties } = await office();
    await hand();
    const lease = await enter();
    await test.database.deleteFrom('duty_assignment').where('person_id', '=', holder.personId).where('duty_id', '=', dutyId).execute();
    expect(await reasonsFrom(enter())).toEqual(['duty-not-held']);
    await review.run();
    expect(await leases.get({ person: colleague, leaseId: lease.id })).toMatchObject({ state: 'ended', endedBecause: 'duty-not-held' });
    await upkeep.run();
    await giveDuty(test.database, holder, dutyId);
    expect(await duties.ownDelegations(holder)).toMatchObject([{ state: 'ended', endedBecause: 'no-longer-held' }]);
    await hand();
    await enter();
    await test.database.updateTable('person').set({ status: 'disabled' }).where('id', '=', holder.personId).execute();
    expect(await reasonsFrom(enter())).toEqual(['duty-not-held']);
  });

  it('by the head of the unit is between people of the unit', async () => {
    const { hand, end, person, holder, colleague, duties, organisation } = await office();
    const head = await person('unit-head');
    expect(await code(hand({ person: colleague, fromPersonId: holder.personId }))).toBe('forbidden');
    const made = await hand({ person: head, fromPersonId: holder.personId });
    expect(made).toMatchObject({ from: { id: holder.personId }, madeBy: head.displayName });
    expect((await duties.delegations({ person: head, standing: 'open' })).items.map(({ id }) => id)).toEqual([made.id]);
    const elsewhere = { id: randomIds.uuid(), organisation_id: organisation.id, parent_id: null, name: '防災課', created_at: new Date() };
    await test.database.insertInto('unit').values(elsewhere).execute();
    await test.database.updateTable('role_grant').set({ unit_id: elsewhere.id }).where('person_id', '=', head.personId).execute();
    const narrow = { ...head, grants: [{ role: 'unit-head', organisationId: organisation.id, unitId: elsewhere.id, unitIds: [elsewhere.id] }] } as const;
    expect(await code(end(made.id, narrow, true))).toBe('not-found');
    expect(await code(hand({ person: narrow, fromPersonId: holder.personId }))).toBe('not-found');
    expect((await duties.delegations({ person: narrow })).items).toEqual([]);
    expect(await duties.delegates({ person: narrow, forOthers: true })).toEqual([]);
    expect((await duties.delegates({ person: holder, forOthers: false })).map(({ id }) => id)).toEqual([colleague.personId]);
  });

  it('gives no role: whoever is not staff gets none', async () => {
    const { hand, enter, colleague } = await office();
    await hand();
    await test.database.deleteFrom('role_grant').where('person_id', '=', colleague.personId).execute();
    expect(await reasonsFrom(enter())).toEqual(['role-not-held']);
  });
});

describe('the store', () => {
  it('refuses a delegation of what the delegator was handed, to oneself, and any change but the end', async () => {
    const { hand, holder, colleague, person, dutyId, organisation, clock, after } = await office();
    const { id } = await hand();
    const third = await person();
    const insert = (delegatorId: string, delegateId: string) =>
      test.database
        .insertInto('delegation')
        .values({ id: randomIds.uuid(), organisation_id: organisation.id, duty_id: dutyId, delegator_id: delegatorId, delegate_id: delegateId, made_by: delegatorId, reason: 'x', made_at: clock.now(), begins_at: clock.now(), ends_at: after(60), ended_at: null, ended_because: null, ended_by: null })
        .execute();
    await expect(insert(colleague.personId, third.personId)).rejects.toThrow('by assignment');
    await expect(insert(holder.personId, holder.personId)).rejects.toThrow('delegation_to_another');
    const set = (change: object) => test.database.updateTable('delegation').set(change).where('id', '=', id).execute();
    await expect(set({ ends_at: after(9 * DAY) })).rejects.toThrow('append-only');
    await set({ ended_at: clock.now(), ended_because: 'over' });
    await expect(set({ ended_at: null, ended_because: null })).rejects.toThrow('append-only');
    await expect(test.database.deleteFrom('delegation').where('id', '=', id).execute()).rejects.toThrow('append-only');
  });
});
