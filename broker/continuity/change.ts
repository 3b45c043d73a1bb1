import type { ContinuityEvent, Level } from '../port.ts';
import type { Standing } from './levels.ts';

/** One row of level_change, with what justifies it. */
export type Change = {
  readonly id: string;
  readonly number: number;
  readonly level: Level;
  readonly baseLevel: Level;
  readonly how: 'approved' | 'provisional' | 'tightened' | 'expired' | 'reverted';
  readonly proposalId: string | null;
  readonly actedBy: string | null;
  readonly event: ContinuityEvent | null;
  readonly onset: Date | null;
  readonly reason: string;
  readonly since: Date;
  /** Since when the level holds without a break: an extension does not begin it anew. */
  readonly began: Date;
  readonly until: Date | null;
  readonly baseUntil: Date | null;
  /** Of the organisation's own proposal that it names. */
  readonly proposal: { readonly level: Level; readonly until: Date; readonly proposedBy: string; readonly withdrawnAt: Date | null; readonly approvedByAnother: boolean } | null;
};

/** What a change leaves to everybody; under a provisional level that is what was there before. */
export function standingAfter(change: Pick<Change, 'how' | 'level' | 'until' | 'baseLevel' | 'baseUntil'> | undefined): Standing {
  if (change === undefined) return { level: '0', until: undefined };
  const { level, until } = change.how === 'provisional' ? { level: change.baseLevel, until: change.baseUntil } : change;
  return { level, until: until ?? undefined };
}
