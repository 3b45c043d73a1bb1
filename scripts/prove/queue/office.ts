import type { SeatPolicy } from '../../../broker/waiting/allocate.ts';
import type { Entry, Holder } from '../../../broker/waiting/entry.ts';
import type { Level, LevelInForce, PriorityClass } from '../../../broker/port.ts';
import type { Random } from './random.ts';

/** Somebody of a random office, and the desktop or pool that they work on. */
export type Person = { readonly id: string; readonly path: readonly string[]; readonly class: PriorityClass; readonly weight: number; readonly desktopId: string | undefined; readonly poolId: string | undefined };

/** An open lease as the histories keep it. */
export type Seated = Holder & { /** Milliseconds. */ readonly sitDownBy: number | undefined; readonly endsAt: number | undefined; readonly extended: boolean };

/** A random office at one instant. Changed in place by steps. */
export type Office = {
  /** Milliseconds. */
  now: number;
  readonly policy: SeatPolicy;
  readonly people: readonly Person[];
  readonly pools: ReadonlyMap<string, readonly string[]>;
  readonly poolSeats: ReadonlyMap<string, number>;
  level: LevelInForce;
  seated: Seated[];
  waiting: (Entry & { readonly seenAt: number; countsAs: number; due: boolean; lacksOfTotal: boolean })[];
  /** Whose OS session lives on which exclusive desktop. */
  readonly residual: Map<string, string>;
  readonly ended: Map<string, string>;
  next: number;
};

const PATHS = [['A'], ['A', 'x'], ['A', 'y'], ['B'], ['B']] as const;
const CLASSES: readonly PriorityClass[] = ['P0', 'P1', 'P1', 'P2', 'P3', 'P3', 'P4', 'P5', 'P5', 'PX'];
const MINUTE = 60;

export function randomOffice(random: Random): Office {
  const total = 2 + random.below(5);
  const floorOfA = random.below(3);
  const shares = random.oneOf([
    [],
    [{ path: ['A'], floor: floorOfA, most: undefined }],
    [{ path: ['A'], floor: floorOfA, most: undefined }, { path: ['A', 'x'], floor: Math.min(1, floorOfA), most: 2 }],
    [{ path: ['A'], floor: 1, most: 3 }, { path: ['B'], floor: 1, most: undefined }],
    [{ path: ['A', 'y'], floor: 0, most: 1 }],
  ]);
  const people = Array.from({ length: 4 + random.below(6) }, (_, number): Person => {
    const kind = random.below(10);
    const desktopId = kind < 6 ? `own-${number}` : kind < 8 ? 'shared' : undefined;
    return { id: `p${number}`, path: random.oneOf(PATHS), class: random.oneOf(CLASSES), weight: random.chance(80) ? 1 : 2, desktopId, poolId: desktopId === undefined ? 'pool' : undefined };
  });
  const preempting: PriorityClass[] = ['P0', 'P1', 'P2'];
  const rules = (due: 'at-once' | 'by-target', grace: number, yields: boolean) => ({ expiresAfter: undefined, warnBefore: [], suspended: [], grace, preempting: yields ? preempting : [], due });
  return {
    now: Date.UTC(2026, 9, 1),
    policy: {
      capacity: { total, shares, reserve: Math.min(random.below(2), Math.max(0, total - 2)), surplusKeeps: random.below(2), guacd: undefined },
      classes: Object.fromEntries((['P0', 'P1', 'P2', 'P3', 'P4', 'P5', 'PX'] as const).map((name, index) => [name, { target: index * 30 * MINUTE, outsideFromLevel: 0 }])) as SeatPolicy['classes'],
      levels: { '0': rules('at-once', 300, false), '1': rules('at-once', 300, false), '2': rules('by-target', 300, true), '3': rules('by-target', 60, true), R: rules('at-once', 300, false) },
      durations: { lease: 0, unused: 0, parking: 0, provisional: 0, proposal: 0, freshFactor: 0, deputy: 0, exception: 0, dueBefore: 10 * MINUTE, ageing: 30 * MINUTE, tenure: 15 * MINUTE, extension: 3 * MINUTE, sitDown: 3 * MINUTE, placeKept: 30 * MINUTE, absentAfter: 90 },
    },
    people,
    pools: new Map([['pool', ['pool-1', 'pool-2']]]),
    poolSeats: random.chance(50) ? new Map([['pool', 1 + random.below(3)]]) : new Map(),
    level: { number: 0, level: '0' },
    seated: [],
    waiting: [],
    residual: new Map(),
    ended: new Map(),
    next: 1,
  };
}

export function levelFrom(level: Level, number: number, at: number): LevelInForce {
  return { number, level, since: new Date(at), onset: new Date(at) };
}
