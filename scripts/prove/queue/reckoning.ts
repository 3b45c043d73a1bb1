import type { Level, LevelInForce, PriorityClass } from '../../../broker/port.ts';
import type { Office, Seated, Standing } from './office.ts';

/**
 * The rules of docs/policy.md reckoned a second time, from what there is and by sums over everybody. Nothing of the code under test is used here, so that
 * a fault of it is not its own judge.
 */
const CLASSES: readonly PriorityClass[] = ['P0', 'P1', 'P2', 'P3', 'P4', 'P5', 'PX'];
const HEIGHT: Readonly<Record<Level, number>> = { '0': 0, '1': 1, R: 1, '2': 2, '3': 3 };

export const rank = (priorityClass: PriorityClass): number => CLASSES.indexOf(priorityClass);
export const isWithin = (path: readonly string[], top: readonly string[]): boolean => top.every((name, depth) => path[depth] === name);

type Who = { readonly organisationId: string; readonly class: PriorityClass };

/** One person's word counts for P0 to P2, where it is the higher one. */
function rulesFor({ levels, policy }: Office, { organisationId, class: priorityClass }: Who) {
  const { level, provisional } = levels.get(organisationId) as LevelInForce;
  const counts = provisional !== undefined && rank(priorityClass) <= 2 && HEIGHT[provisional.level] > HEIGHT[level] ? provisional.level : level;
  return policy.levels[counts];
}

export function isDueNow(office: Office, who: Who & { readonly targetSeconds: number | null }): boolean {
  const { due } = rulesFor(office, who);
  const { onset, since } = office.levels.get(who.organisationId)!;
  const passed = (from: Date | undefined, seconds: number | undefined) => from === undefined || seconds === undefined || office.now >= from.getTime() + Math.max(0, seconds) * 1000;
  if (who.class === 'P0' || due === 'at-once') return true;
  if (due !== 'by-target') return passed(since, due[who.class]);
  return passed(onset, (who.targetSeconds ?? office.policy.classes[who.class].target) - office.policy.durations.dueBefore);
}

export const makesOthersYield = (office: Office, who: Standing): boolean => isDueNow(office, who) && rulesFor(office, who).preempting.includes(who.class);
export const graceOf = (office: Office, { organisationId, class: priorityClass }: Who): number => rulesFor(office, { organisationId, class: priorityClass }).grace;
export const isThere = ({ now, policy }: Office, { seenAt }: Standing): boolean => now - seenAt < policy.durations.absentAfter * 1000;

/** Whether a desktop is free for this place. */
export function hasDesktop({ seated, residual, pools }: Office, { personId, desktopId, poolId }: Pick<Standing, 'personId' | 'desktopId' | 'poolId'>): boolean {
  const desktops = desktopId === undefined ? (pools.get(poolId ?? '') ?? []) : [desktopId];
  return desktops.some((one) => !seated.some((other) => other.desktopId === one) && [undefined, personId].includes(residual.get(one)));
}

const lifted = ({ now, policy }: Office, { class: priorityClass, arrivedAt }: Standing) => rank(priorityClass) > 2 && now - arrivedAt.getTime() >= policy.durations.ageing * 1000;

/** Everybody who waits, the next one first. */
export function queueOf(office: Office, among: readonly Standing[] = office.waiting): readonly Standing[] {
  const key = (who: Standing) => [
    Number(!isDueNow(office, who)),
    rank(who.class) - Number(lifted(office, who)),
    Number(!(makesOthersYield(office, who) && !lifted(office, who))),
    Number(!who.returning),
    who.arrivedAt.getTime(),
  ];
  const keys = new Map(among.map((who) => [who, key(who)]));
  const line = among.toSorted((one, other) => {
    const [left, right] = [keys.get(one)!, keys.get(other)!];
    const differs = left.findIndex((value, index) => value !== right[index]);
    return differs < 0 ? (one.id < other.id ? -1 : 1) : left[differs]! - right[differs]!;
  });
  // Up to the last one to whom somebody has yielded, those to whom others yield go before the rest.
  const owed = line.findLastIndex((who) => who.promised && isThere(office, who) && makesOthersYield(office, who));
  const first = line.slice(0, owed + 1).filter((who) => makesOthersYield(office, who));
  return first.length === 0 ? line : [...first, ...line.filter((who) => !first.includes(who))];
}

export type Seat = Pick<Seated, 'path' | 'poolId' | 'weight'>;
/** Held for somebody before: in the limits of the own share and pool that are full, and only where none is, of all. */
export type Ghost = Seat & { readonly full: readonly string[] };

export const sum = (among: readonly { readonly weight: number }[]) => among.reduce((all, { weight }) => all + weight, 0);

/** What everybody has, or has guaranteed: each unit the more of its floor and of what is in it. */
function spokenFor({ policy: { capacity } }: Office, seats: readonly Seat[], top: readonly string[] = []): number {
  const below = capacity.shares.filter(({ path }) => path.length > top.length && isWithin(path, top));
  const next = below.filter(({ path }) => !below.some((other) => other.path.length < path.length && isWithin(path, other.path)));
  const direct = seats.filter(({ path }) => isWithin(path, top) && !next.some((share) => isWithin(path, share.path)));
  const inside = sum(direct) + next.reduce((all, { path }) => all + spokenFor({ policy: { capacity } } as Office, seats, path), 0);
  return Math.max(capacity.shares.find(({ path }) => path.join('/') === top.join('/'))?.floor ?? 0, inside);
}

type Wanting = Seat & Who & { readonly targetSeconds: number | null };

/** The limits of the own share and pool. */
export function limitsNear({ policy: { capacity }, poolSeats }: Office, who: Seat): { readonly name: string; readonly seats: number; readonly covers: (one: Seat) => boolean }[] {
  const shares = capacity.shares.flatMap(({ path, most }) => (most !== undefined && isWithin(who.path, path) ? [{ name: path.join('/'), seats: most, covers: (one: Seat) => isWithin(one.path, path) }] : []));
  const pool = who.poolId === undefined ? undefined : poolSeats.get(who.poolId);
  return pool === undefined ? shares : [...shares, { name: `pool ${who.poolId}`, seats: pool, covers: (one: Seat) => one.poolId === who.poolId }];
}

/** By limit of the own share and pool, the seats that are missing. */
function shortNear(office: Office, seats: readonly Seat[], ghosts: readonly Ghost[], who: Seat): number[] {
  return limitsNear(office, who).map(({ name, seats: most, covers }) => Math.max(0, sum(seats.filter(covers)) + sum(ghosts.filter(({ full }) => full.includes(name))) + who.weight - most));
}

/** Beyond what is guaranteed to the own unit. */
export function beyondGuarantee(office: Office, seats: readonly Seat[], who: Seat): number {
  return spokenFor(office, [...seats, who]) - spokenFor(office, seats);
}

/** Of all the seats that there are, and of those that are guaranteed to nobody else. */
function shortOfAll(office: Office, seats: readonly Seat[], ghosts: readonly Ghost[], who: Wanting, due: boolean): number[] {
  const { total, reserve, surplusKeeps } = office.policy.capacity;
  if (total === undefined) return [];
  const held = ghosts.length === 0 ? seats : [...seats, ...ghosts.filter(({ full }) => full.length === 0)];
  const spoken = spokenFor(office, [...held, who]);
  const open = total - (who.class === 'P0' ? 0 : reserve) - (due ? 0 : surplusKeeps);
  return [Math.max(0, sum(seats) + who.weight - total), spoken > open && spoken > spokenFor(office, held) ? spoken - open : 0];
}

/** By limit; nothing is missing where all are 0. */
export const shortfalls = (office: Office, seats: readonly Seat[], ghosts: readonly Ghost[], who: Wanting): number[] => [...shortNear(office, seats, ghosts, who), ...shortOfAll(office, seats, ghosts, who, isDueNow(office, who))];

export const lacksNear = (office: Office, seats: readonly Seat[], ghosts: readonly Ghost[], who: Seat): boolean => shortNear(office, seats, ghosts, who).some((lack) => lack > 0);
export const lacksOfAll = (office: Office, seats: readonly Seat[], ghosts: readonly Ghost[], who: Wanting, due = isDueNow(office, who)): boolean => shortOfAll(office, seats, ghosts, who, due).some((lack) => lack > 0);

export const fits = (office: Office, seats: readonly Seat[], ghosts: readonly Ghost[], who: Wanting): boolean => !lacksNear(office, seats, ghosts, who) && !lacksOfAll(office, seats, ghosts, who);

/** One that an empty office could seat, were it due: of the others nobody is held up. */
export const isPossible = (office: Office, who: Wanting): boolean => !lacksNear(office, [], [], who) && !lacksOfAll(office, [], [], who, true);

/** Those who are there, have a desktop and could be seated at all, the next one first. */
export const contenders = (office: Office): readonly Standing[] => queueOf(office).filter((who) => isThere(office, who) && hasDesktop(office, who) && isPossible(office, who));

/** What is held for one who has no room. */
export function ghostOf(office: Office, seats: readonly Seat[], ghosts: readonly Ghost[], { path, poolId, weight }: Seat): Ghost {
  const short = shortNear(office, seats, ghosts, { path, poolId, weight });
  const full = limitsNear(office, { path, poolId, weight }).filter((_, index) => short[index]! > 0);
  return { path, poolId, weight, full: full.map(({ name }) => name) };
}
