import type { Policy } from '../policy/policy.ts';
import { Refusal, type ContinuityEvent, type Level, type NewLevelProposal } from '../port.ts';
import { later, untilOf } from './falls.ts';
import { LEVELS } from './levels.ts';

export const EVENTS: readonly ContinuityEvent[] = ['earthquake', 'storm', 'snow', 'epidemic', 'building-failure', 'system-failure', 'cyber', 'other'];
const LONGEST_REASON = 500;
/** In seconds; a slip of the hand in the year lies beyond it. */
const OLDEST_ONSET = 10 * 365 * 86_400;

/**
 * A proposal as a person gave it, with the end it shall have: as late as policy allows unless said otherwise.
 * @throws Refusal `request-invalid`; `level-unchanged` for level 0, which nobody needs to propose
 */
export function readProposal({ level, event, onset, reason, until }: NewLevelProposal, levels: Policy['levels'], now: Date): Required<NewLevelProposal> {
  readLevelName(level);
  if (!EVENTS.includes(event)) throw invalid('event', EVENTS.join(', '));
  if (!isTime(onset) || onset > now || onset < later(now, -OLDEST_ONSET)) throw invalid('onset', 'a time of the last ten years that is not in the future');
  const given = readReason(reason);
  const latest = untilOf(levels, level, now);
  if (latest === undefined) throw new Refusal('level-unchanged');
  if (until !== undefined && (!isTime(until) || until <= now || until > latest)) throw invalid('until', `a time from now to ${latest.toISOString()}`);
  return { level, event, onset, reason: given, until: until ?? latest };
}

/** In one line, NFC. @throws Refusal `request-invalid` */
export function readReason(typed: string): string {
  const reason = typed.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
  if (reason === '' || [...reason].length > LONGEST_REASON || !reason.isWellFormed() || /\p{Cc}/u.test(reason)) throw invalid('reason', `1 to ${LONGEST_REASON} characters`);
  return reason;
}

/** @throws Refusal `request-invalid` */
export function readLevelName(level: Level): void {
  if (!LEVELS.includes(level)) throw invalid('level', LEVELS.join(', '));
}

/** When a proposal made now can no longer be approved. */
export const closesAt = (now: Date, { durations }: Pick<Policy, 'durations'>): Date => later(now, durations.proposal);

const isTime = (time: Date): boolean => !Number.isNaN(time.getTime());

function invalid(path: string, expected: string): Refusal {
  return new Refusal('request-invalid', { fields: [{ path, expected }] });
}
