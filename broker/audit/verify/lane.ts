import { classify } from './classify.ts';
import type { RecordFinding } from './finding.ts';
import { columnUnlikeBody, NOTHING_BEFORE, recordHash, type StoredRecord } from './record.ts';
import type { Statement, Statements } from './statements.ts';

/** What going through one lane gave. */
export type LaneRead = {
  /** Records whose place in the chain is right. */
  readonly records: number;
  /** The newest sequence that a signed statement covers. */
  readonly covered: number;
  /** The first thing that is wrong. What comes after it in this lane was not judged. */
  readonly finding: RecordFinding | undefined;
};

/**
 * Checks the records of one lane, which come in the order of their sequence, against the chain and against what is stated
 * of the lane.
 */
export async function verifyLane(lane: number, records: AsyncIterator<StoredRecord>, statements: Statements): Promise<LaneRead> {
  let sequence = 0;
  let hash: Buffer = NOTHING_BEFORE;
  let id: string | undefined;
  let covered = 0;
  let proven = 0;
  const end = (finding?: RecordFinding): LaneRead => ({ records: sequence, covered, finding });

  for (let next = await records.next(); next.done !== true; next = await records.next()) {
    const record = next.value;
    const due = { lane, sequence: sequence + 1, previous: hash, previousId: id };
    const expected = record.sequence === due.sequence ? recordHash(hash, lane, due.sequence, record.body) : undefined;
    if (expected === undefined || !record.previous.equals(hash) || !record.hash.equals(expected)) {
      return end(await classify(due, record, records, statements));
    }
    const column = columnUnlikeBody(record);
    if (column !== undefined) return end({ kind: 'altered', lane, sequence: due.sequence, id: record.id, detail: `its ${column} is not the one in its body` });
    const against = statements.at(lane, due.sequence).find((statement) => !statement.hash.equals(expected));
    if (against !== undefined) return end(rewritten({ lane, from: proven + 1, to: due.sequence, id: record.id, against }));
    if (statements.at(lane, due.sequence).length > 0) proven = due.sequence;
    if (statements.at(lane, due.sequence).some((statement) => statement.signed)) covered = due.sequence;
    sequence = due.sequence;
    hash = expected;
    id = record.id;
  }

  const newest = statements.newest(lane);
  if (newest === undefined || newest.sequence <= sequence) return end();
  return end({ kind: 'truncated', lane, sequence: sequence + 1, to: newest.sequence, detail: `${newest.by} names sequence ${newest.sequence}, the lane ends at ${sequence}` });
}

/** The chain is whole in itself and another one than was stated: somebody who could compute hashes wrote it anew. */
function rewritten({ lane, from, to, id, against }: { lane: number; from: number; to: number; id: string; against: Statement }): RecordFinding {
  const which = from === to ? 'this record' : 'one of these records';
  return { kind: 'altered', lane, sequence: from, to, ...(from === to && { id }), detail: `${which} was changed and the hashes computed again: ${against.by} names another hash` };
}
