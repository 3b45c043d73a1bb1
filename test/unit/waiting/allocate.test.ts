import { minutesAgo, NOW, plan, seatPolicy, seatState, sits, waits } from '../../support/seat-plans.ts';
import { placesIn } from '../../../broker/waiting/allocate.ts';

const granted = (...given: Parameters<typeof plan>) => plan(...given).grants.map(({ entry }) => entry.id);

describe('a free seat', () => {
  it('goes to the one who came first of two alike, though both have a promise and the session of the other has left before', () => {
    const waiting = [waits('first', 'P2', { arrivedAt: minutesAgo(9), promised: true }), waits('second', 'P2', { promised: true })];
    expect(granted(seatState([sits('v', 'P5', { yieldsTo: 'first' })], waiting), seatPolicy(2))).toEqual(['first']);
  });

  it('goes to those who may make others yield before those whom waiting has lifted into their class', () => {
    const waiting = [waits('lifted', 'P3', { arrivedAt: minutesAgo(60) }), waits('p2', 'P2')];
    expect(granted(seatState([sits('v', 'P5')], waiting), seatPolicy(2))).toEqual(['p2']);
  });

  it('goes to the lifted one where nobody can make others yield', () => {
    const lifted = { organisationId: 'B', path: ['B'] };
    const waiting = [waits('lifted', 'P3', { ...lifted, arrivedAt: minutesAgo(60) }), waits('p2', 'P2', lifted)];
    expect(granted(seatState([sits('v', 'P5')], waiting), seatPolicy(2))).toEqual(['lifted']);
  });

  it('on the one desktop that is left of a pool goes to one person, whether the desktop or the pool was asked for', () => {
    const one = waits('desktop', 'P3', { desktopId: 'd', poolId: 'p', arrivedAt: minutesAgo(2) });
    const other = waits('pool', 'P3', { desktopId: undefined, poolId: 'p' });
    const rooms = { poolRoom: new Map([['p', 1]]), desktopRoom: new Map([['d', 1]]) };
    expect(granted(seatState([], [one, other], rooms), seatPolicy(9))).toEqual(['desktop']);
    expect(granted(seatState([], [{ ...one, arrivedAt: NOW }, other], rooms), seatPolicy(9))).toEqual(['pool']);
  });

  it('is kept for a desktop of a pool from which another one was just given', () => {
    const rooms = { poolRoom: new Map([['p', 2]]), desktopRoom: new Map([['d', 1]]) };
    const waiting = [waits('pool', 'P2', { desktopId: undefined, poolId: 'p' }), waits('desktop', 'P3', { desktopId: 'd', poolId: 'p' }), waits('p4', 'P4')];
    // Which one it was is known once it is given.
    expect(granted(seatState([], waiting, rooms), seatPolicy(2))).toEqual(['pool']);
  });

  it('of a pool is counted for its desktops as well', () => {
    const waiting = [waits('desktop', 'P3', { desktopId: 'd', poolId: 'p' })];
    const state = seatState([sits('other', 'P0', { poolId: 'p' })], waiting, { poolSeats: new Map([['p', 1]]), poolRoom: new Map([['p', 1]]), desktopRoom: new Map([['d', 1]]) });
    expect(granted(state, seatPolicy(9))).toEqual([]);
    expect(placesIn(state, seatPolicy(9), NOW)[0]).toMatchObject({ reasons: ['no-seat-free'] });
  });

  it('of a desktop with several sessions goes to as many as have room, and to nobody behind before them', () => {
    const terminal = { desktopId: 't', arrivedAt: minutesAgo(5) };
    const waiting = [waits('a', 'P3', terminal), waits('b', 'P3', terminal), waits('behind', 'P5')];
    expect(granted(seatState([sits('x', 'P0')], waiting, { desktopRoom: new Map([['t', 2]]) }), seatPolicy(3)).toSorted()).toEqual(['a', 'b']);
  });
});
