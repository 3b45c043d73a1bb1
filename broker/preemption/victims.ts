import { whyNoSeat, type SeatAsk, type SeatCount } from '../seats/counts.ts';
import type { Ledger, Place } from '../seats/ledger.ts';
import type { Holder } from '../waiting/entry.ts';
import { urgencyOf } from '../waiting/order.ts';

export type Beneficiary = SeatAsk & Pick<Place, 'path' | 'poolId'> & { /** Of the place. */ readonly id: string; readonly personId: string };

/** @param tenure seconds */
export type VictimRules = { readonly ledger: Ledger; readonly staying: Ledger; readonly tenure: number; readonly now: Date };

/** Where weights differ the first choice may be the wrong one; so many are tried. A choice that is not found in so many is not made. */
const MOST_TRIED = 40;

/**
 * Whose sessions yield (優先割込み) so that this request fits: those who have notice already, for it before for others; then surplus-admitted ones first,
 * then the lowest class, then the longest idle, then the newest. Never the same or a higher class, never P0, never one within its tenure, never out of
 * another unit's floor, and only one that frees everything that is still lacking.
 * @param holders in the order of {@link whoYieldsFirst}
 * @param ledger without the seats of those chosen already, and with what is given to those before; left as it is
 * @param staying the seats of those alone who are not chosen: a floor is never kept by somebody who has yet to come; left as it is
 * @returns nothing where no choice would make it fit: then nobody yields
 */
export function chooseVictims(beneficiary: Beneficiary, holders: readonly Holder[], { ledger, staying, tenure, now }: VictimRules): readonly Holder[] | undefined {
  const leave = (holder: Holder) => {
    ledger.give(holder);
    staying.give(holder);
  };
  const stay = (holder: Holder) => {
    ledger.take(holder);
    staying.take(holder);
  };
  const lacks = () => whyNoSeat(ledger.countsFor(beneficiary), beneficiary) !== undefined;
  const missing = () => deficits(ledger.countsFor(beneficiary), beneficiary);
  let tried = 0;

  /** All that yield are left out of the ledgers where it is found; otherwise these are as before. */
  const search = (among: readonly Holder[]): readonly Holder[] | undefined => {
    if (!lacks()) return [];
    const before = missing();
    const least = Math.max(...ledger.countsFor(beneficiary).map((count) => seatsShort(count, beneficiary.weight)));
    let left = among.filter((holder) => !staying.isGuaranteed(holder, beneficiary.path));
    while (left.reduce((sum, { weight }) => sum + weight, 0) >= least) {
      // One that was passed by is looked at again once others yield: what it does not free may no longer be lacking.
      const next = left.find((holder) => {
        leave(holder);
        const after = missing();
        const frees = before.every((lack, scope) => lack === 0 || (after[scope] ?? 0) < lack);
        if (!frees) stay(holder);
        return frees;
      });
      if (next === undefined) return undefined;
      const others = left.filter((holder) => holder !== next);
      const rest = search(others);
      if (rest !== undefined) return [next, ...rest];
      stay(next);
      tried += 1;
      if (tried >= MOST_TRIED || left.every(({ weight }) => weight === next.weight)) return undefined;
      left = others;
    }
    return undefined;
  };

  const chosen = search(inTurn(holders.filter((holder) => mayYield(holder, beneficiary, { tenure, now })), beneficiary.id));
  if (chosen === undefined) return undefined;
  // One that a heavier one made needless keeps its seat.
  const needed = new Set(chosen);
  for (const holder of chosen.toSorted(whoStaysFirst)) {
    stay(holder);
    if (lacks()) leave(holder);
    else needed.delete(holder);
  }
  for (const holder of needed) stay(holder);
  return needed.size > 0 ? [...needed] : undefined;
}

/** Whether a session may ever yield to this request, whatever the seats. */
function mayYield(holder: Holder, beneficiary: Pick<Beneficiary, 'class' | 'personId'>, rules: Pick<VictimRules, 'tenure' | 'now'>): boolean {
  return urgencyOf(holder.class) > urgencyOf(beneficiary.class) && holder.personId !== beneficiary.personId && mayYieldAtAll(holder, rules);
}

/** To anybody. Who has notice was old enough: by the clock of another process it may seem not to be. */
export function mayYieldAtAll(holder: Holder, { tenure, now }: Pick<VictimRules, 'tenure' | 'now'>): boolean {
  return holder.class !== 'P0' && !holder.closing && (holder.yieldsTo !== undefined || now.getTime() - holder.seatedAt.getTime() >= tenure * 1000);
}

/** The one that yields first comes first. */
export function whoYieldsFirst(one: Holder, other: Holder): number {
  return (
    Number(other.surplus) - Number(one.surplus) ||
    urgencyOf(other.class) - urgencyOf(one.class) ||
    one.idleSince.getTime() - other.idleSince.getTime() ||
    other.seatedAt.getTime() - one.seatedAt.getTime() ||
    (one.leaseId < other.leaseId ? -1 : 1)
  );
}

/** Of those who were chosen: one that does not know yet, and of these the one that would yield last. */
export function whoStaysFirst(one: Holder, other: Holder): number {
  return Number(one.yieldsTo !== undefined) - Number(other.yieldsTo !== undefined) || whoYieldsFirst(other, one);
}

/** Who has notice comes first: for this place, then for any. */
function inTurn(holders: readonly Holder[], id: string): readonly Holder[] {
  const noticed = holders.filter(({ yieldsTo }) => yieldsTo !== undefined);
  if (noticed.length === 0) return holders;
  return [...noticed.filter(({ yieldsTo }) => yieldsTo === id), ...noticed.filter(({ yieldsTo }) => yieldsTo !== id), ...holders.filter(({ yieldsTo }) => yieldsTo === undefined)];
}

const seatsShort = ({ seats, taken }: SeatCount, weight: number): number => Math.max(0, taken + weight - seats);

/** By limit, the seats that are missing; of the total also those beyond what is guaranteed and reserved, of which one that leaves may free more than its own. */
function deficits(counts: readonly SeatCount[], { weight, class: priorityClass, reserve }: SeatAsk): number[] {
  return counts.flatMap((count) => {
    const { scope, seats, taken, kept = 0, own = 0 } = count;
    const short = seatsShort(count, weight);
    if (scope !== 'total') return [short];
    const beyond = weight - own;
    return [short, beyond <= 0 ? 0 : Math.max(0, taken + kept + beyond + (priorityClass === 'P0' ? 0 : reserve) - seats)];
  });
}
