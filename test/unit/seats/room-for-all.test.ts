import * as fc from 'fast-check';
import { whyNoSeat } from '../../../broker/seats/counts.ts';
import { createLedger, type Place } from '../../../broker/seats/ledger.ts';
import { guaranteeFor, hasRoomForAll } from '../../../broker/seats/room-for-all.ts';

const at = (path: string, weight = 1, poolId?: string): Place => ({ path: path.split('/'), weight, poolId });
const ask = (weight = 1) => ({ weight, class: 'P3', due: true, reserve: 0, surplusKeeps: 0 }) as const;
const share = (path: string, floor: number, most?: number) => ({ path: path.split('/'), floor, most });
const wanted = (total: number, shares: Record<number, number> = {}, pool = 0) => ({ total, shares, pool });

describe('room for a newcomer and for all who come before', () => {
  it('is there where seats are not limited, whoever waits', () => {
    expect(hasRoomForAll([], ask(), wanted(200))).toBe(true);
  });

  it('is counted in all, by weight', () => {
    const ledger = createLedger({ total: 10, shares: [] }, new Map());
    ledger.take(at('A', 5));
    expect(hasRoomForAll(ledger.countsFor(at('A')), ask(2), wanted(3))).toBe(true);
    expect(hasRoomForAll(ledger.countsFor(at('A')), ask(2), wanted(4))).toBe(false);
  });

  it('is counted in each own share that has a most, and in the pool', () => {
    const ledger = createLedger({ total: 10, shares: [share('A', 0, 4), share('A/x', 0, 2)] }, new Map([['p', 2]]));
    ledger.take(at('A/x', 1, 'p'));
    const counts = ledger.countsFor(at('A/x', 1, 'p'));
    expect(hasRoomForAll(counts, ask(), wanted(2, { 1: 2, 2: 0 }))).toBe(true);
    expect(hasRoomForAll(counts, ask(), wanted(3, { 1: 3, 2: 0 }))).toBe(false);
    expect(hasRoomForAll(counts, ask(), wanted(1, { 1: 1, 2: 1 }))).toBe(false);
    expect(hasRoomForAll(counts, ask(), wanted(1, {}, 1))).toBe(false);
  });

  it('takes guaranteed seats from nobody but those within the share that guarantees them', () => {
    const ledger = createLedger({ total: 10, shares: [share('A', 4), share('A/x', 1)] }, new Map());
    for (let n = 0; n < 6; n += 1) ledger.take(at('B'));
    const counts = ledger.countsFor(at('A/x'));
    // Of the section's own one: whoever waits elsewhere in the department has the other three.
    expect(guaranteeFor(counts[0]!, 1)).toEqual({ depth: 2, seats: 1 });
    expect(hasRoomForAll(counts, ask(1), wanted(50, { 1: 9, 2: 0 }))).toBe(true);
    expect(hasRoomForAll(counts, ask(1), wanted(50, { 1: 9, 2: 1 }))).toBe(false);
    // One of the section's and one of the department's.
    expect(guaranteeFor(counts[0]!, 2)).toEqual({ depth: 1, seats: 4 });
    expect(hasRoomForAll(counts, ask(2), wanted(50, { 1: 2, 2: 0 }))).toBe(true);
    expect(hasRoomForAll(counts, ask(2), wanted(50, { 1: 3, 2: 0 }))).toBe(false);
  });

  it('lets nobody who waits before use what is guaranteed to the newcomer alone', () => {
    const ledger = createLedger({ total: 4, shares: [share('A', 1)] }, new Map());
    // Two beyond the guaranteed one are free for everybody, and two wait.
    ledger.take(at('B', 1));
    expect(hasRoomForAll(ledger.countsFor(at('A')), ask(2), wanted(1))).toBe(true);
    expect(hasRoomForAll(ledger.countsFor(at('A')), ask(2), wanted(2))).toBe(false);
  });

  it('asks it of all where more is guaranteed than is there', () => {
    const ledger = createLedger({ total: 14, shares: [share('B', 2)] }, new Map());
    for (let n = 0; n < 13; n += 1) ledger.take(at('A'));
    expect(hasRoomForAll(ledger.countsFor(at('B')), ask(), wanted(1, { 1: 1 }))).toBe(false);
    expect(hasRoomForAll(ledger.countsFor(at('B')), ask(), wanted(1, { 1: 0 }))).toBe(false);
    expect(hasRoomForAll(ledger.countsFor(at('B')), ask(), wanted(0, { 1: 0 }))).toBe(true);
  });

  it('leaves room for everybody of one place who waits before, whatever is taken', () => {
    const place = fc.record({ path: fc.constantFrom('A', 'A/x', 'A/x/y', 'A/z', 'B', 'C/w').map((path) => path.split('/')), weight: fc.integer({ min: 1, max: 3 }), poolId: fc.constantFrom(undefined, 'p') });
    const shares = fc.subarray([share('A', 3, 9), share('A/x', 2), share('A/x/y', 1, 3), share('B', 2), share('C', 0, 3)]);
    fc.assert(
      fc.property(fc.array(place, { maxLength: 8 }), place, fc.array(place, { minLength: 1, maxLength: 4 }), shares, (taken, newcomer, before, given) => {
        const ledger = createLedger({ total: 14, shares: given }, new Map([['p', 4]]));
        for (const one of taken) ledger.take(one);
        const weightOf = (among: readonly Place[]) => among.reduce((sum, { weight }) => sum + weight, 0);
        const within = (depth: number) => weightOf(before.filter(({ path }) => path.slice(0, depth).join() === newcomer.path.slice(0, depth).join()));
        const room = hasRoomForAll(ledger.countsFor(newcomer), ask(newcomer.weight), wanted(weightOf(before), Object.fromEntries(newcomer.path.map((_, index) => [index + 1, within(index + 1)])), newcomer.poolId === undefined ? 0 : weightOf(before.filter(({ poolId }) => poolId === newcomer.poolId))));
        fc.pre(room);
        // Whoever of them would have got a seat without the newcomer gets one beside the newcomer.
        const seated = (first: readonly Place[]) => {
          const then = createLedger({ total: 14, shares: given }, new Map([['p', 4]]));
          for (const one of [...taken, ...first]) then.take(one);
          return before.map((one) => {
            const fits = whyNoSeat(then.countsFor(one), ask(one.weight)) === undefined;
            if (fits) then.take(one);
            return fits;
          });
        };
        const [without, beside] = [seated([]), seated([newcomer])];
        expect(without.map((got, index) => !got || beside[index])).toEqual(before.map(() => true));
      }),
      { numRuns: 3_000 },
    );
  });
});
