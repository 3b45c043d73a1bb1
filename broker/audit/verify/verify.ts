import type { PublicKeys, SignedCheckpoint } from './checkpoint.ts';
import { readCheckpoints, type CheckpointsRead } from './checkpoints.ts';
import type { Finding, RecordFinding } from './finding.ts';
import { byLane } from './by-lane.ts';
import { verifyLane } from './lane.ts';
import type { Source } from './source.ts';
import type { StoredRecord } from './record.ts';
import { createStatements, type Statements } from './statements.ts';

/** Signed heads that were kept outside the database. */
export type HeadsFile = { readonly name: string; readonly checkpoints: AsyncIterable<SignedCheckpoint | 'unreadable'> };

export type Report = {
  readonly intact: boolean;
  readonly source: string;
  /** Records whose place in the chain is right. */
  readonly records: number;
  readonly lanes: number;
  /** Records newer than the newest signed statement of their lane: nobody has vouched for those yet. */
  readonly uncovered: number;
  /** The newest checkpoint that was taken into account. */
  readonly through: { readonly number: number; readonly at: string } | null;
  /** Records first, the lowest lane first; of each lane the first thing that is wrong. */
  readonly findings: readonly Finding[];
  /** What could not be proved. */
  readonly warnings: readonly string[];
};

/**
 * Checks a trail against its own chain and against signed heads.
 *
 * The files of heads are read before the source is opened: what they state was committed by then, so a record of which
 * they know must be there.
 * @param until the last checkpoint of the files that counts, for an export that is older than the files
 */
export async function verifyTrail(input: {
  openSource: () => Promise<Source>;
  headsFiles: readonly HeadsFile[];
  keys: PublicKeys | undefined;
  until?: number | undefined;
}): Promise<Report> {
  const { headsFiles, keys, until = Number.POSITIVE_INFINITY } = input;
  const statements = createStatements();
  const read: CheckpointsRead[] = [];
  for (const { name, checkpoints } of headsFiles) {
    read.push(await readCheckpoints({ checkpoints, source: name, keys, until, whole: false, statements }));
  }
  const source = await input.openSource();
  try {
    const heads = await source.heads();
    for (const head of heads) statements.add(head, 'the table of lanes', false);
    read.push(await readCheckpoints({ checkpoints: source.checkpoints(), source: source.name, keys, until: Number.POSITIVE_INFINITY, whole: true, statements }));
    const lanes = await verifyLanes(source, statements, new Map(heads.map((head) => [head.lane, head.sequence])));
    const damage = source.damage();
    const findings = [...lanes.findings, ...read.flatMap(({ finding }) => finding ?? []), ...(damage === undefined ? [] : [damage])];
    const last = read.flatMap((one) => one.last ?? []).toSorted((one, other) => other.number - one.number)[0];
    return {
      intact: findings.length === 0,
      source: source.name,
      records: lanes.records,
      lanes: lanes.count,
      uncovered: lanes.uncovered,
      through: last === undefined ? null : { number: last.number, at: last.at },
      findings,
      warnings: warningsFor({ headsFiles: headsFiles.length, keys, inFiles: read.slice(0, headsFiles.length).reduce((sum, { count }) => sum + count, 0) }),
    };
  } finally {
    await source.close();
  }
}

async function verifyLanes(source: Source, statements: Statements, rows: ReadonlyMap<number, number>) {
  const findings = new Map<number, RecordFinding>();
  const seen = new Set<number>();
  let records = 0;
  let uncovered = 0;
  const read = async (lane: number, ofLane: AsyncIterator<StoredRecord>) => {
    const result = await verifyLane(lane, ofLane, statements);
    records += result.records;
    uncovered += result.records - result.covered;
    const finding = result.finding ?? beyondTheTable(lane, result.records, rows.get(lane) ?? 0);
    if (finding !== undefined) findings.set(lane, finding);
  };

  for await (const { lane, records: ofLane } of byLane(source.records())) {
    if (seen.has(lane)) {
      const { value } = await ofLane.next();
      if (value !== undefined) findings.set(lane, { kind: 'reordered', lane, sequence: value.sequence, id: value.id, detail: 'it stands apart from its lane' });
      continue;
    }
    seen.add(lane);
    await read(lane, ofLane);
  }
  for (const lane of statements.lanes()) if (!seen.has(lane)) await read(lane, nothing());
  const sorted = [...findings.values()].sort((one, other) => one.lane - other.lane);
  return { findings: sorted, count: seen.size, records, uncovered };
}

/** A record that the table of lanes does not know of did not come there by way of the trail. */
function beyondTheTable(lane: number, records: number, row: number): RecordFinding | undefined {
  if (row >= records) return undefined;
  return { kind: 'inserted', lane, sequence: row + 1, to: records, detail: `the table of lanes ends at sequence ${row}` };
}

async function* nothing(): AsyncGenerator<StoredRecord> {}

function warningsFor({ headsFiles, keys, inFiles }: { headsFiles: number; keys: PublicKeys | undefined; inFiles: number }): string[] {
  const warnings: string[] = [];
  if (keys === undefined) warnings.push('No public key was given: the signatures of the checkpoints were not checked.');
  if (headsFiles === 0) {
    warnings.push('No file of signed heads was given: it cannot be excluded that the newest records were truncated, or the chain written anew, together with the checkpoints beside it.');
  } else if (inFiles === 0) {
    warnings.push('The files of signed heads hold no checkpoint: truncation cannot be excluded.');
  }
  return warnings;
}
