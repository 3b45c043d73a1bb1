import type { Policy } from '../policy/policy.ts';
import type { Level } from '../port.ts';
import { levelBelow, type Standing } from './levels.ts';

/** A level that fell by itself, at the very instant when the one above it was over. */
export type Fall = Standing & { readonly since: Date };

/** Every fall that is due by then, oldest first: one level at a time, each with its own time counted from its fall. */
export function fallsBy(standing: Standing, levels: Policy['levels'], now: Date): readonly Fall[] {
  const falls: Fall[] = [];
  for (let { level, until } = standing; until !== undefined && until <= now; ) {
    const below = levelBelow(level);
    if (below === undefined) break;
    const since = until;
    until = untilOf(levels, below, since);
    level = below;
    falls.push({ level, since, until });
  }
  return falls;
}

/**
 * When a level that begins then falls by itself, at the latest; undefined for level 0.
 * @throws Error where the policy lets a raised level stay for ever, which its reader refuses
 */
export function untilOf(levels: Policy['levels'], level: Level, since: Date): Date | undefined {
  if (level === '0') return undefined;
  const { expiresAfter } = levels[level];
  if (expiresAfter === undefined || expiresAfter <= 0) throw new Error(`level ${level} has to expire`);
  return later(since, expiresAfter);
}

export const later = (at: Date, seconds: number): Date => new Date(at.getTime() + seconds * 1000);
