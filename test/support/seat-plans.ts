import type { LevelInForce, PriorityClass } from '../../broker/port.ts';
import { allocate, type Allocation, type SeatPolicy } from '../../broker/waiting/allocate.ts';
import type { Entry, Holder, SeatState } from '../../broker/waiting/entry.ts';
import { testCapacity, testPolicy } from './policy.ts';

export const NOW = new Date('2026-10-01T00:00:00Z');
export const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

/** An hour at work, half an hour without input. */
export function sits(leaseId: string, priorityClass: PriorityClass, more: Partial<Holder> = {}): Holder {
  return { leaseId, personId: `of ${leaseId}`, organisationId: 'A', path: ['A'], class: priorityClass, weight: 1, desktopId: `desktop of ${leaseId}`, poolId: undefined, seatedAt: minutesAgo(60), idleSince: minutesAgo(30), surplus: false, yieldsTo: undefined, closing: false, ...more };
}

/** Came a minute ago, for a free desktop of their own. */
export function waits(id: string, priorityClass: PriorityClass, more: Partial<Entry> = {}): Entry {
  return { id, personId: `of ${id}`, organisationId: 'A', path: ['A'], class: priorityClass, targetSeconds: null, weight: 1, desktopId: `desktop of ${id}`, poolId: undefined, arrivedAt: minutesAgo(1), returning: false, promised: false, present: true, own: false, ...more };
}

/** Of A at level 2, at which P0 to P2 make others yield; nothing has to become due. */
export function seatState(holders: readonly Holder[], waiting: readonly Entry[], more: Partial<SeatState> = {}): SeatState {
  const level: LevelInForce = { number: 1, level: '2' };
  return { holders, waiting, levels: new Map([['A', level], ['B', { number: 0, level: '0' }]]), poolSeats: new Map(), poolRoom: new Map(), desktopRoom: new Map(), ...more };
}

export function seatPolicy(total: number | undefined, capacity: Parameters<typeof testCapacity>[0] = {}): SeatPolicy {
  const { levels, durations, classes } = testPolicy();
  const preempting: readonly PriorityClass[] = ['P0', 'P1', 'P2'];
  return { classes, durations, capacity: testCapacity({ total, ...capacity }), levels: { ...levels, '2': { ...levels['2'], preempting, due: 'at-once' } } };
}

export const plan = (state: SeatState, policy: SeatPolicy) => allocate(state, policy, NOW);

/** The state once a plan was carried out, at the same instant. */
export function after(state: SeatState, { grants, notices, passed, kept }: Allocation): SeatState {
  const told = new Map([...notices, ...passed].map(({ holder, entry }) => [holder.leaseId, entry.id]));
  const staying = new Set(kept.map(({ leaseId }) => leaseId));
  const gone = new Set(grants.map(({ entry }) => entry.id));
  return {
    ...state,
    holders: [
      ...state.holders.map((one) => (staying.has(one.leaseId) ? { ...one, yieldsTo: undefined } : { ...one, yieldsTo: told.get(one.leaseId) ?? one.yieldsTo })),
      ...grants.map(({ entry, surplus }) => sits(`granted to ${entry.id}`, entry.class, { ...entry, desktopId: entry.desktopId ?? 'one of the pool', seatedAt: NOW, idleSince: NOW, surplus })),
    ],
    waiting: state.waiting.filter(({ id }) => !gone.has(id)),
  };
}

/** The sessions of a plan by the places that they yield to. */
export function yielding({ notices, passed }: Allocation): Record<string, readonly string[]> {
  const pairs = [...notices, ...passed].map(({ holder, entry }) => [entry.id, holder.leaseId] as const);
  return Object.fromEntries([...Map.groupBy(pairs, ([id]) => id)].map(([id, of]) => [id, of.map(([, leaseId]) => leaseId)]));
}
