import type { LiftedRule, TeleworkDay } from '../port.ts';
import { blocksOf, type Block, type Mark, type Shown } from './blocks.ts';
import { dayOf } from './japan-time.ts';

/**
 * Days of work, newest first; days without any are left out. A block belongs to the day it began on, with all of its marks
 * and its seconds, however far it reaches into the next one; a screen shown belongs to the block it began in, or to its own day
 * where the person was off. What still goes on is counted until `now`. Two screens at once count once.
 * @param marks of one person, in the order in which they were made
 * @param unitId only what was done for this unit: the blocks begun there with their screens, and its screens of somebody who was off
 */
export function workDays(marks: readonly Mark[], shown: readonly Shown[], now: Date, unitId?: string): readonly TeleworkDay[] {
  const blocks = blocksOf(marks, shown, now);
  const counts = (of: { readonly unitId: string }) => unitId === undefined || of.unitId === unitId;
  const days = new Map<string, { blocks: Block[]; spans: Span[]; lifted: Set<LiftedRule> }>();
  const dayAt = (day: string) => {
    const found = days.get(day) ?? { blocks: [], spans: [], lifted: new Set() };
    days.set(day, found);
    return found;
  };
  for (const block of blocks.filter(counts)) dayAt(dayOf(block.start)).blocks.push(block);
  for (const screen of shown) {
    const { from, to = now } = screen;
    const within = blocks.find(({ start, end }) => start <= from && from < (end ?? now));
    if (!counts(within ?? screen)) continue;
    const { spans, lifted } = dayAt(dayOf(within?.start ?? from));
    spans.push([from.getTime(), to.getTime()]);
    for (const rule of screen.lifted ?? []) lifted.add(rule);
  }
  return [...days]
    .map(([day, { blocks: ofDay, spans, lifted }]): TeleworkDay => ({
      day,
      marks: ofDay.flatMap((block) => block.marks.map(({ kind, at, source }) => ({ kind, at, source }))),
      workedSeconds: seconds(ofDay.flatMap((block) => stretches(block, 'working', now))),
      pausedSeconds: seconds(ofDay.flatMap((block) => stretches(block, 'paused', now))),
      connectedSeconds: seconds(united(spans)),
      ...(lifted.size > 0 && { lifted: [...lifted] }),
    }))
    .toSorted((one, other) => (one.day < other.day ? 1 : -1));
}

/** Milliseconds. */
type Span = readonly [from: number, to: number];

/** A pause begins with its mark; every other mark but the end begins work. */
function stretches({ marks, end }: Block, what: 'working' | 'paused', now: Date): readonly Span[] {
  return marks.flatMap(({ kind, at }, index): readonly Span[] => {
    const until = marks[index + 1]?.at ?? end ?? now;
    return kind !== 'end' && (kind === 'pause') === (what === 'paused') ? [[at.getTime(), until.getTime()]] : [];
  });
}

function united(spans: readonly Span[]): readonly Span[] {
  const result: Span[] = [];
  for (const span of spans.toSorted(([one], [other]) => one - other)) {
    const last = result.at(-1);
    if (last === undefined || span[0] > last[1]) result.push(span);
    else result[result.length - 1] = [last[0], Math.max(last[1], span[1])];
  }
  return result;
}

/** Whole ones: the milliseconds of a day are added up before they are cut off. */
const seconds = (spans: readonly Span[]): number => Math.floor(spans.reduce((sum, [from, to]) => sum + Math.max(0, to - from), 0) / 1000);
