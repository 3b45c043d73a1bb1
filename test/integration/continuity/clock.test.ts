import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createTown, townPolicy, type Town } from '../../support/town.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());

const HOUR = 3_600;
const newTown = (policy?: Parameters<typeof createTown>[0]['policy']) => createTown({ database: test.database, ...(policy && { policy }) });
const told = async (town: Town, event: string) => (await town.events()).filter((record) => record.event === event);

describe('the clock', () => {
  it('lets a level fall by one when its time is over, and tells it', async () => {
    const town = await newTown();
    await town.raise('3');
    const until = town.after(24 * HOUR);
    town.clock.advance(24 * HOUR - 0.001);
    await town.levelClock.run();
    expect(await town.level()).toMatchObject({ number: 1, level: '3' });
    town.clock.advance(0.001);
    expect(await town.level()).toMatchObject({ number: 1, level: '2' });
    await town.levelClock.run();
    expect(await town.level()).toMatchObject({ number: 2, level: '2', since: until, until: town.after(72 * HOUR), event: 'earthquake' });
    expect(await told(town, 'levelFell')).toMatchObject([{ code: 'SKA-5005', actor: { kind: 'system' }, fields: { from: '3', level: '2', number: 2, until: town.after(72 * HOUR).toISOString() } }]);
    await town.levelClock.run();
    expect(await town.changes()).toHaveLength(2);
  });

  it('makes up for all that was missed, each fall at its own time', async () => {
    const town = await newTown();
    await town.raise('3');
    const began = town.clock.now().getTime();
    town.clock.advance(30 * 24 * HOUR);
    await town.levelClock.run();
    const changes = await town.changes();
    expect(changes.map(({ level, how, since }) => [level, how, (since.getTime() - began) / HOUR / 1000])).toEqual([
      ['3', 'approved', 0],
      ['2', 'expired', 24],
      ['1', 'expired', 96],
      ['0', 'expired', 432],
    ]);
    expect(changes.at(-1)).toMatchObject({ until: null, event: null, onset: null });
    expect(await town.level()).toMatchObject({ number: 4, level: '0' });
  });

  it('ends recovery without going through alert', async () => {
    const town = await newTown();
    await town.raise('R');
    town.clock.advance(14 * 24 * HOUR);
    await town.levelClock.run();
    expect(await town.level()).toMatchObject({ number: 2, level: '0' });
  });

  it('is not waited for: what is over is not built upon by whoever acts first', async () => {
    const town = await newTown();
    await town.raise('3');
    town.clock.advance(24 * HOUR + 10);
    await town.tighten('1');
    expect((await town.changes()).map(({ level, how }) => [level, how])).toEqual([['3', 'approved'], ['2', 'expired'], ['1', 'tightened']]);
    expect((await town.events()).slice(-2).map(({ event }) => event)).toEqual(['levelFell', 'levelTightened']);
  });

  it('lets what everybody has fall under a provisional level, and reverts to that', async () => {
    const town = await newTown();
    await town.raise('1', { until: town.after(HOUR) });
    await town.alone((await town.propose('3')).id);
    town.clock.advance(HOUR);
    await town.levelClock.run();
    expect(await town.level()).toMatchObject({ number: 2, level: '0', provisional: { level: '3' } });
    town.clock.advance(HOUR);
    await town.levelClock.run();
    expect(await town.level()).toEqual({ number: 3, level: '0', since: town.clock.now() });
  });

  it('runs in several processes at once, and each fall is written once', async () => {
    const town = await newTown();
    await town.raise('3');
    town.clock.advance(200 * HOUR);
    const clocks = Array.from({ length: 4 }, () => town.overDatabase(test.connect(3)).levelClock);
    await Promise.all(clocks.map((clock) => clock.run()));
    expect((await town.changes()).map(({ level }) => level)).toEqual(['3', '2', '1']);
    expect(await told(town, 'levelFell')).toHaveLength(2);
    expect(town.logged).toEqual([]);
  });

  it('writes nothing without a policy, and what is over does not count all the same', async () => {
    let policy: ReturnType<typeof townPolicy> | undefined = townPolicy();
    const town = await newTown(() => policy);
    await town.raise('1');
    policy = undefined;
    town.clock.advance(14 * 24 * HOUR);
    await town.levelClock.run();
    expect(await town.level()).toMatchObject({ number: 1, level: '0' });
    policy = townPolicy();
    await town.levelClock.run();
    expect(await town.level()).toMatchObject({ number: 2, level: '0' });
  });
});

describe('warnings', () => {
  it('come 6 h and 1 h before a level falls, once each, whichever process is first', async () => {
    const town = await newTown();
    await town.raise('2');
    const until = town.after(72 * HOUR);
    const clocks = Array.from({ length: 3 }, () => town.overDatabase(test.connect(3)).levelClock);
    const everybody = () => Promise.all(clocks.map((clock) => clock.run()));
    town.clock.advance(66 * HOUR - 1);
    await everybody();
    expect(await told(town, 'levelWillFall')).toEqual([]);
    town.clock.advance(1);
    await everybody();
    await everybody();
    expect(await told(town, 'levelWillFall')).toMatchObject([{ code: 'SKA-5008', actor: { kind: 'system' }, fields: { number: 1, level: '2', to: '1', until: until.toISOString(), secondsBefore: 6 * HOUR } }]);
    town.clock.advance(5 * HOUR);
    await everybody();
    await everybody();
    expect((await told(town, 'levelWillFall')).map(({ fields }) => fields['secondsBefore'])).toEqual([6 * HOUR, HOUR]);
  });

  it('that were missed are told as the nearest one, and those before the beginning not at all', async () => {
    const missed = await newTown();
    await missed.raise('2');
    missed.clock.advance(71.5 * HOUR);
    await missed.levelClock.run();
    await missed.levelClock.run();
    expect((await told(missed, 'levelWillFall')).map(({ fields }) => fields['secondsBefore'])).toEqual([HOUR]);

    const short = await newTown();
    await short.raise('2', { until: short.after(1_800) });
    await short.levelClock.run();
    expect(await told(short, 'levelWillFall')).toEqual([]);
  });

  it('come anew for the level below', async () => {
    const town = await newTown();
    await town.raise('3');
    town.clock.advance(23.5 * HOUR);
    await town.levelClock.run();
    town.clock.advance(72 * HOUR);
    await town.levelClock.run();
    await town.levelClock.run();
    expect((await told(town, 'levelWillFall')).map(({ fields }) => [fields['level'], fields['secondsBefore']])).toEqual([['3', HOUR], ['2', HOUR]]);
  });
});
