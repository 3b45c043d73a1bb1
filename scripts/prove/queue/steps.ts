import { createLedger } from '../../../broker/seats/ledger.ts';
import { lacksOfTotal, whyNoSeat } from '../../../broker/seats/counts.ts';
import { isDue } from '../../../broker/policy/due.ts';
import type { Level } from '../../../broker/port.ts';
import { allocate, placesIn, type Allocation } from '../../../broker/waiting/allocate.ts';
import type { SeatState } from '../../../broker/waiting/entry.ts';
import { isBefore, urgencyOf } from '../../../broker/waiting/order.ts';
import { levelFrom, type Office, type Person, type Seated } from './office.ts';
import type { Random } from './random.ts';

/** What the histories are judged by: told of each thing that happens, at the moment at which it does. */
export type Witness = {
  granted(office: Office, state: SeatState, seated: Seated): void;
  noticed(office: Office, state: SeatState, notices: Allocation['notices']): void;
  after(office: Office, state: SeatState): void;
};

export type Rules = { readonly allocate: typeof allocate; readonly placesIn: typeof placesIn };

const LEVELS: readonly Level[] = ['0', '1', '2', '2', '3', 'R'];
/** Seconds; now and then a clock goes back. */
const PAUSES = [0, 1, 30, 60, 61, 120, 181, 300, 301, 900, 1_801, 3_600, -30] as const;

/** One random thing happens, and then what every process does each second. */
export function step(office: Office, random: Random, witness: Witness, rules: Rules = { allocate, placesIn }): void {
  const what = random.below(100);
  const person = random.oneOf(office.people);
  const seated = office.seated.length > 0 ? random.oneOf(office.seated) : undefined;
  const place = office.waiting.length > 0 ? random.oneOf(office.waiting) : undefined;
  if (what < 45) ask(office, person, random.chance(85), witness);
  else if (what < 55 && seated !== undefined) end(office, seated, 'ended-by-owner', random.chance(50));
  else if (what < 58 && place !== undefined) leave(office, place.id, 'left');
  else if (what < 62 && seated?.endsAt !== undefined && !seated.extended) office.seated = office.seated.map((one) => (one === seated ? { ...seated, endsAt: seated.endsAt! + office.policy.durations.extension * 1000, extended: true } : one));
  else if (what < 68) office.level = levelFrom(random.oneOf(LEVELS), office.level.number + 1, office.now - 1000 * random.oneOf([0, 600, 7_200]));
  else office.now += 1000 * random.oneOf(PAUSES);
  // Most pages are looked at all the time.
  office.waiting = office.waiting.map((one) => (random.chance(80) ? { ...one, seenAt: office.now } : one));
  sweep(office, random);
  distribute(office, witness, rules);
}

export function stateOf(office: Office): SeatState {
  const { seated, waiting, pools, poolSeats, residual, now, policy } = office;
  const occupied = new Set(seated.map(({ desktopId }) => desktopId));
  const isFree = (desktopId: string, personId: string) => !occupied.has(desktopId) && (residual.get(desktopId) ?? personId) === personId;
  return {
    holders: seated,
    waiting: waiting.map((entry) => ({
      ...entry,
      present: now - entry.seenAt < policy.durations.absentAfter * 1000,
      own: [entry.desktopId, ...(entry.poolId === undefined ? [] : (pools.get(entry.poolId) ?? []))].some((id) => id !== undefined && residual.get(id) === entry.personId),
    })),
    levels: new Map([['o', office.level]]),
    poolSeats,
    poolRoom: new Map([...pools].map(([id, desktops]) => [id, desktops.filter((desktop) => isFree(desktop, '')).length])),
    desktopsTaken: new Set(waiting.flatMap(({ desktopId, personId }) => (desktopId !== undefined && !isFree(desktopId, personId) ? [desktopId] : []))),
  };
}

/** A request as it is decided before anybody is asked to wait. */
function ask(office: Office, person: Person, opens: boolean, witness: Witness): void {
  if (office.seated.some(({ personId }) => personId === person.id)) return;
  const open = office.waiting.find(({ personId }) => personId === person.id);
  const desktopId = desktopFor(office, person);
  const state = stateOf(office);
  const ledger = createLedger(office.policy.capacity, office.poolSeats);
  for (const holder of office.seated) ledger.take(holder);
  const { reserve, surplusKeeps } = office.policy.capacity;
  const due = isDue(office.policy, office.level, { class: person.class }, new Date(office.now));
  const seatAsk = { weight: person.weight, class: person.class, due, reserve, surplusKeeps };
  const counts = ledger.countsFor(person);
  const missing = whyNoSeat(counts, seatAsk);
  if (desktopId !== undefined && missing === undefined && !othersBefore(office, state, person, { due, guaranteed: person.weight <= (counts.find(({ scope }) => scope === 'total')?.own ?? 0), desktopId })) {
    if (open !== undefined) leave(office, open.id, 'admitted');
    seat(office, person, desktopId, { surplus: !due, opens, from: state, witness });
    return;
  }
  if (open !== undefined) {
    office.waiting = office.waiting.map((one) => (one === open ? { ...open, seenAt: office.now } : one));
    return;
  }
  office.waiting.push({ ...entryOf(person), id: `w${office.next++}`, arrivedAt: new Date(office.now), returning: false, seenAt: office.now, countsAs: urgencyOf(person.class), due, lacksOfTotal: desktopId !== undefined && lacksOfTotal(counts, seatAsk) });
}

const entryOf = ({ id, path, class: priorityClass, weight, desktopId, poolId }: Person) => ({ personId: id, organisationId: 'o', path, class: priorityClass, targetSeconds: null, weight, desktopId, poolId, promised: false, present: true, own: false });

function othersBefore(office: Office, state: SeatState, person: Person, { due, guaranteed, desktopId }: { due: boolean; guaranteed: boolean; desktopId: string }): boolean {
  const stored = new Map(office.waiting.map((one) => [one.id, one]));
  const present = state.waiting.filter((entry) => entry.present && entry.personId !== person.id).map((entry) => stored.get(entry.id)!);
  const least = (among: typeof present) => (among.length === 0 ? null : Math.min(...among.map(({ countsAs }) => countsAs)));
  const first = (among: typeof present) => ({ due: least(among.filter((one) => one.due)), notDue: least(among.filter((one) => !one.due)) });
  const lacking = present.filter((one) => one.lacksOfTotal);
  const own = office.residual.get(desktopId) === person.id;
  const lines = [
    first(guaranteed ? lacking.filter(({ path }) => path.join() === person.path.join()) : lacking),
    ...(own ? [] : [first(present.filter((one) => (one.poolId !== undefined && one.poolId === person.poolId) || (one.desktopId !== undefined && one.desktopId === person.desktopId)))]),
  ];
  return lines.some((line) => isBefore(line, { due, class: person.class }));
}

function desktopFor(office: Office, { id, desktopId, poolId }: Pick<Person, 'id' | 'desktopId' | 'poolId'>): string | undefined {
  const occupied = new Set(office.seated.map((holder) => holder.desktopId));
  const candidates = desktopId !== undefined ? [desktopId] : (office.pools.get(poolId ?? '') ?? []);
  const free = candidates.filter((one) => !occupied.has(one) && (office.residual.get(one) ?? id) === id);
  return free.find((one) => office.residual.get(one) === id) ?? free[0];
}

function seat(office: Office, person: Person, desktopId: string, { surplus, opens, from, witness }: { surplus: boolean; opens: boolean; from: SeatState; witness: Witness }): void {
  const seated: Seated = {
    leaseId: `l${office.next++}`,
    personId: person.id,
    organisationId: 'o',
    path: person.path,
    class: person.class,
    weight: person.weight,
    desktopId,
    poolId: person.poolId,
    seatedAt: new Date(office.now),
    idleSince: new Date(office.now),
    surplus,
    yieldsTo: undefined,
    closing: false,
    sitDownBy: opens ? undefined : office.now + office.policy.durations.sitDown * 1000,
    endsAt: undefined,
    extended: false,
  };
  witness.granted(office, from, seated);
  office.seated.push(seated);
  if (opens) office.residual.set(desktopId, person.id);
}

function end(office: Office, seated: Seated, because: string, logsOff: boolean): void {
  office.seated = office.seated.filter((one) => one.leaseId !== seated.leaseId);
  office.ended.set(seated.leaseId, because);
  if (logsOff && office.residual.get(seated.desktopId) === seated.personId) office.residual.delete(seated.desktopId);
}

function leave(office: Office, id: string, because: string): void {
  office.waiting = office.waiting.filter((one) => one.id !== id);
  office.ended.set(id, because);
}

/** What is over by its own deadline. Whoever yields comes back to the queue, to the same desktop. */
function sweep(office: Office, random: Random): void {
  for (const seated of office.seated) {
    if (seated.sitDownBy !== undefined && seated.sitDownBy <= office.now) {
      // Opened in time, or given on.
      if (random.chance(50)) {
        office.seated = office.seated.map((one) => (one.leaseId === seated.leaseId ? { ...one, sitDownBy: undefined } : one));
        office.residual.set(seated.desktopId, seated.personId);
      } else end(office, seated, 'not-used', true);
    } else if (seated.endsAt !== undefined && seated.endsAt <= office.now) {
      end(office, seated, 'preempted', false);
      if (office.waiting.some(({ personId }) => personId === seated.personId)) continue;
      const person = office.people.find(({ id }) => id === seated.personId)!;
      // To the same desktop, where the OS session lives; who never opened it waits for what was asked for.
      const same = office.residual.get(seated.desktopId) === person.id ? { desktopId: seated.desktopId, poolId: undefined } : {};
      office.waiting.push({ ...entryOf(person), ...same, id: `w${office.next++}`, arrivedAt: new Date(office.now), returning: true, seenAt: office.now, countsAs: urgencyOf(person.class), due: !seated.surplus, lacksOfTotal: true });
    }
  }
  for (const { id, seenAt } of office.waiting) if (office.now - seenAt >= office.policy.durations.placeKept * 1000) leave(office, id, 'not-seen');
}

function distribute(office: Office, witness: Witness, rules: Rules): void {
  const now = new Date(office.now);
  for (let given = true; given; ) given = giveOut(office, witness, rules);
  const state = stateOf(office);
  const { notices, kept } = rules.allocate(state, office.policy, now);
  const staying = new Set(kept.map(({ leaseId }) => leaseId));
  office.seated = office.seated.map((one) => (staying.has(one.leaseId) ? { ...one, yieldsTo: undefined, endsAt: undefined, extended: false } : one));
  witness.noticed(office, state, notices);
  for (const { holder, entry, grace } of notices) office.seated = office.seated.map((one) => (one.leaseId === holder.leaseId ? { ...one, yieldsTo: entry.id, endsAt: office.now + grace * 1000 } : one));
  const promised = new Set(office.seated.map(({ yieldsTo }) => yieldsTo).filter((id) => id !== undefined));
  const freed = new Set(notices.map(({ entry }) => entry.id));
  const places = new Map(rules.placesIn(stateOf(office), office.policy, now).map((place) => [place.standing.entry.id, place]));
  const withdrawn = new Set(kept.map(({ yieldsTo }) => yieldsTo));
  office.waiting = office.waiting.map((one) => {
    const place = places.get(one.id);
    const keeps = promised.has(one.id) || freed.has(one.id) || (one.promised && !withdrawn.has(one.id));
    return { ...one, promised: keeps, ...(place && { countsAs: place.standing.countsAs, due: place.standing.due, lacksOfTotal: place.lacksOfTotal }) };
  });
  witness.after(office, stateOf(office));
}

/** @returns true where somebody was let in: then others may have a seat or a desktop that was held back for them */
function giveOut(office: Office, witness: Witness, rules: Rules): boolean {
  const before = stateOf(office);
  const { grants } = rules.allocate(before, office.policy, new Date(office.now));
  for (const { entry, surplus } of grants) {
    const desktopId = desktopFor(office, { id: entry.personId, desktopId: entry.desktopId, poolId: entry.poolId });
    const person = office.people.find(({ id }) => id === entry.personId)!;
    if (desktopId === undefined) throw new Error(`${entry.id} was given a seat without a desktop`);
    leave(office, entry.id, 'admitted');
    seat(office, { ...person, desktopId: entry.desktopId, poolId: entry.poolId }, desktopId, { surplus, opens: true, from: before, witness });
  }
  return grants.length > 0;
}
