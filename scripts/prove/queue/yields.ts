import type { Office, Seated, Standing } from './office.ts';
import { contenders, fits, ghostOf, isWithin, lacksNear, makesOthersYield, rank, shortfalls, sum, type Ghost, type Seat } from './reckoning.ts';

/** How everybody would come out once these sessions have left: who has a seat then, and whom to look at for one who has not. */
export type Outcome = { readonly served: ReadonlySet<string>; readonly first: { readonly who: Standing; readonly seats: readonly Seat[]; readonly ghosts: readonly Ghost[]; readonly before: ReadonlySet<string> } | undefined };

/**
 * Seats that yield are for those who make others yield, in their order; what is free already is held for whoever is before.
 * @param leaving leases
 */
export function outcomeOf(office: Office, leaving: ReadonlySet<string>): Outcome {
  const now: Seat[] = [...office.seated];
  const heldNow: Ghost[] = [];
  const later: Seat[] = office.seated.filter(({ leaseId }) => !leaving.has(leaseId));
  const heldLater: Ghost[] = [];
  const served = new Set<string>();
  const before = new Set<string>();
  let first: Outcome['first'];
  for (const who of contenders(office)) {
    if (makesOthersYield(office, who)) {
      before.add(who.id);
      if (fits(office, later, heldLater, who)) {
        served.add(who.id);
        later.push(who);
      } else {
        first ??= { who, seats: [...later], ghosts: [...heldLater], before: new Set(before) };
        heldLater.push(ghostOf(office, later, heldLater, who));
      }
    } else if (!lacksNear(office, now, heldNow, who)) {
      let part = who.weight - 1;
      while (part > 0 && !fits(office, now, heldNow, { ...who, weight: part })) part -= 1;
      if (part > 0) heldLater.push({ path: who.path, poolId: who.poolId, weight: part, full: [] });
    }
    heldNow.push(ghostOf(office, now, heldNow, who));
  }
  return { served, first };
}

/** Whether a session may yield to this place at all. Who has notice was old enough. */
export function mayYieldTo({ now, policy }: Office, session: Seated, who: Standing): boolean {
  const young = session.yieldsTo === undefined && now - session.seatedAt.getTime() < policy.durations.tenure * 1000;
  return session.class !== 'P0' && rank(session.class) > rank(who.class) && !young && session.personId !== who.personId && !session.closing;
}

/** Whether a unit would be below its floor, to which `who` does not belong. */
export function breaksFloor({ policy: { capacity } }: Office, staying: readonly Seat[], session: Seat, who: Pick<Seat, 'path'>): boolean {
  return capacity.shares.some(({ path, floor }) => isWithin(session.path, path) && !isWithin(who.path, path) && sum(staying.filter((one) => isWithin(one.path, path))) < floor);
}

/** Whether any sessions at all could still be asked to yield, so that the first one who has none would have a seat: every choice is tried. */
export function couldStillYield(office: Office, { who, seats, ghosts, before }: NonNullable<Outcome['first']>): boolean {
  const gone = new Set(office.seated.filter(({ yieldsTo }) => yieldsTo !== undefined && before.has(yieldsTo)));
  const candidates = office.seated.filter((one) => !gone.has(one) && mayYieldTo(office, one, who));
  const others = seats.filter((one) => !office.seated.includes(one as Seated));
  const search = (left: ReadonlySet<Seated>): boolean => {
    const staying = office.seated.filter((one) => !gone.has(one) && !left.has(one));
    const now = [...staying, ...others];
    const short = shortfalls(office, now, ghosts, who);
    if (short.every((lack) => lack === 0)) return true;
    return candidates.some((one) => {
      if (left.has(one) || breaksFloor(office, staying.filter((other) => other !== one), one, who)) return false;
      // Only one that frees everything that is still lacking.
      const then = shortfalls(office, now.filter((other) => other !== one), ghosts, who);
      return short.every((lack, limit) => lack === 0 || then[limit]! < lack) && search(new Set([...left, one]));
    });
  };
  return search(new Set());
}
