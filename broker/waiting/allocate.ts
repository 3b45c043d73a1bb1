import type { Code } from '../codes.ts';
import { effectiveLevel } from '../policy/level.ts';
import type { Policy } from '../policy/policy.ts';
import { chooseVictims } from '../preemption/victims.ts';
import { lacksOfTotal, whyNoSeat, type SeatAsk } from '../seats/counts.ts';
import { createLedger, type Ledger } from '../seats/ledger.ts';
import type { Entry, Holder, SeatState } from './entry.ts';
import { inOrder, urgencyOf, type Standing } from './order.ts';

export type SeatPolicy = Pick<Policy, 'levels' | 'classes' | 'durations' | 'capacity'>;

/** Who gets a seat now, who has to yield one, and who no longer has to. In the order in which it is to be done. */
export type Allocation = {
  readonly grants: readonly { readonly entry: Entry; /** The class is not due: it has what was left over. */ readonly surplus: boolean }[];
  readonly notices: readonly { readonly holder: Holder; readonly entry: Entry; /** Seconds. */ readonly grace: number }[];
  /** Their notice is taken back: nobody needs the seat any more. */
  readonly kept: readonly Holder[];
};

/** How one place stands. */
export type Place = {
  readonly standing: Standing;
  /** 1 is next. */
  readonly place: number;
  readonly moreUrgent: number;
  /** Why not now, all that can be known. */
  readonly reasons: readonly Code[];
  /** A seat of the total is what is missing: then nobody behind passes. */
  readonly lacksOfTotal: boolean;
};

/**
 * Gives out what is free, in the order of the queue. What somebody before waits for is not given to those behind, unless it is guaranteed
 * to them. One who waits for a desktop that is somebody else's holds back no seat; one who is away is passed over and keeps the place.
 * Pure: the same state always gives the same allocation.
 */
export function allocate(state: SeatState, policy: SeatPolicy, now: Date): Allocation {
  return walk(state, policy, now, () => undefined);
}

/** How everybody stands who waits, in order, as {@link allocate} would see them. */
export function placesIn(state: SeatState, policy: SeatPolicy, now: Date): readonly Place[] {
  const places: Place[] = [];
  const countsBefore = new Map<number, number>();
  walk(state, policy, now, (standing, reasons, lacksOfTotal) => {
    const moreUrgent = [...countsBefore].reduce((sum, [urgency, count]) => (urgency < standing.countsAs ? sum + count : sum), 0);
    countsBefore.set(standing.countsAs, (countsBefore.get(standing.countsAs) ?? 0) + 1);
    places.push({ standing, place: places.length + 1, moreUrgent, reasons, lacksOfTotal });
    return 'all';
  });
  return places;
}

type Visit = (standing: Standing, reasons: readonly Code[], lacksOfTotal: boolean) => 'all' | undefined;

function walk(state: SeatState, policy: SeatPolicy, now: Date, visit: Visit): Allocation {
  const seats = seatsOf(state, policy);
  const machines = machinesOf(state);
  const grants: { entry: Entry; surplus: boolean }[] = [];
  const notices: { holder: Holder; entry: Entry; grace: number }[] = [];
  const served = new Set<string>();
  const entitled = new Set<string>();
  const leastUrgentPreempting = leastUrgentOf(state, policy);
  let wantsAll = false;

  for (const standing of inOrder(withSeatsAlready(state), policy, state.levels, now)) {
    const { entry } = standing;
    const ask: SeatAsk = { weight: entry.weight, class: entry.class, due: standing.due, reserve: policy.capacity.reserve, surplusKeeps: policy.capacity.surplusKeeps };
    const machine = machines.whyNone(entry);
    const seat = whyNoSeat(seats.now.countsFor(entry), ask);
    const before = seat ?? whyNoSeat(seats.withClaims.countsFor(entry), ask);
    const reasons = [machine, seat ?? (before === undefined ? undefined : ('others-before' as const))].filter((reason) => reason !== undefined);
    const wanting = machine === undefined && before !== undefined && lacksOfTotal(seats.withClaims.countsFor(entry), ask);
    wantsAll = visit(standing, reasons, wanting) === 'all' || wantsAll;
    if (!entry.present || machine !== undefined) continue;
    if (mayPreempt(standing, state, policy)) entitled.add(entry.id);
    if (before === undefined) {
      grants.push({ entry, surplus: !standing.due });
      served.add(entry.id);
      machines.take(entry);
      seats.take(entry);
      continue;
    }
    // What could not be had in an empty office is held back from nobody.
    if (whyNoSeat(seats.empty.countsFor(entry), { ...ask, due: true }) !== undefined) continue;
    seats.withClaims.claim(entry);
    if (entitled.has(entry.id)) {
      if (whyNoSeat(seats.later.countsFor(entry), ask) !== undefined) {
        const taken = new Set(notices.map(({ holder }) => holder.leaseId));
        const yielding = chooseVictims({ ...ask, path: entry.path, poolId: entry.poolId, personId: entry.personId }, state.holders.filter(({ leaseId }) => !taken.has(leaseId)), { ledger: seats.later, staying: seats.staying, tenure: policy.durations.tenure, now }) ?? [];
        for (const holder of yielding) {
          notices.push({ holder, entry, grace: graceFor(holder, state, policy) });
          seats.later.give(holder);
          seats.staying.give(holder);
        }
      }
    } else if (!wantsAll && seats.isFull() && (!standing.due || standing.countsAs > leastUrgentPreempting)) break;
    if (whyNoSeat(seats.later.countsFor(entry), ask) === undefined) seats.later.take(entry);
    else seats.later.claim(entry);
  }
  // A promise that was kept otherwise, or to somebody who has gone or may no longer make others yield, leaves the seat to its holder.
  const kept = state.holders.filter(({ yieldsTo }) => yieldsTo !== undefined && (served.has(yieldsTo) || !entitled.has(yieldsTo)));
  return { grants, notices, kept };
}

/**
 * `now`: who has a seat. `withClaims`: the same, and what those before in the queue wait for. `later`: without the seats of those who have
 * notice, and with everybody before who waits. `empty`: nobody has one. `staying`: only who has a seat and no notice.
 */
function seatsOf({ holders, poolSeats }: SeatState, { capacity }: SeatPolicy) {
  const make = (among: readonly Holder[]): Ledger => {
    const ledger = createLedger(capacity, poolSeats);
    for (const holder of among) ledger.take(holder);
    return ledger;
  };
  const withoutNotice = holders.filter(({ yieldsTo }) => yieldsTo === undefined);
  const [now, withClaims, later, staying] = [make(holders), make(holders), make(withoutNotice), make(withoutNotice)];
  return {
    empty: make([]),
    now,
    withClaims,
    later,
    staying,
    take(entry: Entry) {
      for (const ledger of [now, withClaims, later]) ledger.take(entry);
    },
    /** Not one seat is left for anybody. */
    isFull: () => capacity.total !== undefined && now.taken([]) >= capacity.total,
  };
}

/** Which desktops are left while the queue is walked through. */
function machinesOf({ poolRoom, desktopsTaken }: SeatState) {
  const room = new Map(poolRoom);
  const taken = new Set(desktopsTaken);
  return {
    whyNone({ desktopId, poolId, own }: Entry): Code | undefined {
      if (own) return undefined;
      if (desktopId !== undefined) return taken.has(desktopId) ? 'desktop-in-use' : undefined;
      return poolId !== undefined && (room.get(poolId) ?? 0) > 0 ? undefined : 'pool-exhausted';
    },
    take({ desktopId, poolId, own }: Entry) {
      if (desktopId !== undefined) taken.add(desktopId);
      else if (poolId !== undefined && !own) room.set(poolId, (room.get(poolId) ?? 0) - 1);
    },
  };
}

/** A promise counts once those who yield have left: until then the seats that are free are those of whoever is before. */
function withSeatsAlready({ holders, waiting }: SeatState): readonly Entry[] {
  const stillYielding = new Set(holders.map(({ yieldsTo }) => yieldsTo));
  return waiting.map((entry) => (entry.promised && stillYielding.has(entry.id) ? { ...entry, promised: false } : entry));
}

/** The class itself, not the one that it is lifted to, and only once it is due. */
function mayPreempt({ entry, due }: Standing, { levels }: SeatState, { levels: rules }: SeatPolicy): boolean {
  const level = levels.get(entry.organisationId);
  return due && level !== undefined && rules[effectiveLevel(level, entry.class)].preempting.includes(entry.class);
}

/** Behind it in the order nobody can make a session yield. */
function leastUrgentOf({ levels }: SeatState, { levels: rules }: SeatPolicy): number {
  const preempting = [...levels.values()].flatMap((level) => [...rules[level.level].preempting, ...(level.provisional ? rules[level.provisional.level].preempting : [])]);
  return Math.max(-1, ...preempting.map(urgencyOf));
}

/** Of the level that holds where the session that yields belongs. */
function graceFor(holder: Holder, { levels }: SeatState, { levels: rules }: SeatPolicy): number {
  const level = levels.get(holder.organisationId);
  return rules[level === undefined ? '0' : effectiveLevel(level, holder.class)].grace;
}
