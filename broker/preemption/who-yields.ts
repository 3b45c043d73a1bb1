import { whyNoSeat, type SeatAsk } from '../seats/counts.ts';
import type { Ledger } from '../seats/ledger.ts';
import type { Entry, Holder } from '../waiting/entry.ts';
import { urgencyOf } from '../waiting/order.ts';
import { chooseVictims, mayYieldAtAll, whoStaysFirst, whoYieldsFirst } from './victims.ts';

/** What the walk through the queue has found for one place, in its order. */
export type Demand =
  /** It has its seat. */
  | { readonly kind: 'taken'; readonly entry: Entry }
  /** It makes nobody yield; so many seats that are free now are kept for it. */
  | { readonly kind: 'held'; readonly entry: Entry; readonly weight: number }
  /** It lacks a seat, and others yield to it. */
  | { readonly kind: 'wanted'; readonly entry: Entry; readonly ask: SeatAsk };

export type Yielding = { readonly holder: Holder; readonly entry: Entry };

export type Yields = {
  readonly notices: readonly Yielding[];
  /** They have notice for another place. */
  readonly passed: readonly Yielding[];
  readonly kept: readonly Holder[];
};

/** @param tenure seconds */
export type YieldRules = { readonly makeLedger: () => Ledger; readonly tenure: number; readonly now: Date };

/**
 * Which sessions yield and to whom, reckoned anew each time, so that nobody yields whom nobody needs. Whoever has notice is chosen before everybody else:
 * a notice is given once, and is taken back only where fewer are needed or the seat helps nobody.
 */
export function whoYields(demands: readonly Demand[], holders: readonly Holder[], rules: YieldRules): Yields {
  const noticed = holders.filter(({ yieldsTo }) => yieldsTo !== undefined);
  if (!demands.some(({ kind }) => kind === 'wanted')) return { notices: [], passed: [], kept: noticed };
  const chosen = withoutTheNeedless(demands, holders, rules);
  const all = [...chosen].flatMap(([entry, of]) => of.map((holder) => ({ holder, entry })));
  const yielding = new Set(all.map(({ holder }) => holder));
  return {
    notices: all.filter(({ holder }) => holder.yieldsTo === undefined),
    passed: all.filter(({ holder, entry }) => holder.yieldsTo !== undefined && holder.yieldsTo !== entry.id),
    kept: noticed.filter((holder) => !yielding.has(holder)),
  };
}

/** Of those who yield, so many are asked for whether they are needless: each takes a walk through the queue. */
const TRIED_AT_MOST = 20;

type Chosen = ReadonlyMap<Entry, readonly Holder[]>;

/** One that a heavier one, chosen for somebody behind, made needless keeps its seat. */
function withoutTheNeedless(demands: readonly Demand[], holders: readonly Holder[], rules: YieldRules): Chosen {
  const candidates = holders.toSorted(whoYieldsFirst);
  const chosen = withoutTheVain(demands, holders, candidates, rules);
  let yielding = new Set([...chosen.values()].flat());
  // One alone was missing. Of several one may be needless, also where each frees one seat: they were reckoned beside what somebody before lacks, and that may be
  // another thing once they have left.
  if (yielding.size < 2) return chosen;
  const all = servedBy(demands, holders, yielding, rules);
  const before = yielding.size;
  let { free } = all;
  let tried = 0;
  for (const holder of [...yielding].sort(whoStaysFirst)) {
    if (holder.weight > free || tried === TRIED_AT_MOST) continue;
    tried += 1;
    const without = new Set([...yielding].filter((one) => one !== holder));
    const fewer = servedBy(demands, holders, without, rules);
    if ([...all.served].every((entry) => fewer.served.has(entry))) [yielding, free] = [without, fewer.free];
  }
  if (yielding.size === before) return chosen;
  const again = withoutTheVain(demands, holders, candidates.filter((holder) => yielding.has(holder)), rules);
  const { served } = servedBy(demands, holders, new Set([...again.values()].flat()), rules);
  if ([...all.served].every((entry) => served.has(entry))) return again;
  return new Map([...chosen].map(([entry, of]) => [entry, of.filter((holder) => yielding.has(holder))]));
}

/**
 * Nobody yields to one who would not get the seat: what somebody before lacks may be another thing once these sessions have left, and hold the seat back
 * for that one.
 */
function withoutTheVain(demands: readonly Demand[], holders: readonly Holder[], candidates: readonly Holder[], rules: YieldRules): Chosen {
  const vain = new Set<string>();
  for (;;) {
    const chosen = choose(demands, holders, candidates, vain, rules);
    const { served } = servedBy(demands, holders, new Set([...chosen.values()].flat()), rules);
    const unserved = [...chosen].flatMap(([entry, of]) => (of.length === 0 || served.has(entry) ? [] : [kindOf(entry)]));
    if (unserved.length === 0) return chosen;
    for (const kind of unserved) vain.add(kind);
  }
}

/** Of these candidates, by place; nobody where none or not enough may. */
function choose(demands: readonly Demand[], holders: readonly Holder[], candidates: readonly Holder[], vain: ReadonlySet<string>, { makeLedger, tenure, now }: YieldRules): Chosen {
  // `later`: without the seats of those who yield, and with everybody before who waits. `staying`: only who has a seat and does not yield.
  const [later, staying] = [ledgerOf(holders, makeLedger), ledgerOf(holders, makeLedger)];
  const seated = new Set(holders.map(({ personId }) => personId));
  let left = candidates.filter((holder) => mayYieldAtAll(holder, { tenure, now }));
  const chosen = new Map<Entry, readonly Holder[]>();
  // For one like these nobody was found, since then nobody was chosen for anyone.
  const hopeless = new Set<string>();
  for (const demand of demands) {
    if (hasRoom(demand, later) || demand.kind !== 'wanted') continue;
    const { entry, ask } = demand;
    const kind = kindOf(entry);
    const isHopeless = vain.has(kind) || hopeless.has(kind) || weightBelow(left, entry) < seatsShort(later, entry.weight);
    const found = isHopeless ? undefined : chooseVictims({ ...ask, id: entry.id, path: entry.path, poolId: entry.poolId, personId: entry.personId }, left, { ledger: later, staying, tenure, now });
    if (found === undefined) {
      if (!seated.has(entry.personId)) hopeless.add(kind);
      later.claim(entry);
      continue;
    }
    for (const holder of found) {
      later.give(holder);
      staying.give(holder);
    }
    left = left.filter((holder) => !found.includes(holder));
    hopeless.clear();
    chosen.set(entry, found);
    later.take(entry);
  }
  return chosen;
}

const weightBelow = (holders: readonly Holder[], { class: priorityClass }: Entry): number => holders.reduce((sum, holder) => (urgencyOf(holder.class) > urgencyOf(priorityClass) ? sum + holder.weight : sum), 0);

/** Who has a seat once these have left, and how many are free then. */
function servedBy(demands: readonly Demand[], holders: readonly Holder[], yielding: ReadonlySet<Holder>, { makeLedger }: YieldRules): { readonly served: ReadonlySet<Entry>; readonly free: number } {
  const ledger = ledgerOf(holders.filter((holder) => !yielding.has(holder)), makeLedger);
  const served = new Set<Entry>();
  for (const demand of demands) {
    if (hasRoom(demand, ledger)) served.add(demand.entry);
    else if (demand.kind === 'wanted') ledger.claim(demand.entry);
  }
  return { served, free: seatsShort(ledger, 0) * -1 };
}

/** Of the total; below 0: so many are free. */
function seatsShort(ledger: Ledger, weight: number): number {
  const total = ledger.countsFor({ path: [], poolId: undefined }).find(({ scope }) => scope === 'total');
  return total === undefined ? -Infinity : total.taken + weight - total.seats;
}

/** Gives a place what it has or finds room for. @returns false where it finds none */
function hasRoom(demand: Demand, ledger: Ledger): boolean {
  const { entry } = demand;
  if (demand.kind === 'held') {
    if (demand.weight > 0) ledger.claim({ ...entry, weight: demand.weight });
    return false;
  }
  if (demand.kind === 'wanted' && whyNoSeat(ledger.countsFor(entry), demand.ask) !== undefined) return false;
  ledger.take(entry);
  return true;
}

function ledgerOf(holders: readonly Holder[], makeLedger: () => Ledger): Ledger {
  const ledger = makeLedger();
  for (const holder of holders) ledger.take(holder);
  return ledger;
}

/** What makes two places alike to those who might yield. */
const kindOf = ({ class: priorityClass, weight, poolId, path }: Entry): string => [priorityClass, weight, poolId, ...path].join('\n');
