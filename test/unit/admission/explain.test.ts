import * as fc from 'fast-check';
import { decide } from '../../../broker/admission/decide.ts';
import { explain } from '../../../broker/admission/explain.ts';
import { ADMISSION } from '../../../broker/admission/table.ts';
import { arbitraryFacts, goodFacts } from '../../support/facts.ts';
import { testCapacity, testPolicy } from '../../support/policy.ts';

describe('an explanation', () => {
  it('is of the very decision, check by check', () => {
    fc.assert(
      fc.property(arbitraryFacts, (facts) => {
        const { decision, checks } = explain(facts);
        expect(decision).toEqual(decide(facts));
        expect(checks.map(({ name }) => name)).toEqual(ADMISSION.map(({ name }) => name));
        expect(checks.flatMap(({ reason }) => reason ?? [])).toEqual(decision.reasons);
      }),
    );
  });

  it('reckons what is left: less what is guaranteed to others, the reserve, and what is kept for work that is due', () => {
    const { levels } = testPolicy();
    const policy = testPolicy({ capacity: testCapacity({ total: 100, reserve: 10, surplusKeeps: 5 }), levels: { ...levels, '2': { ...levels['2'], due: 'by-target', preempting: ['P1'] } } });
    const onset = new Date('2026-10-01T00:00:00Z');
    const facts = { ...goodFacts, policy, level: { number: 1, level: '2' as const, onset, since: onset }, seats: [{ scope: 'total' as const, seats: 100, taken: 50, kept: 20, own: 4 }] };
    expect(explain(facts)).toMatchObject({ level: '2', dueAt: new Date('2026-10-03T23:00:00Z'), makesOthersYield: false, seats: [{ guaranteedToOthers: 16, guaranteedToOwn: 4, left: 19 }] });
    const urgent = { ...facts, duty: { ...goodFacts.duty!, class: 'P1' as const }, at: new Date('2026-10-01T02:00:00Z') };
    expect(explain(urgent)).toMatchObject({ dueAt: undefined, makesOthersYield: true, seats: [{ left: 24 }] });
    expect(explain({ ...urgent, duty: { ...goodFacts.duty!, class: 'P0' as const } })).toMatchObject({ makesOthersYield: false, seats: [{ left: 34 }] });
  });
});
