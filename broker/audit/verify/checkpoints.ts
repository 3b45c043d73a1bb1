import { readCheckpoint, type Checkpoint, type PublicKeys, type SignedCheckpoint } from './checkpoint.ts';
import type { CheckpointFinding } from './finding.ts';
import type { Statements } from './statements.ts';

/** What a row of checkpoints proved. */
export type CheckpointsRead = {
  readonly count: number;
  readonly last: Checkpoint | undefined;
  /** Where more than one is wrong, the first. */
  readonly finding: CheckpointFinding | undefined;
};

/**
 * Goes through checkpoints in the order they were signed: each must be signed, carry the next number and name the one
 * before. Collects what the good ones state about the lanes.
 * @param until the last number that counts; later ones are only checked
 * @param whole true where the first one must be number 1
 */
export async function readCheckpoints(input: {
  checkpoints: AsyncIterable<SignedCheckpoint | 'unreadable'>;
  source: string;
  keys: PublicKeys | undefined;
  until: number;
  whole: boolean;
  statements: Statements;
}): Promise<CheckpointsRead> {
  const { source, keys, until, statements } = input;
  let count = 0;
  let line = 0;
  let before: Checkpoint | undefined;
  let last: Checkpoint | undefined;
  let finding: CheckpointFinding | undefined;
  const wrong = (kind: CheckpointFinding['kind'], detail: string) => (finding ??= { kind, source, line, detail });

  for await (const signed of input.checkpoints) {
    line += 1;
    const checkpoint = signed === 'unreadable' ? 'it cannot be read' : readCheckpoint(signed, keys);
    if (typeof checkpoint === 'string') {
      wrong('checkpoint-altered', checkpoint);
      continue;
    }
    // A line that was written again after a failure says nothing new.
    if (checkpoint.hash === before?.hash) continue;
    count += 1;
    const follows = before === undefined ? !input.whole || checkpoint.number === 1 : checkpoint.number === before.number + 1 && checkpoint.previous === before.hash;
    if (!follows) wrong('checkpoint-deleted', `number ${checkpoint.number} does not follow number ${before?.number ?? 0}`);
    before = checkpoint;
    if (checkpoint.number > until) continue;
    last = checkpoint;
    for (const head of checkpoint.heads) statements.add(head, `checkpoint ${checkpoint.number}`, keys !== undefined);
  }
  return { count, last, finding };
}
