import { liveThrough } from '../../../scripts/prove/queue/histories.ts';
import { allocate, placesIn } from '../../../broker/waiting/allocate.ts';
import type { SeatState } from '../../../broker/waiting/entry.ts';
import type { Rules } from '../../../scripts/prove/queue/steps.ts';

const HISTORIES = 100_000;
/** Another one each day, so that they add up; a failure names the history, which `npm run prove:queue` lives again. */
const SEED = Math.floor(Date.now() / 86_400_000) * 1_000_000;

describe('random histories of offices whose seats run short', () => {
  it(`break no rule of seats, queue and preemption, ${HISTORIES.toLocaleString('en')} of them from ${SEED}`, () => {
    const { seen } = liveThrough(SEED, HISTORIES);
    // They are worth living: people wait, are let in, and yield.
    expect(seen['granted']).toBeGreaterThan(HISTORIES);
    expect(seen['waiting']).toBeGreaterThan(HISTORIES);
    expect(seen['noticed']).toBeGreaterThan(HISTORIES / 50);
  }, 600_000);

  it('are the same for the same seed', () => {
    expect(liveThrough(7, 200)).toEqual(liveThrough(7, 200));
  });
});

/** Each fault is one that a change of the rules could bring. */
const FAULTS: readonly [string, Partial<Rules>, RegExp][] = [
  ['gives a seat too many', { allocate: (state, policy, now) => allocate(state, { ...policy, capacity: { ...policy.capacity, total: (policy.capacity.total ?? 0) + 1 } }, now) }, /more seats than there are/],
  ['forgets the floors when somebody yields', { allocate: (state, policy, now) => ({ ...allocate(state, policy, now), notices: allocate(state, { ...policy, capacity: { ...policy.capacity, shares: [] } }, now).notices }) }, /below its floor/],
  ['forgets the floors when it gives seats out', { allocate: (state, policy, now) => allocate(state, { ...policy, capacity: { ...policy.capacity, shares: policy.capacity.shares.map((share) => ({ ...share, floor: 0 })) } }, now) }, /guaranteed to the own unit|no reason|below its floor/],
  ['forgets the most that a unit gets', { allocate: (state, policy, now) => allocate(state, { ...policy, capacity: { ...policy.capacity, shares: policy.capacity.shares.map((share) => ({ ...share, most: undefined })) } }, now) }, /more seats than a unit gets/],
  ['forgets the seats of the pool', { allocate: (state, policy, now) => allocate({ ...state, poolSeats: new Map() }, policy, now) }, /more seats than a pool has/],
  ['takes young sessions', { allocate: (state, policy, now) => allocate(state, { ...policy, durations: { ...policy.durations, tenure: 0 } }, now) }, /within its tenure/],
  ['takes P0', { allocate: withHolders((holder) => ({ ...holder, class: 'PX' })) }, /P0 was to yield|same or a higher class|no reason/],
  ['lets every class make others yield', { allocate: (state, policy, now) => allocate(state, { ...policy, levels: { ...policy.levels, '0': policy.levels['2'], '1': policy.levels['2'], R: policy.levels['2'] } }, now) }, /made others yield/],
  ['goes by arrival backwards', { allocate: withWaiting((entry, now) => ({ ...entry, arrivedAt: new Date(2 * now.getTime() - entry.arrivedAt.getTime()) })) }, /was passed|no reason/],
  ['takes those who are away for present', { allocate: withWaiting((entry) => ({ ...entry, present: true })) }, /is away|yields to nobody/],
  ['sees no other session on a desktop', { allocate: (state, policy, now) => allocate({ ...state, desktopsTaken: new Set() }, policy, now) }, /without a desktop|made others yield/],
  ['gives nothing out', { allocate: () => ({ grants: [], notices: [], kept: [] }) }, /no reason|guaranteed/],
];

describe('the histories notice a rule that', () => {
  it.each(FAULTS)('%s', (_name, fault, broken) => {
    expect(() => liveThrough(1, 20_000, { rules: { allocate, placesIn, ...fault } })).toThrow(broken);
  });
});

function withHolders(change: (holder: SeatState['holders'][number]) => SeatState['holders'][number]): typeof allocate {
  return (state, policy, now) => allocate({ ...state, holders: state.holders.map(change) }, policy, now);
}

function withWaiting(change: (entry: SeatState['waiting'][number], now: Date) => SeatState['waiting'][number]): typeof allocate {
  return (state, policy, now) => allocate({ ...state, waiting: state.waiting.map((entry) => change(entry, now)) }, policy, now);
}
