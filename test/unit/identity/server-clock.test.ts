import * as fc from 'fast-check';
import { judge, type Believed, type Sample } from '../../../broker/identity/server-clock/judge.ts';
import { createServerClock } from '../../../broker/identity/server-clock/server-clock.ts';
import { readChrony, readTimedatectl } from '../../../broker/identity/server-clock/time-source.ts';

const NOON = Date.parse('2026-04-01T03:00:00Z');
const ALONE = 86_400_000;
/** A look `at` milliseconds after the first one, with clocks that are off by so much. */
const look = (at: number, { wall = 0, database = 0, source = 'unknown' }: { wall?: number; database?: number | null; source?: Sample['source'] } = {}): Sample => ({ monotonic: 1_000 + at, wall: NOON + at + wall, database: database === null ? undefined : NOON + at + database, source });
function afterAll(looks: readonly Sample[]) {
  let believed: Believed | undefined;
  return looks.map((sample) => {
    const judged = judge(believed, sample, ALONE);
    believed = judged.believed;
    return judged.doubt;
  });
}

describe('a clock', () => {
  it('is believed while it goes on evenly, whatever is not known', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ at: fc.nat(10_000_000), jitter: fc.integer({ min: -1_000, max: 1_000 }), answers: fc.boolean() }), { minLength: 1 }), (steps) => {
        const looks = steps.toSorted((one, other) => one.at - other.at).map(({ at, jitter, answers }) => look(at, { wall: jitter, database: answers ? 0 : null }));
        expect(new Set(afterAll(looks))).toEqual(new Set([undefined]));
      }),
    );
  });

  it('that jumped with the database on the same machine is doubted until it is back', () => {
    const set = { wall: 3_600_000, database: 3_600_000 };
    expect(afterAll([look(0), look(5_000), look(10_000, set), look(15_000, set), look(20_000)])).toEqual([undefined, undefined, 'jumped', 'jumped', undefined]);
  });

  it('that jumped is believed once the time service stands by it', () => {
    const set = { wall: -7_200_000, database: -7_200_000 };
    expect(afterAll([look(0), look(5_000, set), look(10_000, { ...set, source: 'synchronised' }), look(15_000, set)])).toEqual([undefined, 'jumped', undefined, undefined]);
  });

  it('that jumped to what a database on another machine says is believed at once', () => {
    expect(afterAll([look(0, { wall: -600_000 }), look(5_000, { wall: -600_000 }), look(10_000, { wall: 0 })])).toEqual(['apart-from-database', 'apart-from-database', undefined]);
  });

  it('that is not the database’s is doubted, whatever the time service says', () => {
    expect(afterAll([look(0, { database: 15_001, source: 'synchronised' }), look(5_000, { database: 14_999, source: 'synchronised' })])).toEqual(['apart-from-database', undefined]);
    expect(afterAll([look(0), look(5_000, { wall: 60_000, source: 'synchronised' })])).toEqual([undefined, 'apart-from-database']);
  });

  it('cannot be moved little by little faster than a time service corrects', () => {
    const looks = Array.from({ length: 60 }, (_, n) => look(n * 5_000, { wall: n * 2_000, database: n * 2_000 }));
    expect(afterAll(looks)).toContain('jumped');
  });

  it('may go without its source for as long as the policy says, counted from when it was lost', () => {
    const lost = { source: 'unsynchronised' } as const;
    expect(afterAll([look(0, lost), look(ALONE, lost), look(ALONE + 1, lost), look(ALONE + 5_000, { source: 'synchronised' }), look(2 * ALONE, lost)])).toEqual([undefined, undefined, 'without-source', undefined, undefined]);
  });
});

describe('what a time service says', () => {
  it.each([
    ['C0A80001,192.168.0.1,3,1774000000.1,0.000001,0.0,0.0,1.0,0.0,0.1,0.001,0.001,64.0,Normal\n', 'synchronised'],
    ['7F7F0101,,0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,1.0,1.0,0.0,Not synchronised\n', 'unsynchronised'],
    ['506 Cannot talk to daemon\n', 'unknown'],
    ['', 'unknown'],
  ])('chrony: %j', (text, state) => expect(readChrony(text)).toBe(state));

  it.each([
    ['NTP=yes\nNTPSynchronized=yes\n', 'synchronised'],
    ['NTP=yes\nNTPSynchronized=no\n', 'unsynchronised'],
    ['NTP=no\nNTPSynchronized=no\n', 'unknown'],
    ['', 'unknown'],
  ])('systemd: %j', (text, state) => expect(readTimedatectl(text)).toBe(state));
});

describe('the watch over the clock of a process', () => {
  function watched() {
    const world = { wall: NOON, monotonic: 5_000, database: NOON as number | undefined, source: 'unknown' as Sample['source'], asked: 0, told: [] as (string | undefined)[] };
    const clock = createServerClock({
      clock: { now: () => new Date(world.wall) },
      monotonic: () => world.monotonic,
      databaseTime: async () => {
        if (world.database === undefined) throw new Error('no database');
        return new Date(world.database);
      },
      timeSource: async () => ((world.asked += 1), world.source),
      aloneFor: async () => 86_400,
      onChange: async ({ why }) => void world.told.push(why),
    });
    const pass = (seconds: number, also = 0) => {
      world.monotonic += seconds * 1000;
      world.wall += seconds * 1000 + also;
      if (world.database !== undefined) world.database += seconds * 1000 + also;
    };
    return { world, clock, pass };
  }

  it('trusts it before it has looked, and tells doubt once when it begins and once when it ends', async () => {
    const { world, clock, pass } = watched();
    expect(clock.trusted()).toBe(true);
    await clock.look();
    pass(5, 120_000);
    await clock.look();
    await clock.look();
    expect([clock.trusted(), clock.state().why]).toEqual([false, 'jumped']);
    world.source = 'synchronised';
    await clock.look();
    expect([clock.trusted(), world.told]).toEqual([true, ['jumped', undefined]]);
  });

  it('does not believe what the time service said before a jump', async () => {
    const { world, clock, pass } = watched();
    world.source = 'synchronised';
    await clock.look();
    world.source = 'unsynchronised';
    pass(5, -300_000);
    await clock.look();
    expect(clock.state().why).toBe('jumped');
  });

  it('goes on where the database does not answer, and asks the time service twice a minute', async () => {
    const { world, clock, pass } = watched();
    world.database = undefined;
    for (let looks = 0; looks < 12; looks += 1) {
      await clock.look();
      pass(5);
    }
    expect([clock.trusted(), world.asked]).toEqual([true, 2]);
  });
});
