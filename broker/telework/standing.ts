import type { Connection } from '../store/index.ts';
import { blocksOf, type Block } from './blocks.ts';
import { daysAfter } from './japan-time.ts';
import { marksSinceStart, shownTo } from './store.ts';

/** The block of work that a person is in now; undefined while off. */
export async function blockNow(connection: Connection, personId: string, now: Date): Promise<Block | undefined> {
  const marks = await marksSinceStart(connection, personId);
  const block = blocksOf(marks, [], now).at(-1);
  if (block?.end === undefined || marks.at(-1)?.kind === 'end') return stillOpen(block);
  // It would be over if no screen had been shown.
  const shown = await shownTo(connection, [personId], { from: block.start, to: daysAfter(now, 1) });
  return stillOpen(blocksOf(marks, shown.get(personId) ?? [], now).at(-1));
}

const stillOpen = (block: Block | undefined): Block | undefined => (block?.end === undefined ? block : undefined);
