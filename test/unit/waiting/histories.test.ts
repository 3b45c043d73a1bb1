import { liveThrough } from '../../../scripts/prove/queue/histories.ts';
import { hasRoomForAll } from '../../../broker/seats/room-for-all.ts';
import { allocate, placesIn, type Allocation, type SeatPolicy } from '../../../broker/waiting/allocate.ts';
import type { Entry, Holder, SeatState } from '../../../broker/waiting/entry.ts';
import type { Rules } from '../../../scripts/prove/queue/give-out.ts';

const HISTORIES = 100_000;
/** Another one each day, so that they add up; a failure names the history, which `npm run prove:queue` lives again. */
const SEED = Math.floor(Date.now() / 86_400_000) * 1_000_000;

describe('random histories of offices whose seats run short', () => {
  it(`break no rule of seats, queue and preemption, ${HISTORIES.toLocaleString('en')} of them from ${SEED}`, () => {
    const { seen } = liveThrough(SEED, HISTORIES);
    // They are worth living: people wait, are let in, yield, and yield to another one than they were told.
    expect(seen['granted']).toBeGreaterThan(HISTORIES);
    expect(seen['waiting']).toBeGreaterThan(HISTORIES);
    expect(seen['noticed']).toBeGreaterThan(HISTORIES / 50);
    expect(seen['passed on']).toBeGreaterThan(HISTORIES / 1_000);
  }, 600_000);

  it('are the same for the same seed', () => {
    expect(liveThrough(7, 200)).toEqual(liveThrough(7, 200));
  });
});

type Change<Thing> = (thing: Thing, now: Date) => Thing;
const capacity = (change: (capacity: SeatPolicy['capacity']) => Partial<SeatPolicy['capacity']>): Partial<Rules> => withPolicy((policy) => ({ ...policy, capacity: { ...policy.capacity, ...change(policy.capacity) } }));
const shares = (change: (share: SeatPolicy['capacity']['shares'][number]) => SeatPolicy['capacity']['shares'][number]) => capacity((given) => ({ shares: given.shares.map(change) }));
const durations = (change: Partial<SeatPolicy['durations']>): Partial<Rules> => withPolicy((policy) => ({ ...policy, durations: { ...policy.durations, ...change } }));
const everyLevel = (change: Partial<SeatPolicy['levels']['0']>): Partial<Rules> => withPolicy((policy) => ({ ...policy, levels: Object.fromEntries(Object.entries(policy.levels).map(([name, level]) => [name, { ...level, ...change }])) as SeatPolicy['levels'] }));

/** Each fault is one that a change of the rules could bring. */
const FAULTS: readonly [string, Partial<Rules>, RegExp][] = [
  ['gives a seat too many', capacity(({ total = 0 }) => ({ total: total + 1 })), /more seats than there are|guaranteed to others|reserve/],
  ['gives the reserve away', capacity(() => ({ reserve: 0 })), /seats of the reserve/],
  ['keeps a reserve that there is not', capacity(({ reserve }) => ({ reserve: reserve + 1 })), /what is left over/],
  ['gives what is not due the last seats', capacity(() => ({ surplusKeeps: 0 })), /left for what is due|seats of the reserve/],
  ['forgets the floors when somebody yields', { allocate: (state, policy, now) => ({ ...allocate(state, policy, now), notices: allocate(state, { ...policy, capacity: { ...policy.capacity, shares: [] } }, now).notices }) }, /below its floor|in vain|nobody who|beside sessions/],
  ['forgets the floors when it gives seats out', shares((share) => ({ ...share, floor: 0 })), /guaranteed to others|what is left over|below its floor/],
  ['forgets the most that a unit gets', shares((share) => ({ ...share, most: undefined })), /than a unit or pool gets/],
  ['forgets the seats of the pool', withState((state) => ({ ...state, poolSeats: new Map() })), /than a unit or pool gets/],
  ['counts every session as one seat', withHolders((holder) => ({ ...holder, weight: 1 })), /more seats than|guaranteed|reserve|in vain/],
  ['takes young sessions', durations({ tenure: 0 }), /within its tenure/],
  ['takes P0', withHolders((holder) => ({ ...holder, class: 'PX' })), /P0 was to yield|same or a higher class/],
  ['lets every level make others yield', everyLevel({ preempting: ['P0', 'P1', 'P2'] }), /made others yield|passed/],
  ['lets every class make others yield', everyLevel({ preempting: ['P0', 'P1', 'P2', 'P3', 'P4', 'P5'] }), /made others yield|passed/],
  ['lets whom waiting has lifted make others yield', withWaiting((entry, now) => (entry.class === 'P3' && now.getTime() - entry.arrivedAt.getTime() >= 1_800_000 ? { ...entry, class: 'P2' } : entry)), /same or a higher class|made others yield|passed/],
  ['lifts nobody', durations({ ageing: 9e9 }), /passed|not the one in the queue|what is left over/],
  ['takes everything for due', everyLevel({ due: 'at-once' }), /for surplus|made others yield|passed|left for what is due|reserve/],
  ['forgets the target time of the duty', withWaiting((entry) => ({ ...entry, targetSeconds: null })), /for surplus|passed|made others yield|left for what is due|reserve/],
  ['takes one organisation’s level for the other’s', withState((state) => ({ ...state, levels: new Map([...state.levels.keys()].map((name) => [name, state.levels.get('A')!])) })), /made others yield|passed|for surplus|grace/],
  ['forgets a level that one person raised', withState((state) => ({ ...state, levels: new Map([...state.levels].map(([name, level]) => [name, { ...level, provisional: { level: '0' as const, since: new Date(0), until: new Date(0) } }])) })), /beside sessions|passed|for surplus|grace|made others yield/],
  ['goes by arrival backwards', withWaiting((entry, now) => ({ ...entry, arrivedAt: new Date(2 * now.getTime() - entry.arrivedAt.getTime()) })), /was passed|no reason/],
  ['lets those who return queue up behind', withWaiting((entry) => ({ ...entry, returning: false })), /was passed|no reason/],
  ['takes those who are away for present', withWaiting((entry) => ({ ...entry, present: true })), /nobody who is there|passed|in vain/],
  ['gives the yielded seat to whoever is before', withWaiting((entry) => ({ ...entry, promised: false })), /was passed|what is left over/],
  ['sees no other session on a desktop', withState((state) => ({ ...state, desktopRoom: new Map() })), /without a desktop|nobody who is there/],
  ['gives a pool’s desktop to two', withWaiting((entry) => (entry.desktopId === undefined ? entry : { ...entry, poolId: undefined })), /without a desktop|than a unit or pool gets/],
  ['gives nothing out', { allocate: () => ({ grants: [], notices: [], passed: [], kept: [] }) }, /what is left over|beside sessions/],
  ['gives nobody notice', withPlan((plan) => ({ ...plan, notices: [] })), /beside sessions that may yield/],
  ['takes no notice back', withPlan((plan) => ({ ...plan, kept: [] })), /nobody who is there|in vain|may not/],
  ['passes no notice on', withPlan((plan) => ({ ...plan, passed: [] })), /nobody who is there|in vain|beside sessions|found something to do|below its floor|made others yield/],
  ['takes a notice back to give it anew', withPlan(({ passed, kept, ...plan }) => ({ ...plan, passed: [], kept: [...kept, ...passed.map(({ holder }) => holder)] })), /beside sessions|found something to do/],
  ['gives notice to one more', withPlan((plan, state) => ({ ...plan, notices: plan.notices.flatMap((notice) => [notice, ...state.holders.filter((one) => one.class === 'P5' && one.yieldsTo === undefined && !plan.notices.some(({ holder }) => holder === one)).slice(0, 1).map((holder) => ({ ...notice, holder }))]) })), /in vain|within its tenure|out of turn|below its floor|grace/],
  ['takes the one that was idle for the shortest time', withHolders((holder, now) => ({ ...holder, idleSince: new Date(now.getTime() * 2 - holder.idleSince.getTime()) })), /out of turn/],
  ['spares those who were admitted on surplus', withHolders((holder) => ({ ...holder, surplus: false })), /out of turn/],
  ['lets newcomers take what those before wait for', { hasRoomForAll: () => true }, /newcomer took|passed/],
  ['lets newcomers of a full unit pass those of it who wait', { hasRoomForAll: (counts, ask, wanted) => hasRoomForAll(counts.filter(({ scope }) => scope === 'total'), ask, wanted) }, /newcomer took|passed/],
  ['lets newcomers take the guaranteed seats that a sibling waits for', { hasRoomForAll: (counts, ask, wanted) => hasRoomForAll(counts.map(({ guarantees, ...count }) => (guarantees?.length ? { ...count, own: 99 } : count)), ask, wanted) }, /newcomer took|passed/],
  ['looks only at the first of those before a newcomer', { hasRoomForAll: (counts, ask, { total, pool, shares }) => hasRoomForAll(counts, ask, { total: Math.min(1, total), pool: Math.min(1, pool), shares: Object.fromEntries(Object.entries(shares).map(([depth, wanted]) => [depth, Math.min(1, wanted)])) }) }, /newcomer took|passed/],
  ['gives the grace of another level', { allocate: (state, policy, now) => { const plan = allocate(state, policy, now); return { ...plan, notices: plan.notices.map((notice) => ({ ...notice, grace: 120 })) }; } }, /grace/],
];

describe('the histories notice a rule that', () => {
  it.each(FAULTS)('%s', (_name, fault, broken) => {
    expect(() => liveThrough(1, 40_000, { rules: { allocate, placesIn, hasRoomForAll, ...fault } })).toThrow(broken);
  });
});

function withPolicy(change: (policy: SeatPolicy) => SeatPolicy): Partial<Rules> {
  return { allocate: (state, policy, now) => allocate(state, change(policy), now) };
}

/** What the rules see; what they answer names people as they are. */
function withState(change: (state: SeatState, now: Date) => SeatState): Partial<Rules> {
  return {
    allocate: (state, policy, now) => {
      const { grants, notices, passed, kept } = allocate(change(state, now), policy, now);
      const holders = new Map(state.holders.map((holder) => [holder.leaseId, holder]));
      const entries = new Map(state.waiting.map((entry) => [entry.id, entry]));
      const own = <One extends { readonly holder: Holder; readonly entry: Entry }>(one: One): One => ({ ...one, holder: holders.get(one.holder.leaseId)!, entry: entries.get(one.entry.id)! });
      return { grants: grants.map((grant) => ({ ...grant, entry: entries.get(grant.entry.id)! })), notices: notices.map(own), passed: passed.map(own), kept: kept.map(({ leaseId }) => holders.get(leaseId)!) };
    },
  };
}

function withHolders(change: Change<Holder>): Partial<Rules> {
  return withState((state, now) => ({ ...state, holders: state.holders.map((holder) => change(holder, now)) }));
}

function withWaiting(change: Change<Entry>): Partial<Rules> {
  return withState((state, now) => ({ ...state, waiting: state.waiting.map((entry) => change(entry, now)) }));
}

function withPlan(change: (plan: Allocation, state: SeatState) => Allocation): Partial<Rules> {
  return { allocate: (state, policy, now) => change(allocate(state, policy, now), state) };
}
