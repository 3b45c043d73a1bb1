import { after, minutesAgo, plan, seatPolicy, seatState, sits, waits, yielding } from '../../support/seat-plans.ts';
import type { SeatState } from '../../../broker/waiting/entry.ts';
import type { SeatPolicy } from '../../../broker/waiting/allocate.ts';

const NOTHING = { grants: [], notices: [], passed: [], kept: [] };
const settled = (state: SeatState, policy: SeatPolicy) => expect(plan(after(state, plan(state, policy)), policy)).toEqual(NOTHING);

describe('notice to yield', () => {
  it('is given to one session where one seat is missing, whoever is lifted into the class by having waited', () => {
    const state = seatState([sits('urgent', 'P0'), sits('v1', 'P5'), sits('v2', 'P5')], [waits('lifted', 'P3', { arrivedAt: minutesAgo(60) }), waits('p2', 'P2')]);
    const policy = seatPolicy(3);
    expect(yielding(plan(state, policy))).toEqual({ p2: [expect.any(String)] });
    settled(state, policy);
  });

  it('is given once to one to whom a session has yielded already and whose seat somebody more urgent took', () => {
    const state = seatState([sits('urgent', 'P0'), sits('v2', 'P5'), sits('v3', 'P5')], [waits('lifted', 'P3', { arrivedAt: minutesAgo(60) }), waits('p2', 'P2', { promised: true })]);
    const policy = seatPolicy(3);
    expect(plan(state, policy).notices).toHaveLength(1);
    settled(state, policy);
  });

  it('is taken back from as many as are no longer needed', () => {
    const state = seatState([sits('v1', 'P5', { yieldsTo: 'p1' }), sits('v2', 'P5', { yieldsTo: 'p1' }), sits('p0', 'P0')], [waits('p1', 'P1', { weight: 2 })]);
    const policy = seatPolicy(4);
    expect(plan(state, policy)).toMatchObject({ notices: [], kept: [{ yieldsTo: 'p1' }] });
    settled(state, policy);
  });

  it('is taken back where the seat alone no longer helps', () => {
    // A second one was to yield with it; it has gone by itself, and its seat went to more urgent work.
    const state = seatState([sits('v1', 'P5', { yieldsTo: 'p1' }), sits('p0', 'P0'), sits('another', 'P0')], [waits('p1', 'P1', { weight: 2 })]);
    expect(plan(state, seatPolicy(3))).toMatchObject({ notices: [], kept: [{ leaseId: 'v1' }] });
  });

  it('goes on for the next one who needs it, to the same moment, where the one it was for has gone', () => {
    const state = seatState([sits('v', 'P5', { yieldsTo: 'gone' })], [waits('p1', 'P1')]);
    const policy = seatPolicy(1);
    expect(plan(state, policy)).toMatchObject({ notices: [], kept: [], passed: [{ holder: { leaseId: 'v' }, entry: { id: 'p1' } }] });
    settled(state, policy);
  });

  it('goes to whoever is first now, and another session has to yield to the one it was for', () => {
    const state = seatState([sits('v1', 'P5', { yieldsTo: 'p1' }), sits('v2', 'P5')], [waits('p1', 'P1'), waits('p0', 'P0')]);
    const policy = seatPolicy(2);
    expect(yielding(plan(state, policy))).toEqual({ p0: ['v1'], p1: ['v2'] });
    settled(state, policy);
  });

  it('stays with the one who has it, although another one has rested longer since', () => {
    const state = seatState([sits('noticed', 'P5', { yieldsTo: 'p1', idleSince: minutesAgo(1) }), sits('idle', 'P5')], [waits('p1', 'P1')]);
    expect(plan(state, seatPolicy(2))).toEqual(NOTHING);
  });

  it('stays where another process thinks that the session is young still', () => {
    const state = seatState([sits('noticed', 'P5', { yieldsTo: 'p1', seatedAt: minutesAgo(14.9) })], [waits('p1', 'P1')]);
    expect(plan(state, seatPolicy(1))).toEqual(NOTHING);
  });

  it('is given to one heavier session where that is enough for two', () => {
    const state = seatState([sits('light', 'P5'), sits('heavy', 'P4', { weight: 2 })], [waits('one', 'P1', { arrivedAt: minutesAgo(2) }), waits('two', 'P1')]);
    const policy = seatPolicy(3);
    expect(plan(state, policy).notices.map(({ holder }) => holder.leaseId)).toEqual(['heavy']);
    settled(state, policy);
  });

  it('is not given for others before who may make nobody yield', () => {
    const before = Array.from({ length: 5 }, (_, number) => waits(`b${number}`, 'P1', { organisationId: 'B', path: ['B'], arrivedAt: minutesAgo(60) }));
    const state = seatState(Array.from({ length: 6 }, (_, number) => sits(`v${number}`, 'P5')), [...before, waits('p2', 'P2')]);
    const policy = seatPolicy(6);
    expect(plan(state, policy).notices).toHaveLength(1);
    settled(state, policy);
    // Nor is the seat given to them once it is free.
    const [left] = plan(state, policy).notices;
    const freed = { ...state, holders: state.holders.filter(({ leaseId }) => leaseId !== left!.holder.leaseId), waiting: state.waiting.map((one) => (one.id === 'p2' ? { ...one, promised: true } : one)) };
    expect(plan(freed, policy).grants.map(({ entry }) => entry.id)).toEqual(['p2']);
    // Before it has left, what is free by itself is theirs.
    const natural = after({ ...state }, plan(state, policy));
    const other = natural.holders.find(({ yieldsTo }) => yieldsTo === undefined)!;
    expect(plan({ ...natural, holders: natural.holders.filter((one) => one !== other) }, policy).grants.map(({ entry }) => entry.id)).toEqual(['b0']);
  });
});
