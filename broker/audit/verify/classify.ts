import type { RecordFinding } from './finding.ts';
import { recordHash, type StoredRecord } from './record.ts';
import type { Statements } from './statements.ts';

/** The place in the chain where something is wrong, and what is known to stand before it. */
export type Due = {
  readonly lane: number;
  readonly sequence: number;
  readonly previous: Buffer;
  readonly previousId: string | undefined;
};

/** How many places a renumbered record is looked for. */
const FARTHEST = 1_000;

/**
 * Finds a name for what is wrong at the place that is due.
 * @param found the record that stands there
 * @param rest the records of the lane after it; read to its end where needed
 */
export async function classify(due: Due, found: StoredRecord, rest: AsyncIterator<StoredRecord>, statements: Statements): Promise<RecordFinding> {
  const { lane, sequence, previous } = due;
  const here = { lane, sequence };
  if (found.sequence < sequence) {
    return { kind: 'inserted', lane, sequence: found.sequence, id: found.id, detail: `stands after sequence ${sequence - 1}, where it does not belong` };
  }
  const after = await lookAhead(due, found, rest);
  if (after.rightful !== undefined) {
    return { kind: 'reordered', ...here, id: found.id, detail: `${after.rightful.id} belongs here and stands at another place` };
  }
  if (found.sequence > sequence) {
    return { kind: 'deleted', ...here, to: found.sequence - 1, detail: `the lane goes on with sequence ${found.sequence} (${found.id})` };
  }
  const altered: RecordFinding = { kind: 'altered', ...here, id: found.id, detail: 'it is not what its hash was computed over' };
  if (found.previous.equals(previous)) return altered;

  const missing = renumberedBy(due, found);
  if (missing > 0) {
    return { kind: 'deleted', ...here, to: sequence + missing - 1, detail: `${found.id}, which stands here now, was written as sequence ${sequence + missing}` };
  }
  const wholeInItself = recordHash(found.previous, lane, sequence, found.body).equals(found.hash);
  if (!wholeInItself || sequence === 1) return altered;
  // Two records disagree. The later one is believed when its successor or a statement agrees with it, or nobody is left to ask.
  const stated = statements.at(lane, sequence);
  const believed = stated.length > 0 ? stated.some((statement) => statement.hash.equals(found.hash)) : after.next?.previous.equals(found.hash) !== false;
  if (!believed) return altered;
  const id = due.previousId;
  return { kind: 'altered', lane, sequence: sequence - 1, ...(id !== undefined && { id }), detail: 'it was changed and its hash computed again: the next record names another one' };
}

/** Looks through the rest of the lane for the record that belongs where `found` stands: whole, or only its body. */
async function lookAhead(due: Due, found: StoredRecord, rest: AsyncIterator<StoredRecord>) {
  let next: StoredRecord | undefined;
  for (let step = await rest.next(); step.done !== true; step = await rest.next()) {
    const other = step.value;
    next ??= other;
    const hash = recordHash(due.previous, due.lane, due.sequence, other.body);
    const genuine = hash.equals(other.hash) || (found.sequence === due.sequence && hash.equals(found.hash));
    if (genuine) return { next, rightful: other };
  }
  return { next, rightful: undefined };
}

/** By how many places this record was moved forward to close a gap, or 0. */
function renumberedBy({ lane, sequence }: Due, found: StoredRecord): number {
  for (let missing = 1; missing <= FARTHEST; missing += 1) {
    if (recordHash(found.previous, lane, sequence + missing, found.body).equals(found.hash)) return missing;
  }
  return 0;
}
