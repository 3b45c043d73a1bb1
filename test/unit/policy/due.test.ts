import * as fc from 'fast-check';
import { backAt } from '../../../broker/policy/due.ts';
import { dueAt, isDue } from '../../../broker/policy/index.ts';
import type { LevelInForce } from '../../../broker/port.ts';
import { testPolicy } from '../../support/policy.ts';

const { levels } = testPolicy();
const policy = testPolicy({ levels: { ...levels, '2': { ...levels['2'], due: 'by-target' }, R: { ...levels.R, due: { P3: 3_600, P4: 7_200 } } } });
const onset = new Date('2026-10-01T00:00:00Z');
const hours = (count: number) => new Date(onset.getTime() + count * 3_600_000);
const level = (level: LevelInForce['level'], more: Partial<LevelInForce> = {}): LevelInForce => ({ number: 1, level, onset, since: onset, ...more });

describe('the phase clock', () => {
  it('makes a class due an hour before its target time, by the target of the duty where it has one', () => {
    expect(dueAt(policy, level('2'), 'P1')).toEqual(hours(2));
    expect(dueAt(policy, level('2'), 'P3', 7_200)).toEqual(hours(1));
    expect(dueAt(policy, level('2'), 'P3', 0)).toEqual(hours(0));
    expect(isDue(policy, level('2'), { class: 'P1' }, hours(1.99))).toBe(false);
    expect(isDue(policy, level('2'), { class: 'P1' }, hours(2))).toBe(true);
  });

  it('holds nobody back where the level sets no phases, where no onset is known, and never P0', () => {
    expect(dueAt(policy, level('1'), 'P5')).toBeUndefined();
    expect(dueAt(policy, { number: 1, level: '2' }, 'P5')).toBeUndefined();
    for (const one of ['2', 'R'] as const) expect(dueAt(policy, level(one), 'P0', 86_400)).toBeUndefined();
  });

  it('brings classes back in stages after the level began', () => {
    expect(dueAt(policy, level('R'), 'P4')).toEqual(hours(2));
    expect(dueAt(policy, level('R'), 'P2')).toBeUndefined();
  });

  it('runs by a provisional level for the classes that it counts for alone', () => {
    const provisional = level('0', { provisional: { level: '2', until: hours(2) } });
    expect(dueAt(policy, provisional, 'P2')).toEqual(hours(23));
    expect(dueAt(policy, provisional, 'P3')).toBeUndefined();
  });
});

describe('the stages of recovery', () => {
  const staged = testPolicy({ levels: { ...levels, R: { ...levels.R, stages: { P4: 1_800, PX: 3_600 } } } });

  it('are counted from when recovery began, whatever extended it since, and are of no other level', () => {
    expect(backAt(staged, level('R'), 'P4')).toEqual(hours(0.5));
    expect(backAt(staged, level('R', { since: hours(9), began: hours(1) }), 'PX')).toEqual(hours(2));
    for (const name of ['P0', 'P3', 'P5'] as const) expect(backAt(staged, level('R'), name)).toBeUndefined();
    for (const name of ['0', '1', '2', '3'] as const) expect(backAt(staged, level(name), 'P4')).toBeUndefined();
  });

  it('let a class in exactly from its stage on, and what is more urgent never later than what is less so', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 86_400 }), { minLength: 6, maxLength: 6 }), fc.nat({ max: 90_000 }), (seconds, elapsed) => {
        const sorted = seconds.toSorted((one, other) => one - other);
        const names = ['P1', 'P2', 'P3', 'P4', 'P5', 'PX'] as const;
        const rules = testPolicy({ levels: { ...levels, R: { ...levels.R, stages: Object.fromEntries(names.map((name, index) => [name, sorted[index]!])) } } });
        const now = new Date(onset.getTime() + elapsed * 1000);
        const back = names.map((name) => backAt(rules, level('R'), name)! <= now);
        expect(back).toEqual(sorted.map((after) => after <= elapsed));
        expect(back.lastIndexOf(true)).toBe(back.filter(Boolean).length - 1);
      }),
    );
  });
});
