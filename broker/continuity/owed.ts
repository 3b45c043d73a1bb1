import type { Policy } from '../policy/policy.ts';
import { standingAfter, type Change } from './change.ts';
import { fallsBy, type Fall } from './falls.ts';

/** A change that time has brought about and that is still to be written. */
export type Owed = Fall & { readonly how: 'expired' | 'reverted' };

/** What time has done since the newest change, oldest first. A provisional level reverts before its base falls any further. */
export function owedAfter(last: Pick<Change, 'how' | 'level' | 'until' | 'baseLevel' | 'baseUntil'>, levels: Policy['levels'], now: Date): readonly Owed[] {
  const expired = (fall: Fall): Owed => ({ ...fall, how: 'expired' });
  const base = standingAfter(last);
  if (last.how !== 'provisional') return fallsBy(base, levels, now).map(expired);
  if (last.until === null || last.until > now) return [];
  const { level, until } = fallsBy(base, levels, last.until).at(-1) ?? base;
  return [{ how: 'reverted', level, until, since: last.until }, ...fallsBy({ level, until }, levels, now).map(expired)];
}
