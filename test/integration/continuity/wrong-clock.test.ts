import { databaseTime } from '../../../broker/continuity/index.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { refusalOf } from '../../support/identity.ts';
import { insertChange } from '../../support/level-rows.ts';
import { standingClock } from '../../support/office.ts';
import { createSuccessionTown } from '../../support/succession-town.ts';
import { createTown, origin } from '../../support/town.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

const code = async (step: Promise<unknown>) => (await refusalOf(step)).code;
const told = async (town: { events: Awaited<ReturnType<typeof createTown>>['events'] }) => (await town.events()).filter(({ event }) => event === 'clockUntrusted');

describe('a clock that is not the database\'s', () => {
  it.each([
    ['behind', -600],
    ['ahead', 600],
  ])('%s: nothing is proposed, approved or lowered, and it is recorded and alarmed', async (_, seconds) => {
    const right = await createTown({ database: test.database, clock: standingClock(new Date()), databaseTime });
    await right.raise('1');
    const { id } = await right.propose('2');
    right.clock.advance(seconds);
    expect(await code(right.approve(id))).toBe('clock-untrusted');
    expect(await code(right.propose('3'))).toBe('clock-untrusted');
    expect(await code(right.tighten('0'))).toBe('clock-untrusted');
    expect(await code(right.withdraw(id))).toBe('clock-untrusted');
    expect(await code(right.alone(id))).toBe('clock-untrusted');
    expect(await right.changes()).toHaveLength(1);
    const [alarm, ...more] = await told(right);
    expect(more.length).toBeLessThan(5);
    expect(alarm).toMatchObject({ code: 'SKA-5017', actor: { kind: 'system' } });
    expect(Math.abs(Number(alarm!.fields['secondsFromDatabase']) - seconds)).toBeLessThan(60);
    expect(right.logged.map(({ fields }) => fields?.['kind'])).toContain('clock');
    expect((await right.events()).filter(({ event }) => event === 'approvalRefused')).toMatchObject([{ fields: { refusal: 'clock-untrusted' } }]);
    // Set right, everything goes on.
    right.clock.advance(-seconds);
    await right.approve(id);
    expect(await right.level()).toMatchObject({ level: '2' });
  });

  it('by less than a minute is no matter', async () => {
    const town = await createTown({ database: test.database, clock: standingClock(new Date(Date.now() - 20_000)), databaseTime });
    await town.raise('2');
    town.clock.advance(-10);
    await town.tighten('1');
    const [first, second] = await town.changes();
    expect(second!.since).toEqual(first!.since);
    expect(await told(town)).toEqual([]);
  });

  it('begins no deputyship and gives no exception', async () => {
    const town = await createSuccessionTown(test.database, { databaseTime });
    await town.withOrder();
    town.clock.advance(-600);
    expect(await code(town.handOver(town.first))).toBe('clock-untrusted');
    expect(await code(town.declare(town.first))).toBe('clock-untrusted');
    expect(await code(town.order([town.second]))).toBe('clock-untrusted');
  });

  it('lets no level fall, and the clock of levels tells so once a minute', async () => {
    const town = await createTown({ database: test.database, clock: standingClock(new Date()), databaseTime });
    await town.raise('3');
    town.clock.advance(25 * 3_600);
    await town.levelClock.run();
    await town.levelClock.run();
    expect(await town.changes()).toHaveLength(1);
    expect(town.logged).toHaveLength(1);
    town.clock.advance(60);
    await town.levelClock.run();
    expect(town.logged).toHaveLength(2);
  });
});

describe('a clock that was set back behind what is written', () => {
  it('writes nothing, is recorded with by how much, and alarmed', async () => {
    const town = await createTown({ database: test.database });
    await town.raise('2');
    const { id } = await town.propose('3');
    town.clock.advance(-3_600);
    expect(await code(town.approve(id))).toBe('clock-untrusted');
    expect(await code(town.continuity.tighten({ person: town.fresh(town.proposer), level: '0', reason: '復旧', origin }))).toBe('clock-untrusted');
    // Each kind of act tells it once a minute.
    const fields = { secondsFromDatabase: 0, secondsFromLastChange: -3_600 };
    expect(await told(town)).toMatchObject([{ fields }, { fields }]);
    expect(town.logged).toHaveLength(2);
    expect(await town.changes()).toHaveLength(1);
  });

  it('is refused by the database as well', async () => {
    const town = await createTown({ database: test.database });
    await town.raise('2');
    await expect(insertChange(test.database, town, { how: 'tightened', level: '1', since: town.after(-1), until: town.after(3_600) })).rejects.toMatchObject({ constraint: 'level_act_in_time' });
    await insertChange(test.database, town, { how: 'tightened', level: '1', since: town.clock.now(), until: town.after(3_600) });
    const { id } = await town.propose('3');
    await expect(
      test.database.insertInto('level_approval').values({ proposal_id: id, organisation_id: town.organisation.id, proposed_by: town.proposer.personId, approved_by: town.approver.personId, approved_at: town.after(-61) }).execute(),
    ).rejects.toMatchObject({ constraint: 'level_act_in_time' });
  });
});
