import type { SeatPolicy } from '../../../broker/waiting/allocate.ts';
import type { Entry, Holder } from '../../../broker/waiting/entry.ts';
import type { Level, LevelInForce, PriorityClass } from '../../../broker/port.ts';
import type { Random } from './random.ts';

/** Somebody of a random office, and the desktop or pool that they work on; a desktop may be one of the pool. */
export type Person = { readonly id: string; readonly organisationId: string; readonly path: readonly string[]; readonly class: PriorityClass; readonly targetSeconds: number | null; readonly weight: number; readonly desktopId: string | undefined; readonly poolId: string | undefined };

/** An open lease as the histories keep it. */
export type Seated = Holder & { /** Milliseconds. */ readonly sitDownBy: number | undefined; readonly endsAt: number | undefined; readonly extended: boolean };

/** A place, and what of it is kept for newcomers to see. */
export type Standing = Entry & { readonly seenAt: number; readonly countsAs: number; readonly due: boolean };

/** Random offices that share one installation, at one instant. Changed in place by steps. */
export type Office = {
  /** Milliseconds. */
  now: number;
  readonly policy: SeatPolicy;
  readonly people: readonly Person[];
  readonly pools: ReadonlyMap<string, readonly string[]>;
  readonly poolSeats: ReadonlyMap<string, number>;
  /** By organisation. */
  levels: ReadonlyMap<string, LevelInForce>;
  seated: Seated[];
  waiting: Standing[];
  /** Whose OS session lives on which exclusive desktop. */
  readonly residual: Map<string, string>;
  readonly ended: Map<string, string>;
  next: number;
};

const PATHS = [['A'], ['A', 'x'], ['A', 'y'], ['B'], ['B'], ['B', 'z']] as const;
const CLASSES: readonly PriorityClass[] = ['P0', 'P1', 'P1', 'P2', 'P2', 'P3', 'P3', 'P4', 'P5', 'P5', 'PX'];
const MINUTE = 60;
export const ORGANISATIONS = ['A', 'B'] as const;

export function randomOffice(random: Random): Office {
  const now = Date.UTC(2026, 9, 1);
  return {
    now,
    policy: randomPolicy(random),
    people: Array.from({ length: 4 + random.below(7) }, (_, number) => randomPerson(random, number)),
    pools: new Map([['pool', ['pool-1', 'pool-2']]]),
    poolSeats: random.chance(50) ? new Map([['pool', 1 + random.below(4)]]) : new Map(),
    levels: new Map(ORGANISATIONS.map((name) => [name, randomLevel(random, 0, now)])),
    seated: [],
    waiting: [],
    residual: new Map(),
    ended: new Map(),
    next: 1,
  };
}

function randomPolicy(random: Random): SeatPolicy {
  const total = 2 + random.below(6);
  const floorOfA = random.below(3);
  const shares = random.oneOf([
    [],
    [{ path: ['A'], floor: floorOfA, most: undefined }],
    [{ path: ['A'], floor: floorOfA, most: undefined }, { path: ['A', 'x'], floor: Math.min(1, floorOfA), most: 2 }],
    [{ path: ['A'], floor: 1, most: 3 }, { path: ['B'], floor: 1, most: undefined }],
    [{ path: ['A', 'y'], floor: 0, most: 1 }],
    [{ path: ['B'], floor: 2, most: 4 }, { path: ['B', 'z'], floor: 1, most: undefined }],
  ]);
  const by = <Value>(values: Readonly<Record<Level, Value>>) => values;
  const preempting = random.oneOf<readonly PriorityClass[]>([['P0', 'P1', 'P2'], ['P0', 'P1', 'P2'], ['P0', 'P1'], ['P0', 'P1', 'P2', 'P3']]);
  const rules = (due: SeatPolicy['levels']['0']['due'], grace: number, yields: boolean) => ({ expiresAfter: undefined, warnBefore: [], suspended: [], grace, preempting: yields ? preempting : [], due });
  const byTarget = random.oneOf(['by-target', 'at-once', { P2: 5 * MINUTE, P3: 20 * MINUTE, P5: 60 * MINUTE }] as const);
  return {
    capacity: { total, shares, reserve: Math.min(random.below(2), Math.max(0, total - 2)), surplusKeeps: random.below(2), guacd: undefined },
    classes: Object.fromEntries((['P0', 'P1', 'P2', 'P3', 'P4', 'P5', 'PX'] as const).map((name, index) => [name, { target: index * 30 * MINUTE, outsideFromLevel: 0 }])) as SeatPolicy['classes'],
    levels: by({ '0': rules('at-once', 300, false), '1': rules('at-once', 300, false), '2': rules(byTarget, 300, true), '3': rules('by-target', 60, true), R: rules({ P3: 10 * MINUTE, P4: 40 * MINUTE, PX: 90 * MINUTE }, 300, false) }),
    durations: { lease: 0, unused: 0, parking: 0, provisional: 0, proposal: 0, freshFactor: 0, deputy: 0, exception: 0, dueBefore: 10 * MINUTE, ageing: 30 * MINUTE, tenure: 15 * MINUTE, extension: 3 * MINUTE, sitDown: 3 * MINUTE, placeKept: 30 * MINUTE, absentAfter: 90 },
  };
}

function randomPerson(random: Random, number: number): Person {
  const kind = random.below(10);
  const on = kind < 5 ? { desktopId: `own-${number}`, poolId: undefined } : kind < 7 ? { desktopId: 'shared', poolId: undefined } : kind < 8 ? { desktopId: 'pool-1', poolId: 'pool' } : { desktopId: undefined, poolId: 'pool' };
  const path = random.oneOf(PATHS);
  return { id: `p${number}`, organisationId: path[0], path, class: random.oneOf(CLASSES), targetSeconds: random.chance(15) ? random.below(9) * 15 * MINUTE : null, weight: random.chance(75) ? 1 : 1 + random.below(3), ...on };
}

/** What the level of an organisation may be: now and then one that a single person raised for a while. */
export function randomLevel(random: Random, number: number, now: number): LevelInForce {
  const level = random.oneOf<Level>(['0', '1', '2', '2', '3', 'R']);
  const at = new Date(now - 1000 * random.oneOf([0, 600, 3_600, 7_200]));
  const provisional = random.chance(15) ? { provisional: { level: random.oneOf<Level>(['2', '3']), since: at, until: new Date(now + 7_200_000) } } : {};
  return { number, level, since: at, ...(random.chance(85) && { onset: at }), ...provisional };
}
