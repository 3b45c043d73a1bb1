import { chooseGuacd } from '../../../broker/leases/choose-guacd.ts';

const guacd = (address: string, taken: number, reachable = true) => ({ address, taken, reachable });

describe('the guacd for a session', () => {
  it.each([
    ['the one with the fewest seats taken', [guacd('a', 3), guacd('b', 1), guacd('c', 2)], 1, undefined, { address: 'b' }],
    ['of equal ones the first', [guacd('a', 1), guacd('b', 1)], 1, undefined, { address: 'a' }],
    ['never one that cannot be reached', [guacd('a', 0, false), guacd('b', 9)], 1, undefined, { address: 'b' }],
    ['one that has room for the weight', [guacd('a', 3), guacd('b', 2)], 3, 5, { address: 'b' }],
    ['none when no room is left', [guacd('a', 3), guacd('b', 4)], 2, 4, { reason: 'no-seat-free' }],
    ['none when the only room is where nobody is reached', [guacd('a', 0, false), guacd('b', 4)], 1, 4, { reason: 'no-seat-free' }],
    ['none when none is reached', [guacd('a', 0, false)], 1, undefined, { reason: 'guacd-unreachable' }],
    ['none when there is none', [], 1, undefined, { reason: 'guacd-unreachable' }],
  ])('is %s', (_, guacds, weight, seats, chosen) => {
    expect(chooseGuacd(guacds, weight, seats)).toEqual(chosen);
  });
});
