import * as fc from 'fast-check';
import { lacksOfTotal, whyNoSeat } from '../../../broker/seats/counts.ts';
import { createLedger, type Place } from '../../../broker/seats/ledger.ts';

const at = (path: string, weight = 1, poolId?: string): Place => ({ path: path.split('/'), weight, poolId });
const P3 = { class: 'P3', due: true, reserve: 0, surplusKeeps: 0 } as const;
const share = (path: string, floor: number, most?: number) => ({ path: path.split('/'), floor, most });

describe('the ledger of seats', () => {
  it('keeps what is guaranteed and not used from everybody else, and gives it to its own', () => {
    const ledger = createLedger({ total: 10, shares: [share('A', 4)] }, new Map());
    for (let n = 0; n < 6; n += 1) ledger.take(at('B'));
    expect(whyNoSeat(ledger.countsFor(at('B')), { ...P3, weight: 1 })).toBe('floors-of-others');
    expect(whyNoSeat(ledger.countsFor(at('A/x')), { ...P3, weight: 4 })).toBeUndefined();
    expect(whyNoSeat(ledger.countsFor(at('A/x')), { ...P3, weight: 5 })).toBe('no-seat-free');
  });

  it('nests floors: what a department has not used is its divisions\', what a division has is no other division\'s', () => {
    const ledger = createLedger({ total: 10, shares: [share('A', 5), share('A/福祉', 3)] }, new Map());
    for (let n = 0; n < 5; n += 1) ledger.take(at('B'));
    // Five are A's, of which three are 福祉's: 税務 has two.
    expect(whyNoSeat(ledger.countsFor(at('A/税務')), { ...P3, weight: 2 })).toBeUndefined();
    ledger.take(at('A/税務', 2));
    expect(whyNoSeat(ledger.countsFor(at('A/税務')), { ...P3, weight: 1 })).toBe('floors-of-others');
    expect(whyNoSeat(ledger.countsFor(at('A/福祉/課')), { ...P3, weight: 3 })).toBeUndefined();
  });

  it('counts the most of a unit with everything below it, and of a pool', () => {
    const ledger = createLedger({ total: undefined, shares: [share('A', 0, 3), share('A/x', 0, 2)] }, new Map([['p', 1]]));
    ledger.take(at('A/x/y', 2));
    expect(ledger.countsFor(at('A/x'))).toEqual([{ scope: 'organisation', seats: 3, taken: 2, depth: 1 }, { scope: 'unit', seats: 2, taken: 2, depth: 2 }]);
    ledger.take(at('A/z', 1, 'p'));
    expect(whyNoSeat(ledger.countsFor(at('B', 1, 'p')), { ...P3, weight: 1 })).toBe('no-seat-free');
    expect(lacksOfTotal(ledger.countsFor(at('B', 1, 'p')), { ...P3, weight: 1 })).toBe(false);
  });

  it('holds back from the total only what lacks a seat of the total', () => {
    const ledger = createLedger({ total: 3, shares: [share('A', 0, 1)] }, new Map());
    ledger.take(at('A'));
    ledger.claim(at('A'));
    expect(whyNoSeat(ledger.countsFor(at('B')), { ...P3, weight: 2 })).toBeUndefined();
    ledger.take(at('B', 2));
    ledger.claim(at('B'));
    expect(whyNoSeat(ledger.countsFor(at('C')), { ...P3, weight: 1 })).toBe('no-seat-free');
  });

  it('says whose leaving would bring a unit below its floor', () => {
    const ledger = createLedger({ total: 10, shares: [share('A', 2), share('A/x', 1)] }, new Map());
    for (const place of [at('A/x'), at('A/y'), at('A/y')]) ledger.take(place);
    expect(ledger.isGuaranteed(at('A/x'), ['B'])).toBe(true);
    expect(ledger.isGuaranteed(at('A/y'), ['B'])).toBe(false);
    expect(ledger.isGuaranteed(at('A/y', 2), ['B'])).toBe(true);
    expect(ledger.isGuaranteed(at('A/x'), ['A', 'x'])).toBe(false);
  });

  it('stands as before once everything was given back, whatever the order', () => {
    const place = fc.record({ path: fc.constantFrom('A', 'A/x', 'A/x/y', 'A/z', 'B', 'C/w').map((path) => path.split('/')), weight: fc.integer({ min: 1, max: 5 }), poolId: fc.constantFrom(undefined, 'p') });
    const shares = fc.subarray([share('A', 5, 20), share('A/x', 3), share('A/x/y', 2), share('B', 4), share('C', 0, 3)]);
    fc.assert(
      fc.property(fc.array(place, { maxLength: 20 }), shares, (places, shares) => {
        const make = () => createLedger({ total: 50, shares }, new Map([['p', 9]]));
        const [ledger, fresh] = [make(), make()];
        for (const one of places) ledger.take(one);
        const spent = ['A', 'A/x', 'A/x/y', 'B', 'C'].map((path) => ledger.countsFor(at(path, 1, 'p')));
        for (const count of spent.flat()) expect((count.kept ?? 0) >= 0 && (count.own ?? 0) >= 0 && (count.own ?? 0) <= (count.kept ?? 0)).toBe(true);
        for (const one of places.toReversed()) ledger.give(one);
        for (const path of ['A', 'A/x', 'A/x/y', 'B', 'C']) expect(ledger.countsFor(at(path, 1, 'p'))).toEqual(fresh.countsFor(at(path, 1, 'p')));
      }),
    );
  });

  it('lets somebody of a guaranteed unit in as long as the floor holds, whatever the others have taken by its rules', () => {
    const step = fc.record({ path: fc.constantFrom(['A'], ['A', 'x'], ['B'], ['C']), weight: fc.integer({ min: 1, max: 3 }), urgent: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const ledger = createLedger({ total: 20, shares: [share('A', 6), share('A/x', 2), share('B', 5)] }, new Map());
        for (const { path, weight, urgent } of steps) {
          const ask = { weight, class: urgent ? ('P0' as const) : ('P4' as const), due: true, reserve: 3, surplusKeeps: 0 };
          if (whyNoSeat(ledger.countsFor({ path, poolId: undefined }), ask) === undefined) ledger.take({ path, weight, poolId: undefined });
          expect(ledger.taken([])).toBeLessThanOrEqual(20);
          // Of A's six, two are x's as long as x has not used them.
          const ofX = Math.max(0, 2 - ledger.taken(['A', 'x']));
          for (const [path, floor] of [[['A'], 6 - ofX], [['A', 'x'], 2], [['B'], 5]] as const) {
            const missing = floor - ledger.taken(path);
            if (missing > 0) expect(whyNoSeat(ledger.countsFor({ path, poolId: undefined }), { ...P3, reserve: 3, weight: missing })).toBeUndefined();
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('why there is no seat', () => {
  const total = (taken: number, more: object = {}) => [{ scope: 'total' as const, seats: 10, taken, ...more }];
  it.each([
    ['nothing is missing', total(8), { weight: 2 }, undefined],
    ['none is left', total(9), { weight: 2 }, 'no-seat-free'],
    ['it is guaranteed to others', total(5, { kept: 4, own: 0 }), { weight: 2 }, 'floors-of-others'],
    ['it is guaranteed to oneself', total(5, { kept: 5, own: 5 }), { weight: 5, reserve: 3, due: false }, undefined],
    ['it is the reserve', total(7), { weight: 1, reserve: 3 }, 'seats-reserved'],
    ['it is the reserve, and one is P0', total(7), { weight: 1, reserve: 3, class: 'P0' as const }, undefined],
    ['it is to be left for what is due', total(5), { weight: 1, reserve: 3, surplusKeeps: 2, due: false }, 'class-not-due'],
    ['it is left over', total(4), { weight: 1, reserve: 3, surplusKeeps: 2, due: false }, undefined],
  ])('%s', (_name, counts, ask, expected) => {
    expect(whyNoSeat(counts, { ...P3, ...ask })).toBe(expected);
  });
});
