import { createTrail } from '../../../broker/audit/index.ts';
import { randomIds } from '../../../broker/environment.ts';
import { createPhaseClock, createPhases } from '../../../broker/phases/index.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { addDuty, addPerson, giveDuty, silentLog } from '../../support/office.ts';
import { createTown, townPolicy } from '../../support/town.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

const HOUR = 3_600;

const rules = () => {
  const policy = townPolicy();
  return { ...policy, levels: { ...policy.levels, '2': { ...policy.levels['2'], due: 'by-target' as const } } };
};

async function phasedTown() {
  const { database } = test;
  const town = await createTown({ database, policy: rules });
  const policy = { current: () => Promise.resolve(rules()) };
  const make = () => createPhaseClock({ database, trail: createTrail({ clock: town.clock, ids: randomIds }), clock: town.clock, policy, log: silentLog });
  const person = await addPerson(database, town.organisation, town.clock.now());
  const [p1, p2] = [await addDuty(database, town.organisation, 'internet', 'P1'), await addDuty(database, town.organisation, 'internet', 'P2')];
  for (const duty of [p1, p2]) await giveDuty(database, person, duty);
  const told = async () => (await town.events()).filter(({ event }) => event === 'dutyDue').map(({ fields }) => fields['dutyId']);
  return { town, person, p1, p2, told, make, own: createPhases({ database, clock: town.clock, policy }).own };
}

describe('the phase clock', () => {
  it('says of each duty when it becomes due, and tells it once when it is, whichever process comes first', async () => {
    const { town, person, p2, told, make, own } = await phasedTown();
    expect(await own(person)).toEqual([]);
    await town.raise('2', { onset: town.clock.now() });
    const before = townPolicy().durations.dueBefore;
    const [, second] = await own(person);
    expect(second).toMatchObject({ dutyId: p2, class: 'P2', due: false, dueAt: town.after(24 * HOUR - before) });
    await make().run();
    expect(await told()).not.toContain(p2);

    town.clock.advance(24 * HOUR - before);
    await Promise.all([make(), make(), make()].map((process) => process.run()));
    expect((await told()).filter((duty) => duty === p2)).toHaveLength(1);
    expect(await own(person)).toContainEqual(expect.objectContaining({ dutyId: p2, due: true }));
    await make().run();
    expect((await told()).filter((duty) => duty === p2)).toHaveLength(1);
    // News for a day.
    town.clock.advance(24 * HOUR + 1);
    expect((await own(person)).map(({ dutyId }) => dutyId)).not.toContain(p2);
  });

  it('tells nothing of what was due when the level began, nor at level 0', async () => {
    const { town, person, told, make, own } = await phasedTown();
    await make().run();
    await town.raise('2', { onset: new Date(town.clock.now().getTime() - 40 * HOUR * 1000) });
    await make().run();
    expect(await told()).toEqual([]);
    expect(await own(person)).toEqual([]);
  });

  it('is kept by the database: a telling is neither changed nor deleted', async () => {
    const { town, p2, make } = await phasedTown();
    await town.raise('2', { onset: town.clock.now() });
    town.clock.advance(24 * HOUR);
    await make().run();
    await expect(test.database.deleteFrom('duty_due').where('duty_id', '=', p2).execute()).rejects.toThrow('append-only');
  });
});
