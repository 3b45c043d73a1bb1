import type { Place } from '../../../broker/waiting/allocate.ts';
import type { Office, Seated, Standing } from './office.ts';
import { beyondGuarantee, contenders, fits, ghostOf, graceOf, hasDesktop, isDueNow, isPossible, isThere, isWithin, lacksNear, limitsNear, makesOthersYield, queueOf, rank, sum, type Ghost, type Seat } from './reckoning.ts';
import type { Witness } from './port.ts';
import { breaksFloor, couldStillYield, mayYieldTo, outcomeOf } from './yields.ts';

/** Something that must never be. */
export class Broken extends Error {}

/**
 * Counts anew what must hold whatever happens: no seat is given twice, nobody gets a desktop on which another person's session is, nobody yields who must
 * not or in vain, nobody is passed, what is left over is given out, and once everything is given out nothing is left to do.
 */
export function createWitness(): Witness & { readonly seen: Record<string, number> } {
  const seen: Record<string, number> = {};
  const count = (what: string, times = 1) => (seen[what] = (seen[what] ?? 0) + times);
  const must = (holds: boolean, what: string) => {
    if (!holds) throw new Broken(what);
  };
  return {
    seen,
    granted(office, seated, person, asking) {
      count('granted');
      must(!office.seated.some(({ desktopId }) => desktopId === seated.desktopId), 'two people on one desktop');
      must((office.residual.get(seated.desktopId) ?? seated.personId) === seated.personId, 'another person’s session lives on the desktop');
      must(fits(office, office.seated, [], person), whyTooMany(office, seated));
      must(seated.surplus === !isDueNow(office, person), 'surplus was taken for due, or due for surplus');
      mustPassNobody(office, seated, asking, must);
    },
    noticed(office, notices, passed) {
      count('noticed', notices.length);
      count('passed on', passed.length);
      for (const { holder, grace } of notices) {
        must(holder.yieldsTo === undefined, 'a session was told twice');
        must(office.now - holder.seatedAt.getTime() >= office.policy.durations.tenure * 1000, 'a session within its tenure was to yield');
        must(grace === graceOf(office, holder), 'another grace than the level’s');
      }
      const told = new Set(notices.map(({ holder }) => holder.leaseId));
      for (const { holder, entry } of notices) {
        const yields = office.seated.find(({ leaseId }) => leaseId === holder.leaseId)!;
        const who = office.waiting.find(({ id }) => id === entry.id)!;
        const sooner = office.seated.some((one) => one.path.join() === yields.path.join() && one.weight === yields.weight && one.poolId === yields.poolId && one.yieldsTo === undefined && !told.has(one.leaseId) && mayYieldTo(office, one, who) && yieldsSooner(one, yields));
        must(!sooner, 'somebody yielded out of turn');
      }
    },
    after(office, places) {
      mustNotBeOversold(office, must);
      const line = contenders(office);
      if (office.waiting.length > 0) mustHaveReasons(office, line, must);
      count('waiting', office.waiting.length);
      mustYieldRightly(office, line, must);
      mustBeShownInOrder(office, places, must);
    },
    again({ grants, notices, passed, kept }) {
      must(grants.length + notices.length + passed.length + kept.length === 0, 'a second look at the same instant found something to do');
    },
  };
}

type Must = (holds: boolean, what: string) => void;

/** The most precise name of what was exceeded. */
function whyTooMany(office: Office, seated: Seated): string {
  const { total = Infinity, reserve, surplusKeeps } = office.policy.capacity;
  if (lacksNear(office, office.seated, [], seated)) return 'more seats than a unit or pool gets';
  if (sum(office.seated) + seated.weight > total) return 'more seats than there are';
  const free = { ...office, policy: { ...office.policy, capacity: { ...office.policy.capacity, reserve: 0, surplusKeeps: 0 } } };
  if (!fits(free, office.seated, [], { ...seated, targetSeconds: null })) return 'seats that are guaranteed to others';
  return seated.surplus && surplusKeeps > 0 && reserve === 0 ? 'seats that are left for what is due' : 'seats of the reserve';
}

/** Nobody who comes before goes on waiting for what this one gets. */
function mustPassNobody(office: Office, seated: Seated, asking: boolean, must: Must): void {
  const own = office.waiting.find(({ personId }) => personId === seated.personId);
  const newcomer: Standing = { ...seated, id: '~', targetSeconds: office.people.find(({ id }) => id === seated.personId)!.targetSeconds, arrivedAt: new Date(office.now), returning: false, promised: false, present: true, own: false, seenAt: office.now, countsAs: 0, due: true };
  const who = own ?? newcomer;
  const line = queueOf(office, own === undefined ? [...office.waiting, newcomer] : office.waiting);
  const guaranteed = beyondGuarantee(office, office.seated, seated) <= 0;
  const before = line.slice(0, line.indexOf(who));
  if (asking) {
    const then = servedAmong({ ...office, seated: [...office.seated, seated] }, before);
    must(servedAmong(office, before).every((id) => then.includes(id)), 'a newcomer took what one before would have got');
  }
  const held: Ghost[] = [];
  for (const other of before) {
    if (!isThere(office, other) || !hasDesktop(office, other) || !isPossible(office, other)) continue;
    const room = fits(office, office.seated, [], other);
    // Where only the own share or pool is full, that is what is held back; otherwise it is seats of all, but for what is guaranteed.
    const { full } = ghostOf(office, office.seated, held, other);
    // Who has room waits for one before, who is looked at as well.
    const waitsForAnother = room && held.length > 0;
    if (!room) held.push(ghostOf(office, office.seated, held, other));
    if (waitsForAnother || fits(office, [...office.seated, seated], [], other)) continue;
    must(full.length > 0 ? !limitsNear(office, seated).some(({ name }) => full.includes(name)) : guaranteed && !room, 'somebody who comes before was passed');
  }
}

/** Who of the line would be let in now. */
function servedAmong(office: Office, line: readonly Standing[]): readonly string[] {
  const held: Ghost[] = [];
  let seats: readonly Seat[] = office.seated;
  return line.flatMap((who) => {
    if (!isThere(office, who) || !hasDesktop(office, who) || !isPossible(office, who)) return [];
    if (fits(office, seats, held, who)) {
      seats = [...seats, who];
      return [who.id];
    }
    held.push(ghostOf(office, seats, held, who));
    return [];
  });
}

function mustNotBeOversold({ seated, policy: { capacity }, poolSeats }: Office, must: Must): void {
  must(sum(seated) <= (capacity.total ?? Infinity), 'more seats than there are');
  for (const { path, most } of capacity.shares) if (most !== undefined) must(sum(seated.filter((one) => isWithin(one.path, path))) <= most, 'more seats than a unit gets');
  for (const [pool, seats] of poolSeats) must(sum(seated.filter(({ poolId }) => poolId === pool)) <= seats, 'more seats than a pool has');
}

/** Whoever waits lacks something, or it is held for those before. */
function mustHaveReasons(office: Office, line: readonly Standing[], must: Must): void {
  const held: Ghost[] = [];
  for (const who of line) {
    must(!fits(office, office.seated, held, who), 'somebody waits for what is left over');
    held.push(ghostOf(office, office.seated, held, who));
  }
}

function mustYieldRightly(office: Office, line: readonly Standing[], must: Must): void {
  const yielding = office.seated.filter(({ yieldsTo }) => yieldsTo !== undefined);
  const places = new Map(line.map((who) => [who.id, who]));
  for (const session of yielding) {
    const who = places.get(session.yieldsTo!);
    if (who === undefined) throw new Broken('a session yields to nobody who is there and has a desktop');
    must(session.class !== 'P0', 'P0 was to yield');
    must(rank(session.class) > rank(who.class), 'the same or a higher class was to yield');
    must(mayYieldTo(office, session, who), 'a session yields that may not');
    must(makesOthersYield(office, who), 'a class made others yield that may not, or before it was due');
  }
  mustKeepFloors(office, line, must);
  if (!line.some((who) => makesOthersYield(office, who))) return;
  const leaving = new Set(yielding.map(({ leaseId }) => leaseId));
  const outcome = outcomeOf(office, leaving);
  for (const { leaseId } of yielding) {
    const { served } = outcomeOf(office, new Set([...leaving].filter((other) => other !== leaseId)));
    must([...outcome.served].some((id) => !served.has(id)), 'a session yields in vain');
  }
  must(outcome.first === undefined || !couldStillYield(office, outcome.first), 'somebody waits beside sessions that may yield');
}

/** In the order of the queue, whoever yields leaves every unit at its floor to which the one they yield to does not belong; who has yet to come keeps none. */
function mustKeepFloors(office: Office, line: readonly Standing[], must: Must): void {
  let staying: readonly Seated[] = office.seated;
  for (const who of line) {
    const own = office.seated.filter(({ yieldsTo }) => yieldsTo === who.id);
    staying = staying.filter((one) => !own.includes(one));
    for (const session of own) must(!breaksFloor(office, staying, session, who), 'a unit was brought below its floor');
  }
}

/** The one that yields first comes first. */
function yieldsSooner(one: Seated, other: Seated): boolean {
  const key = ({ surplus, class: priorityClass, idleSince, seatedAt }: Seated) => [Number(!surplus), -rank(priorityClass), idleSince.getTime(), -seatedAt.getTime()];
  const [left, right] = [key(one), key(other)];
  const differs = left.findIndex((value, index) => value !== right[index]);
  return differs >= 0 && left[differs]! < right[differs]!;
}

/** What people are told: their place, and why not now. */
function mustBeShownInOrder(office: Office, shown: readonly Place[], must: Must): void {
  const line = queueOf(office);
  must(shown.length === line.length && shown.every(({ standing, place }, index) => place === index + 1 && standing.entry.id === line[index]!.id), 'a place is not the one in the queue');
  for (const { standing, reasons } of shown) must(reasons.length > 0 || !standing.entry.present, 'somebody waits for no reason');
}
