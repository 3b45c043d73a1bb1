import { whyNoSeat, type SeatAsk, type SeatCount } from '../seats/counts.ts';
import type { Ledger, Place } from '../seats/ledger.ts';
import type { Holder } from '../waiting/entry.ts';
import { urgencyOf } from '../waiting/order.ts';

export type Beneficiary = SeatAsk & Pick<Place, 'path' | 'poolId'> & { readonly personId: string };

/**
 * Whose sessions yield (優先割込み) so that this request fits: surplus-admitted ones first, then the lowest class, then the longest idle, then
 * the newest. Never the same or a higher class, never P0, never one within its tenure, never out of another unit's floor, and only one that frees
 * everything that is still lacking.
 * @param ledger without the seats of those who have notice already, and with what is given to those before; left as it is
 * @param staying the seats of those alone who have no notice: a floor is never kept by somebody who has yet to come; left as it is
 * @returns nothing where no choice would make it fit: then nobody yields
 */
export function chooseVictims(beneficiary: Beneficiary, holders: readonly Holder[], { ledger, staying, tenure, now }: { ledger: Ledger; staying: Ledger; /** Seconds. */ tenure: number; now: Date }): readonly Holder[] | undefined {
  const candidates = holders.filter((holder) => mayYield(holder, beneficiary, { tenure, now })).sort(whoYieldsFirst);
  const chosen: Holder[] = [];
  const leave = (holder: Holder) => {
    ledger.give(holder);
    staying.give(holder);
  };
  const stay = (holder: Holder) => {
    ledger.take(holder);
    staying.take(holder);
  };
  const lacks = () => whyNoSeat(ledger.countsFor(beneficiary), beneficiary) !== undefined;
  for (const holder of candidates) {
    if (!lacks()) break;
    if (staying.isGuaranteed(holder, beneficiary.path)) continue;
    const before = deficits(ledger.countsFor(beneficiary), beneficiary);
    leave(holder);
    const after = deficits(ledger.countsFor(beneficiary), beneficiary);
    if (before.every((lack, scope) => lack === 0 || (after[scope] ?? 0) < lack)) chosen.push(holder);
    else stay(holder);
  }
  const fits = !lacks();
  // One that a later, heavier one made needless keeps its seat.
  for (const holder of fits ? [...chosen] : []) {
    stay(holder);
    if (lacks()) leave(holder);
    else chosen.splice(chosen.indexOf(holder), 1);
  }
  for (const holder of chosen) stay(holder);
  return fits && chosen.length > 0 ? chosen : undefined;
}

/** Whether a session may ever yield to this request, whatever the seats. */
export function mayYield(holder: Holder, beneficiary: Pick<Beneficiary, 'class' | 'personId'>, { tenure, now }: { tenure: number; now: Date }): boolean {
  return (
    holder.class !== 'P0' &&
    urgencyOf(holder.class) > urgencyOf(beneficiary.class) &&
    holder.personId !== beneficiary.personId &&
    holder.yieldsTo === undefined &&
    !holder.closing &&
    now.getTime() - holder.seatedAt.getTime() >= tenure * 1000
  );
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

/** By limit, the seats that are missing. */
function deficits(counts: readonly SeatCount[], { weight, class: priorityClass, reserve }: SeatAsk): number[] {
  return counts.flatMap(({ scope, seats, taken, kept = 0, own = 0 }) => {
    const plain = Math.max(0, taken + weight - seats);
    if (scope !== 'total') return [plain];
    const beyond = weight - own;
    return [plain, beyond <= 0 ? 0 : Math.max(0, taken + kept + beyond + (priorityClass === 'P0' ? 0 : reserve) - seats)];
  });
}
