import { standingAfter, type Change } from './change.ts';
import { compareLevels } from './levels.ts';

/** The longest that one person alone can raise the level, in milliseconds, whatever a policy says. */
export const LONGEST_PROVISIONAL = 2 * 60 * 60_000;
/** The longest that any policy lets a level last, in milliseconds. */
export const LONGEST_LEVEL = 31 * 24 * 60 * 60_000;

/** By how much the clocks of two processes, or of one and the database, may differ, in milliseconds. */
export const CLOCKS_APART = 60_000;

/**
 * The first change of a chain that nothing justifies. The database refuses such a one; this looks again, so that a row which
 * came in around it gives nobody a right. Reads from the newest change that stands by itself (see {@link standsAlone}).
 * @param chain consecutive, the oldest first
 */
export function firstUnjustified(chain: readonly Change[]): Change | undefined {
  return chain.find((change, index) => !isJustified(change, chain[index - 1]));
}

/** Two people agreed to it, or it lets nobody in that level 0 does not. What was before does not matter to it. */
function standsAlone({ how, level, baseLevel, until, since, proposal }: Change): boolean {
  if (how === 'approved') {
    return proposal !== null && proposal.approvedByAnother && proposal.level === level && baseLevel === level && until !== null && until <= proposal.until && isShort({ since, until }) && !withdrawnBefore(proposal.withdrawnAt, since);
  }
  return how !== 'provisional' && level === '0' && baseLevel === '0';
}

function isJustified(change: Change, before: Change | undefined): boolean {
  if (standsAlone(change)) return true;
  if (change.how === 'approved' || (change.number !== 1 && before?.number !== change.number - 1)) return false;
  const now = standingAfter(before);
  const then = standingAfter(change);
  const lower = compareLevels(then.level, now.level) < 0;
  const same = then.level === now.level && (then.level === '0' || (then.until !== undefined && now.until !== undefined && then.until <= now.until));
  if (change.how === 'provisional') return (lower || same) && isProvisional(change);
  if (change.baseLevel !== change.level || (change.level !== '0' && !isShort(change))) return false;
  return lower || (same && before?.how === 'provisional');
}

function isShort({ since, until }: Pick<Change, 'since' | 'until'>): boolean {
  return until !== null && until.getTime() - since.getTime() <= LONGEST_LEVEL;
}

function isProvisional({ level, since, until, actedBy, proposal }: Change): boolean {
  const short = until !== null && until.getTime() - since.getTime() <= LONGEST_PROVISIONAL;
  return short && proposal !== null && proposal.level === level && proposal.proposedBy === actedBy && !withdrawnBefore(proposal.withdrawnAt, since);
}

/**
 * Written by a clock that is wrong, or to last until a time of its own: a provisional level raises nothing before it begins,
 * so that it never holds for longer than its two hours.
 */
export const liesAhead = ({ how, since }: Pick<Change, 'how' | 'since'>, now: Date): boolean => how === 'provisional' && since.getTime() - now.getTime() > CLOCKS_APART;

/** A provisional level that begins after what was proposed would have been over: no clock that was ever right has written it, and it tells nothing of the time. */
export const neverWas = ({ how, since, proposal }: Pick<Change, 'how' | 'since' | 'proposal'>): boolean => how === 'provisional' && (proposal === null || since >= proposal.until);

/** What was withdrawn afterwards was justified while it lasted. */
const withdrawnBefore = (withdrawnAt: Date | null, since: Date) => withdrawnAt !== null && since.getTime() - withdrawnAt.getTime() > CLOCKS_APART;
