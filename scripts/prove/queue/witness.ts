import { effectiveLevel } from '../../../broker/policy/level.ts';
import { isDue } from '../../../broker/policy/due.ts';
import type { Allocation } from '../../../broker/waiting/allocate.ts';
import type { Entry, SeatState } from '../../../broker/waiting/entry.ts';
import { compare, standingOf, urgencyOf } from '../../../broker/waiting/order.ts';
import { placesIn } from '../../../broker/waiting/allocate.ts';
import type { Office, Seated } from './office.ts';
import type { Witness } from './steps.ts';

/** Something that must never be. */
export class Broken extends Error {}

/**
 * Counts anew, by sums over everybody and not by the ledger, what must hold whatever happens: no seat is given twice, nobody gets a desktop on which
 * another person's session is, nobody yields who must not, nobody is passed, and every place has a reason.
 */
export function createWitness(): Witness & { readonly seen: Record<string, number> } {
  const seen: Record<string, number> = {};
  const count = (what: string) => (seen[what] = (seen[what] ?? 0) + 1);
  const must = (holds: boolean, what: string) => {
    if (!holds) throw new Broken(what);
  };
  return {
    seen,
    granted(office, state, seated) {
      count('granted');
      must(!office.seated.some(({ desktopId }) => desktopId === seated.desktopId), 'two people on one desktop');
      must((office.residual.get(seated.desktopId) ?? seated.personId) === seated.personId, 'another person’s session lives on the desktop');
      const own = state.waiting.find(({ personId }) => personId === seated.personId);
      for (const other of state.waiting) {
        if (!office.waiting.some(({ id }) => id === other.id) || own === undefined || !alike(own, other)) continue;
        const [one, two] = [own, other].map((entry) => standingOf(entry, office.policy, state.levels, new Date(office.now)));
        must(!(other.present && compare(two!, one!) < 0 && hasMachine(state, other)), 'somebody alike who came before was passed');
      }
    },
    noticed(office, state, notices) {
      for (const { holder, entry } of notices) {
        count('noticed');
        must(holder.class !== 'P0', 'P0 was to yield');
        must(urgencyOf(holder.class) > urgencyOf(entry.class), 'the same or a higher class was to yield');
        must(office.now - holder.seatedAt.getTime() >= office.policy.durations.tenure * 1000, 'a session within its tenure was to yield');
        must(holder.yieldsTo === undefined, 'a session was to yield twice');
        must(office.policy.levels[effectiveLevel(office.level, entry.class)].preempting.includes(entry.class), 'a class made others yield that may not');
        must(isDue(office.policy, office.level, entry, new Date(office.now)), 'a class made others yield before it was due');
        must(entry.present, 'somebody who is away made others yield');
        must(hasMachine(state, entry), 'somebody who waits for a desktop made others yield');
      }
      mustKeepFloors(office, notices, must);
    },
    after(office, state) {
      mustNotBeOversold(office, must);
      const open = new Map(state.waiting.map((entry) => [entry.id, entry]));
      for (const { yieldsTo } of office.seated) if (yieldsTo !== undefined) must(open.get(yieldsTo)?.present === true, 'a session yields to nobody');
      for (const { standing, reasons, place } of placesIn(state, office.policy, new Date(office.now))) {
        count('waiting');
        must(place >= 1 && (reasons.length > 0 || !standing.entry.present), 'somebody waits for no reason');
        mustHaveItsFloor(office, state, standing.entry, must);
      }
    },
  };
}

type Must = (holds: boolean, what: string) => void;

const sum = (among: readonly { readonly weight: number }[]) => among.reduce((all, { weight }) => all + weight, 0);
const isWithin = (path: readonly string[], top: readonly string[]) => top.every((name, depth) => path[depth] === name);
const alike = (one: Entry, other: Entry) => one !== other && one.path.join() === other.path.join() && one.weight === other.weight && one.desktopId === undefined && other.desktopId === undefined && one.poolId === other.poolId && !one.own && !other.own;

function hasMachine({ poolRoom, desktopsTaken }: SeatState, { desktopId, poolId, own }: Entry): boolean {
  return own || (desktopId !== undefined ? !desktopsTaken.has(desktopId) : (poolRoom.get(poolId ?? '') ?? 0) > 0);
}

function mustNotBeOversold({ seated, policy: { capacity }, poolSeats }: Office, must: Must): void {
  must(sum(seated) <= (capacity.total ?? Infinity), 'more seats than there are');
  for (const { path, most } of capacity.shares) if (most !== undefined) must(sum(seated.filter((one) => isWithin(one.path, path))) <= most, 'more seats than a unit gets');
  for (const [pool, seats] of poolSeats) must(sum(seated.filter(({ poolId }) => poolId === pool)) <= seats, 'more seats than a pool has');
}

/** Taken together, those who yield leave every unit at its floor to which the one they yield to does not belong; who has yet to come keeps none. */
function mustKeepFloors({ seated, policy: { capacity } }: Office, notices: Allocation['notices'], must: Must): void {
  for (const [entry, own] of Map.groupBy(notices, ({ entry }) => entry)) {
    const leaving = new Set([...seated.filter(({ yieldsTo }) => yieldsTo !== undefined), ...own.map(({ holder }) => holder)].map(({ leaseId }) => leaseId));
    for (const { path, floor } of capacity.shares) {
      if (isWithin(entry.path, path) || !own.some(({ holder }) => isWithin(holder.path, path))) continue;
      must(sum(seated.filter((one) => isWithin(one.path, path) && !leaving.has(one.leaseId))) >= floor, 'a unit was brought below its floor');
    }
  }
}

/** Whoever is there, has a desktop, and belongs to a unit that has not used what is guaranteed to it does not wait, unless somebody of that unit is before. */
function mustHaveItsFloor(office: Office, state: SeatState, entry: Entry, must: Must): void {
  const { capacity } = office.policy;
  const total = capacity.total ?? Infinity;
  if (!entry.present || !hasMachine(state, entry)) return;
  for (const { path, floor } of capacity.shares) {
    if (!isWithin(entry.path, path)) continue;
    const limited = capacity.shares.some((share) => share.most !== undefined && isWithin(entry.path, share.path)) || (entry.poolId !== undefined && office.poolSeats.has(entry.poolId));
    const nested = capacity.shares.some((share) => share.path.length > path.length && isWithin(share.path, path));
    const others = state.waiting.some((other) => other !== entry && isWithin(other.path, path));
    if (limited || nested || others || sum(office.seated) + entry.weight > total) continue;
    must(sum(office.seated.filter((one) => isWithin(one.path, path))) + entry.weight > floor, 'somebody waits for a seat that is guaranteed to the own unit');
  }
}

export type { Seated };
