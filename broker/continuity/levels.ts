import { LEVEL_RANK } from '../policy/level.ts';
import type { Level } from '../port.ts';

const BELOW: Readonly<Record<Level, Level | undefined>> = { '0': undefined, '1': '0', R: '0', '2': '1', '3': '2' };

export const LEVELS: readonly Level[] = ['0', '1', '2', '3', 'R'];

/** Below 0 where the first lets less in than the second, 0 for alike. The database has the same ranks in continuity_level. */
export const compareLevels = (one: Level, other: Level): number => LEVEL_RANK[one] - LEVEL_RANK[other];

/** What a level falls to by itself; undefined for level 0, which stays. */
export const levelBelow = (level: Level): Level | undefined => BELOW[level];

/** What holds for everybody. `until`: when it falls by itself; absent only for level 0. */
export type Standing = { readonly level: Level; readonly until: Date | undefined };

/**
 * What a proposal would be beside what holds now. Changing between alert and recovery counts as a raise: neither is the
 * tighter one, so it takes two people. `none`: it would loosen nothing.
 */
export function loosening(now: Standing, asked: { readonly level: Level; readonly until: Date }): 'raise' | 'extension' | 'none' {
  if (asked.level === now.level) return now.until !== undefined && asked.until > now.until ? 'extension' : 'none';
  return asked.level !== '0' && compareLevels(asked.level, now.level) >= 0 ? 'raise' : 'none';
}

export const isTighter = (now: Level, asked: Level): boolean => compareLevels(asked, now) < 0;
