import { plan, seatPolicy, seatState, sits, waits, yielding } from '../../support/seat-plans.ts';

describe('who yields', () => {
  it('is looked for again once what only others free has become free', () => {
    // Two of all and one of the pool are missing: the one outside of the pool comes first in the order, and alone frees no seat of the pool.
    const state = seatState([sits('outside', 'P5'), sits('inside', 'P4', { poolId: 'p' }), sits('p0', 'P0')], [waits('p1', 'P1', { weight: 2, desktopId: undefined, poolId: 'p' })], { poolSeats: new Map([['p', 2]]), poolRoom: new Map([['p', 2]]) });
    expect(yielding(plan(state, seatPolicy(3)))).toEqual({ p1: ['inside', 'outside'] });
  });

  it('is a heavier session where the lighter one before it would use up what its unit can spare', () => {
    const shares = [{ path: ['B'], floor: 1, most: undefined }];
    const inB = { organisationId: 'B', path: ['B'] };
    const state = seatState([sits('light', 'P5', inB), sits('heavy', 'P4', { ...inB, weight: 2 })], [waits('p1', 'P1', { weight: 2 })]);
    expect(yielding(plan(state, seatPolicy(3, { shares })))).toEqual({ p1: ['heavy'] });
  });

  it('is the one that yields sooner, where one of two is needed beside a heavier one', () => {
    const state = seatState([sits('surplus', 'P4', { surplus: true }), sits('p5', 'P5'), sits('heavy', 'P3', { weight: 2 })], [waits('p1', 'P1', { weight: 3 })]);
    expect(yielding(plan(state, seatPolicy(4)))).toEqual({ p1: ['surplus', 'heavy'] });
  });

  it('is one, where a second would be missing only beside what one before lacks no more then', () => {
    const shares = [{ path: ['B'], floor: 2, most: 4 }, { path: ['B', 'z'], floor: 1, most: undefined }];
    const [inB, inZ] = [{ organisationId: 'B', path: ['B'] }, { organisationId: 'B', path: ['B', 'z'] }];
    const holders = [sits('elsewhere', 'P1', { weight: 2 }), sits('p4', 'P4', inB), sits('p5', 'P5', inZ)];
    const state = seatState(holders, [waits('heavy', 'P1', { ...inB, weight: 3 }), waits('light', 'P2', inZ)], { levels: new Map(['A', 'B'].map((name) => [name, { number: 1, level: '2' as const }])) });
    expect(yielding(plan(state, seatPolicy(5, { shares, reserve: 1 })))).toEqual({ light: ['p5'] });
  });

  it('is nobody where all who may are not enough', () => {
    const state = seatState([sits('v', 'P5'), sits('p0', 'P0')], [waits('p1', 'P1', { weight: 2 })]);
    expect(plan(state, seatPolicy(2)).notices).toEqual([]);
  });

  it('is the surplus-admitted, then the lowest class, then the longest idle, then the newest', () => {
    const sessions = [sits('surplus', 'P3', { surplus: true }), sits('p5', 'P5'), sits('p4 idle', 'P4', { idleSince: new Date(0) }), sits('p4 new', 'P4', { seatedAt: new Date(Date.UTC(2026, 8, 30, 23, 40)) }), sits('p4', 'P4')];
    const waiting = Array.from({ length: 5 }, (_, number) => waits(`w${number}`, 'P1'));
    for (const holders of [sessions, sessions.toReversed()]) expect(plan(seatState(holders, waiting), seatPolicy(5)).notices.map(({ holder }) => holder.leaseId)).toEqual(['surplus', 'p5', 'p4 idle', 'p4 new', 'p4']);
  });
});
