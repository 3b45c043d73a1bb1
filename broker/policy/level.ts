import type { Level, LevelInForce, PriorityClass } from '../port.ts';

export type LevelRank = 0 | 1 | 2 | 3;

/** What a level allows, from low to high. Recovery ranks with alert. */
export const LEVEL_RANK: Readonly<Record<Level, LevelRank>> = { '0': 0, '1': 1, R: 1, '2': 2, '3': 3 };

/** The classes for which one person's word alone raises the level. */
const PROVISIONALLY: readonly PriorityClass[] = ['P0', 'P1', 'P2'];

/** The level that counts for work of this class: the provisional one for P0 to P2, and only where it is the higher one. */
export function effectiveLevel({ level, provisional }: Pick<LevelInForce, 'level' | 'provisional'>, priorityClass: PriorityClass): Level {
  if (provisional === undefined || !PROVISIONALLY.includes(priorityClass)) return level;
  return LEVEL_RANK[provisional.level] > LEVEL_RANK[level] ? provisional.level : level;
}

export function effectiveRank(level: Pick<LevelInForce, 'level' | 'provisional'>, priorityClass: PriorityClass): LevelRank {
  return LEVEL_RANK[effectiveLevel(level, priorityClass)];
}
