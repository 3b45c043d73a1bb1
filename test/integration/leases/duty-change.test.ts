import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { addDesktop, addDuty, testPolicy } from '../../support/office.ts';
import { shareOf, testCapacity } from '../../support/policy.ts';
import { reasonsFrom, refusalFrom } from '../../support/refusal-of.ts';
import { createWorkplace } from '../../support/workplace.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

async function withTwoDuties() {
  const place = await createWorkplace({ database: test.database });
  const otherDutyId = await addDuty(test.database, place.organisation);
  const person = await place.newcomer(otherDutyId);
  const [here, there] = [await addDesktop(place, place.organisation, { to: [person] }), await addDesktop(place, place.organisation, { to: [person] })];
  const first = await place.work(person, { desktopId: here });
  return { ...place, person, otherDutyId, here, there, first };
}

describe('a second duty', () => {
  it('ends the session for the first one only when the person has said so, in the same transaction', async () => {
    const { ask, leases, person, otherDutyId, there, first, trail, decisions, rows, clock } = await withTwoDuties();
    clock.advance(1);
    const refusal = await refusalFrom(ask(person, { desktopId: there, dutyId: otherDutyId }));
    expect(refusal).toMatchObject({ code: 'duty-change-ends-session', status: 409, details: { outcome: 'refuse', reasons: ['duty-change-ends-session'] } });
    expect(await leases.get({ person, leaseId: first.leaseId })).toMatchObject({ state: 'active' });
    clock.advance(1);
    const lease = await ask(person, { desktopId: there, dutyId: otherDutyId, changeDuty: true });
    expect(lease).toMatchObject({ state: 'granted', dutyId: otherDutyId });
    expect(await leases.get({ person, leaseId: first.leaseId })).toMatchObject({ state: 'ended', endedBecause: 'duty-changed' });
    expect((await trail(first.leaseId)).at(-1)).toMatchObject({ event: 'leaseEnded', fields: { why: 'duty-changed' } });
    expect((await decisions()).map(({ outcome, reasons, lease_id }) => [outcome, reasons, lease_id])).toEqual([
      ['admit', [], first.leaseId],
      ['refuse', ['duty-change-ends-session'], null],
      ['admit', [], lease.id],
    ]);
    expect(await rows()).toHaveLength(2);
  });

  it('leaves the first session untouched where the new request is refused, and asks nothing then', async () => {
    const { ask, leases, person, otherDutyId, there, first, desktopsAdmin, organisation } = await withTwoDuties();
    await desktopsAdmin.disable({ organisationId: organisation.id, desktopId: there }, { kind: 'operator' });
    expect(await reasonsFrom(ask(person, { desktopId: there, dutyId: otherDutyId }))).toEqual(['desktop-disabled']);
    expect(await reasonsFrom(ask(person, { desktopId: there, dutyId: otherDutyId, changeDuty: true }))).toEqual(['desktop-disabled']);
    expect(await leases.get({ person, leaseId: first.leaseId })).toMatchObject({ state: 'active' });
  });

  it('on the same desktop ends the old lease and grants a new one', async () => {
    const { ask, person, otherDutyId, here, first, leases } = await withTwoDuties();
    expect(await reasonsFrom(ask(person, { desktopId: here, dutyId: otherDutyId }))).toEqual(['duty-change-ends-session']);
    const lease = await ask(person, { desktopId: here, dutyId: otherDutyId, changeDuty: true });
    expect(lease).toMatchObject({ desktopId: here, dutyId: otherDutyId, state: 'granted' });
    expect(lease.id).not.toBe(first.leaseId);
    expect(await leases.get({ person, leaseId: first.leaseId })).toMatchObject({ endedBecause: 'duty-changed' });
  });

  it('may use the seats that the first session gives back', async () => {
    const { ask, person, otherDutyId, there, organisation, setPolicy, ...place } = await withTwoDuties();
    setPolicy(testPolicy({ capacity: testCapacity({ shares: [shareOf(organisation.name, 1)] }) }));
    const colleague = await place.newcomer();
    const desktopId = await addDesktop(place, organisation, { to: [colleague] });
    expect(await reasonsFrom(ask(colleague, { desktopId }))).toEqual(['no-seat-free']);
    expect(await reasonsFrom(ask(person, { desktopId: there, dutyId: otherDutyId }))).toEqual(['duty-change-ends-session']);
    expect(await reasonsFrom(ask(person, { desktopId: there, dutyId: otherDutyId, changeDuty: true }))).toEqual([]);
  });

  it('needs no word where only a second desktop for the same duty is opened', async () => {
    const { ask, person, there, first, leases } = await withTwoDuties();
    expect(await ask(person, { desktopId: there })).toMatchObject({ state: 'granted' });
    expect(await leases.get({ person, leaseId: first.leaseId })).toMatchObject({ state: 'active' });
  });
});
