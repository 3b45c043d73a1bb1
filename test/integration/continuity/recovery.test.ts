import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { refusalOf } from '../../support/identity.ts';
import { addDesktop, addDuty, giveDuty, standingClock } from '../../support/office.ts';
import { createTown, townPolicy } from '../../support/town.ts';
import { createWorkplace } from '../../support/workplace.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

/** P4 is back half an hour after recovery began. */
async function town() {
  const clock = standingClock();
  const { levels: rules, ...rest } = townPolicy();
  const policy = { ...rest, levels: { ...rules, '2': { ...rules['2'], suspended: ['P4', 'P5', 'PX'] as const }, R: { ...rules.R, stages: { P4: 1_800, P5: 3_600 } } } };
  const levels = await createTown({ database: test.database, clock, policy: () => policy });
  const place = await createWorkplace({ database: test.database, clock, policy, organisation: levels.organisation });
  const comer = async (priorityClass: 'P3' | 'P4') => {
    const person = await place.newcomer();
    const dutyId = await addDuty(test.database, levels.organisation, 'internet', priorityClass);
    await giveDuty(test.database, person, dutyId);
    const desktopId = await addDesktop(place, place.organisation, { to: [person] });
    return { person, enter: () => place.ask(person, { desktopId, dutyId }) };
  };
  return { levels, place, clock, comer };
}

describe('recovery', () => {
  it('lets a class in again once its stage has come, tells from when on, and keeps nobody who is at work out', async () => {
    const { levels, place, clock, comer } = await town();
    const [early, urgent] = [await comer('P4'), await comer('P3')];
    const { id: leaseId } = await early.enter();
    await levels.raise('2');
    await levels.tighten('R');
    const back = levels.after(1_800);
    await urgent.enter();
    const late = await comer('P4');
    const refusal = await refusalOf(late.enter());
    expect(refusal).toMatchObject({ code: 'class-not-back-yet', details: { outcome: 'refuse', help: [{ kind: 'time', at: back }] } });
    expect((await place.decisions()).map(({ reasons }) => reasons)).toContainEqual(['class-not-back-yet']);
    await place.review.run();
    expect(await place.leases.get({ person: early.person, leaseId })).not.toHaveProperty('closingAt');
    clock.advance(1_799);
    expect((await refusalOf(late.enter())).code).toBe('class-not-back-yet');
    clock.advance(1);
    await late.enter();
  });

  it('is not begun anew by an extension', async () => {
    const { levels, clock, comer } = await town();
    await levels.raise('2');
    await levels.tighten('R');
    const began = clock.now();
    clock.advance(1_700);
    await levels.raise('R');
    expect(await levels.level()).toMatchObject({ level: 'R', since: clock.now(), began });
    const late = await comer('P4');
    expect(await refusalOf(late.enter())).toMatchObject({ code: 'class-not-back-yet', details: { help: [{ kind: 'time', at: levels.after(100) }] } });
    clock.advance(100);
    await late.enter();
    // Another recovery, after another level, is one of its own.
    await levels.raise('2');
    await levels.tighten('R');
    expect((await levels.level()).began).toBeUndefined();
    expect((await refusalOf((await comer('P4')).enter())).code).toBe('class-not-back-yet');
  });
});
