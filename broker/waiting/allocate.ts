import type { Code } from '../codes.ts';
import { effectiveLevel } from '../policy/level.ts';
import type { Policy } from '../policy/policy.ts';
import { whoYields, type Demand, type Yielding } from '../preemption/who-yields.ts';
import { lacksOfTotal, whyNoSeat, type SeatAsk } from '../seats/counts.ts';
import { createLedger, type Ledger, type Place as SeatPlace } from '../seats/ledger.ts';
import type { Entry, Holder, SeatState } from './entry.ts';
import { machinesOf } from './machines.ts';
import { inOrder, urgencyOf, type Standing } from './order.ts';

export type SeatPolicy = Pick<Policy, 'levels' | 'classes' | 'durations' | 'capacity'>;

/** Who gets a seat now, who has to yield one, and who no longer has to. In the order in which it is to be done. */
export type Allocation = {
  readonly grants: readonly { readonly entry: Entry; /** The class is not due: it has what was left over. */ readonly surplus: boolean }[];
  readonly notices: readonly { readonly holder: Holder; readonly entry: Entry; /** Seconds. */ readonly grace: number }[];
  /** Their notice goes on for another place, to the same moment. */
  readonly passed: readonly Yielding[];
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
  walk(state, policy, now, (standing, reasons) => {
    const moreUrgent = [...countsBefore].reduce((sum, [urgency, count]) => (urgency < standing.countsAs ? sum + count : sum), 0);
    countsBefore.set(standing.countsAs, (countsBefore.get(standing.countsAs) ?? 0) + 1);
    places.push({ standing, place: places.length + 1, moreUrgent, reasons });
    return 'all';
  });
  return places;
}

type Visit = (standing: Standing, reasons: readonly Code[]) => 'all' | undefined;

function walk(state: SeatState, policy: SeatPolicy, now: Date, visit: Visit): Allocation {
  if (state.waiting.length === 0) return { grants: [], notices: [], passed: [], kept: state.holders.filter(({ yieldsTo }) => yieldsTo !== undefined) };
  const seats = seatsOf(state, policy);
  const machines = machinesOf(state);
  const grants: { entry: Entry; surplus: boolean }[] = [];
  const demands: Demand[] = [];
  const leastUrgentPreempting = leastUrgentOf(state, policy);
  let wantsAll = false;

  for (const standing of inOrder(state.waiting, policy, state.levels, now)) {
    const { entry } = standing;
    const ask: SeatAsk = { weight: entry.weight, class: entry.class, due: standing.due, reserve: policy.capacity.reserve, surplusKeeps: policy.capacity.surplusKeeps };
    const machine = machines.whyNone(entry);
    const seat = whyNoSeat(seats.now.countsFor(entry), ask);
    const before = seat ?? whyNoSeat(seats.withClaims().countsFor(entry), ask);
    const reasons = [machine, seat ?? (before === undefined ? undefined : ('others-before' as const))].filter((reason) => reason !== undefined);
    wantsAll = visit(standing, reasons) === 'all' || wantsAll;
    if (!entry.present || machine !== undefined) continue;
    if (before === undefined) {
      demands.push({ kind: 'taken', entry });
      if (machines.isInDoubt(entry)) {
        seats.keep(entry);
        continue;
      }
      grants.push({ entry, surplus: !standing.due });
      machines.take(entry);
      seats.take(entry);
      continue;
    }
    // What could not be had in an empty office is held back from nobody.
    if (whyNoSeat(seats.empty().countsFor(entry), { ...ask, due: true }) !== undefined) continue;
    if (standing.mayPreempt) demands.push({ kind: 'wanted', entry, ask });
    else if (lacksOfTotal(seats.withClaims().countsFor(entry), ask)) demands.push({ kind: 'held', entry, weight: partThatFits(seats.withClaims(), entry, ask) });
    seats.claim(entry);
    if (!standing.mayPreempt && !wantsAll && seats.isFull() && (!standing.due || standing.countsAs > leastUrgentPreempting)) break;
  }
  const { notices, passed, kept } = whoYields(demands, state.holders, { makeLedger: () => createLedger(policy.capacity, state.poolSeats), tenure: policy.durations.tenure, now });
  return { grants, notices: notices.map((notice) => ({ ...notice, grace: graceFor(notice.holder, state, policy) })), passed, kept };
}

/** Seats that are free and kept for somebody for whom they are too few yet. */
function partThatFits(ledger: Ledger, entry: Entry, ask: SeatAsk): number {
  let weight = entry.weight - 1;
  while (weight > 0 && whyNoSeat(ledger.countsFor(entry), { ...ask, weight }) !== undefined) weight -= 1;
  return weight;
}

/** `now`: who has a seat. `withClaims`: the same, and what those before in the queue wait for. `empty`: nobody has one. */
function seatsOf({ holders, poolSeats }: SeatState, { capacity }: SeatPolicy) {
  const make = (among: readonly SeatPlace[]): Ledger => {
    const ledger = createLedger(capacity, poolSeats);
    for (const place of among) ledger.take(place);
    return ledger;
  };
  const taken: SeatPlace[] = [...holders];
  const now = make(taken);
  let withClaims: Ledger | undefined;
  let empty: Ledger | undefined;
  return {
    now,
    withClaims: () => withClaims ?? now,
    empty: () => (empty ??= make([])),
    claim: (entry: Entry) => (withClaims ??= make(taken)).claim(entry),
    take(entry: Entry) {
      taken.push(entry);
      now.take(entry);
      withClaims?.take(entry);
    },
    /** For one who is let in later, by what is known then. */
    keep: (entry: Entry) => (withClaims ??= make(taken)).take(entry),
    /** Not one seat is left for anybody. */
    isFull: () => capacity.total !== undefined && now.taken([]) >= capacity.total,
  };
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
