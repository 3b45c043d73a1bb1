import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { refusalOf } from '../../support/identity.ts';
import { addDuty, addPerson, giveDuty } from '../../support/office.ts';
import { createTown } from '../../support/town.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

const newTown = () => createTown({ database: test.database });

describe('what was', () => {
  it('is listed, newest first, with names, page by page', async () => {
    const town = await newTown();
    await town.raise('1');
    await town.raise('3');
    await town.tighten('2');
    await town.tighten('0');
    const { items, next } = await town.continuity.history({ person: town.proposer });
    expect(next).toBeNull();
    expect(items).toMatchObject([
      { number: 4, how: 'tightened', level: '0', actedBy: '関 守', approvedBy: [] },
      { number: 3, how: 'tightened', level: '2' },
      { number: 2, how: 'approved', level: '3', baseLevel: '3', proposedBy: '関 守', approvedBy: ['関 守'], event: 'earthquake' },
      { number: 1, how: 'approved', level: '1' },
    ]);
    const first = await town.continuity.history({ person: town.proposer, limit: 3 });
    expect(first.items).toEqual(items.slice(0, 3));
    const second = await town.continuity.history({ person: town.proposer, limit: 3, cursor: first.next! });
    expect([second.items, second.next]).toEqual([items.slice(3), null]);
    for (const cursor of ['', '0', '-1', '1e3', 'x'.repeat(1_000)]) expect((await refusalOf(town.continuity.history({ person: town.proposer, cursor }))).code).toBe('request-invalid');
  });

  it('is seen by those who watch the level, and by nobody else', async () => {
    const town = await newTown();
    for (const role of ['shelter-manager', 'security-officer', 'auditor'] as const) {
      const person = await town.person(role);
      expect((await town.situation(person)).may).toEqual({ propose: false, approve: false, tighten: false, provisional: false });
    }
    for (const role of ['staff', 'unit-head', 'system-admin'] as const) {
      const person = await town.person(role);
      expect((await refusalOf(town.situation(person))).code).toBe('forbidden');
      expect((await refusalOf(town.continuity.history({ person }))).code).toBe('forbidden');
      expect((await refusalOf(town.continuity.preview({ person, level: '2', provisional: false }))).code).toBe('forbidden');
    }
    expect((await town.situation(town.approver)).may).toEqual({ propose: true, approve: true, tighten: true, provisional: true });
    expect((await town.situation(town.proposer)).may).toEqual({ propose: true, approve: false, tighten: true, provisional: true });
  });
});

describe('the situation', () => {
  it('counts the people of each duty and says when it is due', async () => {
    const town = await newTown();
    const dutyId = await addDuty(test.database, town.organisation, 'lgwan', 'P1');
    for (let n = 0; n < 3; n += 1) await giveDuty(test.database, await addPerson(test.database, town.organisation), dutyId);
    const idle = await addPerson(test.database, town.organisation);
    await giveDuty(test.database, idle, dutyId);
    await test.database.updateTable('person').set({ status: 'disabled' }).where('id', '=', idle.personId).execute();
    expect((await town.situation()).duties).toEqual([{ dutyId, name: `業務 ${dutyId}`, class: 'P1', zone: 'lgwan', people: 3, sessions: 0, turnedAway: 0 }]);
    const { inForce, duties } = await town.raise('2');
    expect(duties[0]!.dueAt).toEqual(new Date(inForce.onset!.getTime() + 10_800_000));
    await test.database.updateTable('duty').set({ target_seconds: 60 }).where('id', '=', dutyId).execute();
    expect((await town.situation()).duties[0]!.dueAt).toEqual(new Date(inForce.onset!.getTime() + 60_000));
    await test.database.updateTable('duty').set({ status: 'retired' }).where('id', '=', dutyId).execute();
    expect((await town.situation()).duties).toEqual([]);
  });

  it('counts those who were turned away within the hour for want of a seat or a level', async () => {
    const town = await newTown();
    const dutyId = await addDuty(test.database, town.organisation);
    const decision = (outcome: 'admit' | 'wait' | 'refuse', reasons: readonly string[], secondsAgo: number) =>
      test.database
        .insertInto('admission_decision')
        .values({ id: crypto.randomUUID(), organisation_id: town.organisation.id, unit_id: town.organisation.unitId, person_id: town.proposer.personId, sign_in_id: town.proposer.signInId, desktop_id: null, pool_id: null, duty_id: dutyId, lease_id: null, at: town.after(-secondsAgo), outcome, reasons: reasons as never, policy_version: 'v', level: '0', site: 'home', address: '192.0.2.1', inputs: '{}' })
        .execute();
    await decision('wait', ['no-seat-free'], 10);
    await decision('refuse', ['level-too-low'], 3_599);
    await decision('refuse', ['account-disabled'], 10);
    await decision('refuse', ['level-too-low'], 3_601);
    await decision('admit', [], 10);
    expect((await town.situation()).duties[0]!.turnedAway).toBe(2);
  });
});
