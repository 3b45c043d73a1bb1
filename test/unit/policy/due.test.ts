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
