import type { LevelInForce } from '../port.ts';
import type { Connection } from '../store/index.ts';
import { readChain } from './chain.ts';
import { standingAfter, type Change } from './change.ts';
import { firstUnjustified, liesAhead, LONGEST_LEVEL } from './justified.ts';
import { levelBelow, type Standing } from './levels.ts';

/**
 * The level (継続レベル) that holds for an organisation. A level that is over has fallen, whether or not the clock has written
 * it yet; one that nothing justifies gives level 0, and the clock raises the alarm.
 */
export async function readLevel(connection: Connection, organisationId: string, now: Date): Promise<LevelInForce> {
  return levelAfter(await readChain(connection, organisationId), now);
}

/** @param chain as {@link readChain} gives it */
export function levelAfter(chain: readonly Change[], now: Date): LevelInForce {
  const last = chain.at(-1);
  if (last === undefined) return { number: 0, level: '0' };
  const { number } = last;
  if (firstUnjustified(chain) !== undefined) return { number, level: '0' };
  const { level, until } = fallenOnce(standingAfter(last), now);
  const provisional = last.how === 'provisional' && last.until !== null && last.until > now && !liesAhead(last, now) ? { level: last.level, until: last.until } : undefined;
  const raised = level !== '0' || provisional !== undefined;
  return {
    number,
    level,
    since: last.since,
    ...(last.began < last.since && { began: last.began }),
    ...(until !== undefined && { until }),
    ...(provisional !== undefined && { provisional }),
    ...(raised && last.event !== null && { event: last.event }),
    ...(raised && last.onset !== null && { onset: last.onset }),
    ...(raised && { reason: last.reason }),
  };
}

/** The level below one that is over. How long that one lasts is the clock's to say; longer than any policy allows it never does. */
function fallenOnce({ level, until }: Standing, now: Date): Standing {
  if (until === undefined || until > now) return { level, until };
  const over = now.getTime() - until.getTime() >= LONGEST_LEVEL;
  return { level: (over ? undefined : levelBelow(level)) ?? '0', until: undefined };
}
