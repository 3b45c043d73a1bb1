import * as fc from 'fast-check';
import { fallsBy, later } from '../../../broker/continuity/falls.ts';
import { readProposal, readReason } from '../../../broker/continuity/given.ts';
import { compareLevels, isTighter, levelBelow, LEVELS, loosening, type Standing } from '../../../broker/continuity/levels.ts';
import { owedAfter } from '../../../broker/continuity/owed.ts';
import { warningsDue } from '../../../broker/continuity/warnings.ts';
import type { Change } from '../../../broker/continuity/change.ts';
import type { Level, NewLevelProposal } from '../../../broker/port.ts';
import { testPolicy } from '../../support/policy.ts';

const start = new Date('2026-04-01T00:00:00Z');
const at = (seconds: number) => later(start, seconds);
const expiring = (seconds: Readonly<Partial<Record<Level, number>>>) => {
  const { levels } = testPolicy();
  return Object.fromEntries(LEVELS.map((level) => [level, { ...levels[level], expiresAfter: level === '0' ? undefined : (seconds[level] ?? 100) }])) as typeof levels;
};
const anyLevel = fc.constantFrom<Level>(...LEVELS);

describe('levels', () => {
  it('rank recovery with alert, and fall one at a time', () => {
    expect([compareLevels('R', '1'), compareLevels('2', 'R') > 0, compareLevels('0', 'R') < 0]).toEqual([0, true, true]);
    expect(LEVELS.map(levelBelow)).toEqual([undefined, '0', '1', '2', '0']);
  });

  it.each<[Level, number | undefined, Level, number, string]>([
    ['0', undefined, '1', 10, 'raise'],
    ['0', undefined, 'R', 10, 'raise'],
    ['1', 50, '3', 10, 'raise'],
    ['1', 50, 'R', 10, 'raise'],
    ['R', 50, '1', 10, 'raise'],
    ['2', 50, '2', 51, 'extension'],
    ['2', 50, '2', 50, 'none'],
    ['2', 50, '2', 49, 'none'],
    ['3', 50, '2', 500, 'none'],
    ['2', 50, 'R', 500, 'none'],
    ['2', 50, '0', 500, 'none'],
    ['0', undefined, '0', 500, 'none'],
  ])('from %s until %s, to %s until %d is: %s', (level, until, asked, askedUntil, kind) => {
    expect(loosening({ level, until: until === undefined ? undefined : at(until) }, { level: asked, until: at(askedUntil) })).toBe(kind);
  });

  it('are loosened or tightened by a change to another one, never both and never neither', () => {
    fc.assert(
      fc.property(anyLevel, anyLevel, (now, then) => {
        fc.pre(now !== then);
        const loosens = loosening({ level: now, until: now === '0' ? undefined : at(50) }, { level: then, until: at(60) }) !== 'none';
        expect(isTighter(now, then)).toBe(!loosens);
      }),
    );
  });
});

describe('the fall of a level', () => {
  it('is one level down at the very instant when its time is over, with the time of the lower one counted from there', () => {
    const levels = expiring({ '3': 24, '2': 72, '1': 14 });
    const three: Standing = { level: '3', until: at(24) };
    expect(fallsBy(three, levels, at(23.999))).toEqual([]);
    expect(fallsBy(three, levels, at(24))).toEqual([{ level: '2', since: at(24), until: at(96) }]);
    expect(fallsBy(three, levels, at(1_000))).toEqual([
      { level: '2', since: at(24), until: at(96) },
      { level: '1', since: at(96), until: at(110) },
      { level: '0', since: at(110), until: undefined },
    ]);
    expect(fallsBy({ level: 'R', until: at(5) }, levels, at(5))).toEqual([{ level: '0', since: at(5), until: undefined }]);
    expect(fallsBy({ level: '0', until: undefined }, levels, at(1_000))).toEqual([]);
  });

  it('only ever tightens, ends at level 0, and is the same however often it is looked at', () => {
    const seconds = fc.integer({ min: 1, max: 1_000 });
    fc.assert(
      fc.property(anyLevel, seconds, fc.record({ '1': seconds, '2': seconds, '3': seconds, R: seconds }), fc.array(fc.integer({ min: 0, max: 1_500 }), { maxLength: 5 }), (level, until, expiry, looks) => {
        const levels = expiring(expiry);
        const begin: Standing = { level, until: level === '0' ? undefined : at(until) };
        const whole = fallsBy(begin, levels, at(1_500));
        let before: Standing = begin;
        for (const fall of whole) {
          expect(isTighter(before.level, fall.level)).toBe(true);
          expect(fall.since).toEqual(before.until);
          before = fall;
        }
        let step: Standing = begin;
        const inSteps = [];
        for (const look of [...looks.sort((a, b) => a - b), 1_500]) {
          const falls = fallsBy(step, levels, at(look));
          inSteps.push(...falls);
          step = falls.at(-1) ?? step;
        }
        expect(inSteps).toEqual(whole);
        expect(fallsBy(begin, levels, at(10_000)).at(-1)?.level ?? begin.level).toBe('0');
      }),
    );
  });

  it('does not come about under a policy that lets a raised level stay', () => {
    const levels = { ...expiring({}), '1': { ...expiring({})['1'], expiresAfter: undefined } };
    expect(() => fallsBy({ level: '2', until: at(1) }, levels, at(2))).toThrow('has to expire');
  });
});

describe('a provisional level', () => {
  const provisional = (baseLevel: Level, baseUntil: Date | null) => ({ how: 'provisional', level: '3', until: at(7_200), baseLevel, baseUntil }) as const;
  const levels = expiring({ '1': 10_000, '2': 10_000 });

  it('reverts to what everybody had, with the time that was left of it', () => {
    expect(owedAfter(provisional('1', at(9_000)), levels, at(7_199))).toEqual([]);
    expect(owedAfter(provisional('1', at(9_000)), levels, at(7_200))).toEqual([{ how: 'reverted', level: '1', since: at(7_200), until: at(9_000) }]);
    expect(owedAfter(provisional('0', null), levels, at(7_200))).toEqual([{ how: 'reverted', level: '0', since: at(7_200), until: undefined }]);
  });

  it('reverts to what that has become meanwhile, and goes on falling', () => {
    expect(owedAfter(provisional('2', at(3_600)), levels, at(20_000))).toEqual([
      { how: 'reverted', level: '1', since: at(7_200), until: at(13_600) },
      { how: 'expired', level: '0', since: at(13_600), until: undefined },
    ]);
    expect(owedAfter(provisional('1', at(7_200)), levels, at(7_200))).toEqual([{ how: 'reverted', level: '0', since: at(7_200), until: undefined }]);
  });
});

describe('a warning', () => {
  const levels = { ...expiring({}), '2': { ...expiring({})['2'], warnBefore: [600, 60] } };
  const last = { how: 'approved', level: '2', baseLevel: '2', since: start, until: at(1_000), baseUntil: null } as Change;
  it.each<[number, readonly number[]]>([
    [399.999, []],
    [400, [600]],
    [940, [600, 60]],
    [999.999, [600, 60]],
    [1_000, []],
  ])('is due at %d s: %j', (now, due) => {
    expect(warningsDue(last, levels, at(now))).toEqual(due);
  });

  it('is not due for a moment before the level began', () => {
    expect(warningsDue({ ...last, since: at(400) }, levels, at(940))).toEqual([60]);
  });
});

describe('a proposal as it was given', () => {
  const levels = expiring({ '2': 3_600 });
  const given: NewLevelProposal = { level: '2', event: 'earthquake', onset: at(-60), reason: ' 震度6強\n\n 庁舎停電 ' };
  const read = (change: Partial<NewLevelProposal> = {}) => readProposal({ ...given, ...change }, levels, start);

  it('ends as late as policy allows unless said otherwise', () => {
    expect(read()).toEqual({ ...given, reason: '震度6強 庁舎停電', until: at(3_600) });
    expect(read({ until: at(1) }).until).toEqual(at(1));
    expect(read({ until: at(3_600), onset: start }).until).toEqual(at(3_600));
  });

  it.each<[string, Partial<NewLevelProposal>]>([
    ['until', { until: start }],
    ['until', { until: at(3_600.001) }],
    ['until', { until: new Date(Number.NaN) }],
    ['onset', { onset: at(0.001) }],
    ['onset', { onset: new Date(Number.NaN) }],
    ['onset', { onset: new Date(-8.64e15) }],
    ['event', { event: 'party' as 'other' }],
    ['level', { level: '4' as '3' }],
    ['level', { level: 'constructor' as '3' }],
    ['reason', { reason: ' \n ' }],
    ['reason', { reason: '字'.repeat(501) }],
    ['reason', { reason: 'a\u0000b' }],
    ['reason', { reason: 'a\ud800' }],
  ])('is refused for its %s: %j', (path, change) => {
    expect(() => read(change)).toThrow(expect.objectContaining({ code: 'request-invalid', details: { fields: [expect.objectContaining({ path })] } }) as Error);
  });

  it('is refused for level 0, which would raise nothing', () => {
    expect(() => read({ level: '0' })).toThrow('level-unchanged');
  });

  it('has a reason of 500 characters at most, as people count them', () => {
    expect([...readReason('🏯'.repeat(500))]).toHaveLength(500);
  });
});
