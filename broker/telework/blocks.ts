import type { LiftedRule, MarkKind, TeleworkState } from '../port.ts';
import { dayOf } from './japan-time.ts';
import { stateAfter } from './state.ts';

/** `unitId`: of which the person was then. */
export type Mark = { readonly kind: MarkKind; readonly at: Date; readonly source: 'person' | 'derived'; readonly unitId: string };
/** Time that a screen was shown; `to` undefined: it still is. `unitId`: of which the person was when the session was granted. */
export type Shown = { readonly from: Date; readonly to: Date | undefined; readonly unitId: string; /** Rules that only the level took away for it. */ readonly lifted?: readonly LiftedRule[] };
/** Work from a start to its end, for the unit that it was started for. `end` undefined: it goes on. */
export type Block = { readonly unitId: string; readonly marks: readonly Mark[]; readonly start: Date; readonly end: Date | undefined; readonly state: TeleworkState };

/** Nobody who was not heard of for so long, in milliseconds, is taken to be at work still, once another day has begun. */
const SILENCE = 8 * 3_600_000;

/**
 * The blocks of work that marks make, in the order of their beginning. An end that nobody marked is derived: it was when the
 * person was last heard of, by a mark or by a screen shown. A block counts as ended without a mark when the next one
 * starts, or, on a later day than it began, after eight hours of silence; so work may go on over midnight, and a forgotten
 * end does not last until the next morning. Marks that cannot follow are passed over.
 * @param marks of one person, in the order in which they were made
 */
export function blocksOf(marks: readonly Mark[], shown: readonly Shown[], now: Date): readonly Block[] {
  const blocks: Block[] = [];
  let open: Block | undefined;
  for (const mark of marks) {
    if (mark.kind === 'start') {
      if (open !== undefined) blocks.push(closed(open, heardOf(open, shown, mark.at)));
      open = { unitId: mark.unitId, marks: [mark], start: mark.at, end: undefined, state: 'working' };
      continue;
    }
    const state: TeleworkState | undefined = open && stateAfter(open.state, mark.kind);
    if (open === undefined || state === undefined) continue;
    open = { ...open, marks: [...open.marks, mark], state, end: state === 'off' ? mark.at : undefined };
    if (state !== 'off') continue;
    blocks.push(open);
    open = undefined;
  }
  if (open !== undefined) blocks.push(hasLapsed(open, shown, now) ? closed(open, heardOf(open, shown, now)) : open);
  return blocks;
}

function hasLapsed(block: Block, shown: readonly Shown[], now: Date): boolean {
  if (dayOf(now) <= dayOf(block.start) || shown.some(({ to }) => to === undefined)) return false;
  return now.getTime() - heardOf(block, shown, now).getTime() >= SILENCE;
}

/** When the person was last heard of within a block, before `until`. */
function heardOf({ marks, start }: Block, shown: readonly Shown[], until: Date): Date {
  const signs = [...marks.map(({ at }) => at), ...shown.filter(({ from, to }) => from < until && (to ?? until) > start).map(({ to }) => (to === undefined || to > until ? until : to))];
  return new Date(Math.max(...signs.map((at) => at.getTime())));
}

function closed(block: Block, end: Date): Block {
  return { ...block, marks: [...block.marks, { kind: 'end', at: end, source: 'derived', unitId: block.unitId }], end, state: 'off' };
}
