import { allocate, placesIn, type SeatPolicy } from '../broker/waiting/allocate.ts';
import { minutesAgo, NOW, seatPolicy, seatState, sits, waits } from '../test/support/seat-plans.ts';

export type PlanFigures = { readonly figures: readonly { readonly waiting: number; /** Median, in milliseconds. */ readonly plan: number; readonly again: number; readonly places: number }[]; /** Of a plan, a place: with 10,000 waiting against 1,000. */ readonly growth: number };

const CLASSES = ['P1', 'P2', 'P3', 'P4', 'P5'] as const;
const SESSIONS = 500;
const ROUNDS = 5;

/** What one look at the queue costs: every seat taken, twenty units of which ten have a share, weights that differ, and most who wait make others yield or try to. */
export function benchPlan(): PlanFigures {
  const figures = [100, 1_000, 10_000].map((waiting) => {
    const { state, policy } = fullOffice(waiting);
    const [plan, took] = timed(() => allocate(state, policy, NOW));
    const told = new Map(plan.notices.map(({ holder, entry }) => [holder.leaseId, entry.id]));
    const then = { ...state, holders: state.holders.map((holder) => ({ ...holder, yieldsTo: told.get(holder.leaseId) })) };
    return { waiting, plan: took, again: timed(() => allocate(then, policy, NOW))[1], places: timed(() => placesIn(then, policy, NOW))[1] };
  });
  const each = (waiting: number) => figures.find((figure) => figure.waiting === waiting)!.plan / waiting;
  return { figures, growth: Number((each(10_000) / each(1_000)).toFixed(2)) };
}

function fullOffice(waiting: number): { state: ReturnType<typeof seatState>; policy: SeatPolicy } {
  const path = (number: number) => ['A', `u${number % 20}`];
  const holders = Array.from({ length: SESSIONS }, (_, number) => sits(`l${number}`, CLASSES[number % 5]!, { path: path(number), weight: 1 + (number % 3) }));
  const places = Array.from({ length: waiting }, (_, number) => waits(`w${number}`, CLASSES[number % 5]!, { path: path(number), arrivedAt: minutesAgo(number % 90), weight: 1 + (number % 4) }));
  const shares = [{ path: ['A'], floor: 100, most: undefined }, ...Array.from({ length: 10 }, (_, number) => ({ path: path(number), floor: 20, most: 60 }))];
  return { state: seatState(holders, places), policy: seatPolicy(holders.reduce((sum, { weight }) => sum + weight, 0), { shares }) };
}

function timed<Result>(work: () => Result): [Result, number] {
  const took: number[] = [];
  let result = work();
  for (let round = 0; round < ROUNDS; round += 1) {
    const from = performance.now();
    result = work();
    took.push(performance.now() - from);
  }
  return [result, Math.round(took.toSorted((one, other) => one - other)[Math.floor(ROUNDS / 2)]!)];
}

if (import.meta.main) {
  const found = benchPlan();
  if (!process.argv.includes('--json')) for (const { waiting, plan, again, places } of found.figures) console.log(`${String(waiting).padStart(6)} waiting: ${plan} ms a plan, ${again} ms once notice is given, ${places} ms for all places`);
  console.log(JSON.stringify(found));
}
