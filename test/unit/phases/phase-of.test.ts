import fc from 'fast-check';
import { phaseOf } from '../../../broker/phases/phase-of.ts';
import { isDue } from '../../../broker/policy/index.ts';
import type { LevelInForce, PriorityClass } from '../../../broker/port.ts';
import { testPolicy } from '../../support/policy.ts';

const shipped = testPolicy();
const rules = { ...shipped, levels: { ...shipped.levels, '2': { ...shipped.levels['2'], due: 'by-target' as const }, R: { ...shipped.levels.R, due: { P2: 3_600, P3: 7_200 } } } };
const onset = new Date('2026-09-01T00:00:00Z');
const hours = (count: number) => new Date(onset.getTime() + count * 3_600_000);
const at = (level: LevelInForce['level'], since: Date): LevelInForce => ({ number: 1, level, onset, since });

describe('when a duty becomes due', () => {
  it('is so long before its target time; of what was due when the level began there is nothing to tell', () => {
    const before = rules.durations.dueBefore / 3600;
    expect(phaseOf(rules, at('2', hours(0.5)), { class: 'P2', targetSeconds: null })).toEqual(hours(24 - before));
    expect(phaseOf(rules, at('2', hours(30)), { class: 'P2', targetSeconds: null })).toBeUndefined();
    expect(phaseOf(rules, at('2', hours(0.5)), { class: 'P5', targetSeconds: 10 * 3_600 })).toEqual(hours(10 - before));
    expect(phaseOf(rules, at('2', hours(0.5)), { class: 'P0', targetSeconds: null })).toBeUndefined();
    expect(phaseOf(rules, { number: 0, level: '0' }, { class: 'P5', targetSeconds: null })).toBeUndefined();
  });

  it('is the moment at which admission takes it for due', () => {
    fc.assert(
      fc.property(fc.constantFrom<PriorityClass>('P0', 'P1', 'P2', 'P3', 'P4', 'P5'), fc.constantFrom<LevelInForce['level']>('0', '1', '2', '3', 'R'), fc.option(fc.integer({ min: 0, max: 1_000_000 })), fc.integer({ min: 0, max: 100 }), (priorityClass, level, targetSeconds, since) => {
        const inForce = at(level, hours(since));
        const due = phaseOf(rules, inForce, { class: priorityClass, targetSeconds });
        const holds = (time: Date) => isDue(rules, inForce, { class: priorityClass, targetSeconds }, time);
        expect(holds(due ?? inForce.since!)).toBe(true);
        if (due !== undefined) expect(holds(new Date(due.getTime() - 1))).toBe(false);
      }),
    );
  });
});
