import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runVerifier } from '../../support/run-verifier.ts';
import { exportText, hashOf, headsOf, headsText, makeTrail, rechain, signed, writeTrail, type TrailFile, type TrailRecord } from '../../support/trail-file.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sekisho-verifier-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function verify(trail: TrailFile, { text, outside = true }: { text?: string; outside?: boolean } = {}, ...more: string[]) {
  const paths = await writeTrail(directory, trail, text);
  return runVerifier(['--export', paths.export, '--key', paths.key, ...(outside ? ['--heads', paths.heads] : []), ...more]);
}

const find = (trail: TrailFile, lane: number, sequence: number): TrailRecord => trail.records.find((one) => one.lane === lane && one.sequence === sequence)!;

describe('a trail that nobody touched', () => {
  it('is intact, wholly covered by the signed heads', async () => {
    const { code, report } = await verify(makeTrail({ lengths: [7, 0, 4] }));
    expect(report).toMatchObject({ intact: true, records: 11, lanes: 2, uncovered: 0, findings: [], warnings: [] });
    expect(code).toBe(0);
  });

  it('is intact when it is empty', async () => {
    const { code, report } = await verify(makeTrail({ lengths: [0] }));
    expect(report).toMatchObject({ intact: true, records: 0 });
    expect(code).toBe(0);
  });

  it('says that truncation cannot be excluded when no heads from outside are given', async () => {
    const { code, report } = await verify(makeTrail({ lengths: [3] }), { outside: false });
    expect(code).toBe(0);
    expect(report.warnings.join()).toMatch(/truncated/);
  });

  it('counts the records that no signed head covers yet', async () => {
    const trail = makeTrail({ lengths: [6], every: 4 });
    trail.checkpoints.pop();
    trail.outside.pop();
    const { report } = await verify(trail);
    expect(report).toMatchObject({ intact: true, uncovered: 2, through: { number: 1 } });
  });
});

describe('what is named', () => {
  it('altered: a body', async () => {
    const trail = makeTrail({ lengths: [5, 6] });
    const record = find(trail, 1, 3);
    record.body = record.body.replace('総務課', '税務課');
    const { code, report } = await verify(trail);
    expect(report.findings).toMatchObject([{ kind: 'altered', lane: 1, sequence: 3, id: record.id }]);
    expect(code).toBe(1);
  });

  it.each(['id', 'at', 'code', 'organisationId'] as const)('altered: the column %s beside an untouched body', async (column) => {
    const trail = makeTrail({ lengths: [5] });
    const record = find(trail, 0, 2);
    record[column] = column === 'at' ? record.at.replace('123000Z', '123001Z') : 'ffffffff-6a52-4c55-9f3e-0f6f6b0d9a11';
    const { report } = await verify(trail);
    expect(report.findings).toMatchObject([{ kind: 'altered', lane: 0, sequence: 2 }]);
  });

  it('altered: a body whose own hash was computed again', async () => {
    const trail = makeTrail({ lengths: [8], every: 100 });
    const record = find(trail, 0, 3);
    record.body = record.body.replace('総務課', '税務課');
    record.hash = hashOf(record);
    const { report } = await verify(trail);
    expect(report.findings).toMatchObject([{ kind: 'altered', lane: 0, sequence: 3, id: record.id }]);
  });

  it('altered: the previous hash of a record, its own computed again', async () => {
    const trail = makeTrail({ lengths: [8], every: 100 });
    const record = find(trail, 0, 4);
    record.previous = 'ab'.repeat(32);
    record.hash = hashOf(record);
    const { report } = await verify(trail);
    expect(report.findings).toMatchObject([{ kind: 'altered', lane: 0, sequence: 4, id: record.id }]);
  });

  it('altered: everything computed again, by an administrator who can write all of the database; between two signed heads', async () => {
    const trail = makeTrail({ lengths: [12], every: 4 });
    find(trail, 0, 6).body = find(trail, 0, 6).body.replace('総務課', '税務課');
    rechain(trail.records, 0);
    const { report } = await verify(trail);
    expect(report.findings).toMatchObject([{ kind: 'altered', lane: 0, sequence: 5, to: 8 }]);
    trail.checkpoints = [];
    expect((await verify(trail, { outside: false })).report.intact).toBe(true);
    expect((await verify(trail)).report.findings).toMatchObject([{ kind: 'altered', lane: 0, sequence: 5, to: 8 }]);
  });

  it('deleted: one record, and a run of them', async () => {
    const trail = makeTrail({ lengths: [9] });
    const one = { ...trail, records: trail.records.filter(({ sequence }) => sequence !== 4) };
    expect((await verify(one)).report.findings).toMatchObject([{ kind: 'deleted', lane: 0, sequence: 4, to: 4 }]);
    const run = { ...trail, records: trail.records.filter(({ sequence }) => sequence < 2 || sequence > 5) };
    expect((await verify(run)).report.findings).toMatchObject([{ kind: 'deleted', lane: 0, sequence: 2, to: 5 }]);
  });

  it('deleted: the gap closed by renumbering', async () => {
    const trail = makeTrail({ lengths: [9] });
    const records = trail.records.filter(({ sequence }) => sequence !== 4);
    for (const record of records) if (record.sequence > 4) record.sequence -= 1;
    const { report } = await verify({ ...trail, records });
    expect(report.findings).toMatchObject([{ kind: 'deleted', lane: 0, sequence: 4, to: 4 }]);
  });

  it.each([
    ['lines', (one: TrailRecord, other: TrailRecord) => [{ ...other }, { ...one }]],
    ['sequences', (one: TrailRecord, other: TrailRecord) => [{ ...other, sequence: one.sequence }, { ...one, sequence: other.sequence }]],
    [
      'contents',
      (one: TrailRecord, other: TrailRecord) => [
        { ...other, sequence: one.sequence, previous: one.previous, hash: one.hash },
        { ...one, sequence: other.sequence, previous: other.previous, hash: other.hash },
      ],
    ],
  ] as const)('reordered: two records with their %s exchanged', async (_, exchange) => {
    const trail = makeTrail({ lengths: [9] });
    const [one, other] = exchange(trail.records[2]!, trail.records[5]!);
    trail.records[2] = one!;
    trail.records[5] = other!;
    const { report } = await verify(trail, { text: exportText(trail, headsOf(makeTrailHeads(trail))) });
    expect(report.findings).toMatchObject([{ kind: 'reordered', lane: 0, sequence: 3 }]);
  });

  it('reordered: a record that stands after those of another lane', async () => {
    const trail = makeTrail({ lengths: [4, 4] });
    trail.records.push(...trail.records.splice(1, 1));
    expect((await verify(trail)).report.findings).toMatchObject([{ kind: 'reordered', lane: 0, sequence: 2 }]);
  });

  it('inserted: a record twice', async () => {
    const trail = makeTrail({ lengths: [6] });
    trail.records.splice(4, 0, { ...trail.records[1]! });
    expect((await verify(trail)).report.findings).toMatchObject([{ kind: 'inserted', lane: 0, sequence: 2 }]);
  });

  it('inserted: a forged record at the end that the table of lanes does not know', async () => {
    const trail = makeTrail({ lengths: [6] });
    const heads = headsOf(trail.records);
    const last = trail.records.at(-1)!;
    const forged = { ...last, sequence: 7, previous: last.hash };
    trail.records.push({ ...forged, hash: hashOf(forged) });
    expect((await verify(trail, { text: exportText(trail, heads) })).report.findings).toMatchObject([{ kind: 'inserted', lane: 0, sequence: 7 }]);
  });

  it('truncated: the newest records, with every trace of them in the database', async () => {
    const trail = makeTrail({ lengths: [9, 3], every: 2 });
    trail.records = trail.records.filter(({ lane, sequence }) => lane !== 0 || sequence <= 6);
    trail.checkpoints = trail.checkpoints.slice(0, 2);
    expect((await verify(trail, { outside: false })).report.intact).toBe(true);
    const { code, report } = await verify(trail);
    expect(report.findings).toMatchObject([{ kind: 'truncated', lane: 0, sequence: 7, to: 9 }]);
    expect(code).toBe(1);
  });

  it('truncated: a whole lane, and a whole trail', async () => {
    const trail = makeTrail({ lengths: [3, 3] });
    const lane = { ...trail, records: trail.records.filter((record) => record.lane === 0), checkpoints: [] };
    expect((await verify(lane)).report.findings).toMatchObject([{ kind: 'truncated', lane: 1, sequence: 1, to: 3 }]);
    const all = { ...trail, records: [], checkpoints: [] };
    expect((await verify(all)).report.findings).toMatchObject([{ kind: 'truncated', lane: 0, sequence: 1 }, { kind: 'truncated', lane: 1, sequence: 1 }]);
  });

  it('the first of each lane, the lowest lane first', async () => {
    const trail = makeTrail({ lengths: [5, 5, 5] });
    for (const [lane, sequence] of [[2, 2], [1, 4], [2, 1]] as const) find(trail, lane, sequence).body += ' ';
    expect((await verify(trail)).report.findings).toMatchObject([{ lane: 1, sequence: 4 }, { lane: 2, sequence: 1 }]);
  });
});

describe('the signed heads themselves', () => {
  it('are refused when one was altered, and their statements do not count', async () => {
    const trail = makeTrail({ lengths: [6] });
    trail.outside[1] = { ...trail.outside[1]!, body: trail.outside[1]!.body.replace('"test"', '"best"') };
    const { report } = await verify(trail);
    expect(report.findings).toMatchObject([{ kind: 'checkpoint-altered', line: 2 }]);
  });

  it('are refused when signed by somebody else', async () => {
    const trail = makeTrail({ lengths: [6] });
    const other = makeTrail({ lengths: [1] });
    trail.outside[0] = signed(JSON.parse(trail.outside[0]!.body) as object, other.privateKey);
    expect((await verify(trail)).report.findings).toMatchObject([{ kind: 'checkpoint-altered', line: 1 }]);
    trail.outside = makeTrail({ lengths: [6] }).outside;
    expect((await verify(trail)).report.findings[0]).toMatchObject({ kind: 'checkpoint-altered', line: 1 });
  });

  it('are missed when one is gone from among them, in the file or in the database', async () => {
    const trail = makeTrail({ lengths: [9] });
    const { outside, checkpoints } = trail;
    trail.outside = outside.toSpliced(1, 1);
    expect((await verify(trail)).report.findings).toMatchObject([{ kind: 'checkpoint-deleted', line: 2 }]);
    trail.outside = outside;
    trail.checkpoints = checkpoints.slice(1);
    expect((await verify(trail)).report.findings).toMatchObject([{ kind: 'checkpoint-deleted', line: 1 }]);
  });

  it('are missed when one was signed anew in the place of another, by whoever holds the key', async () => {
    const trail = makeTrail({ lengths: [9] });
    const other = { ...(JSON.parse(trail.outside[1]!.body) as object), gateway: 'elsewhere' };
    trail.outside[1] = signed(other, trail.privateKey);
    expect((await verify(trail)).report.findings).toMatchObject([{ kind: 'checkpoint-deleted', line: 3 }]);
  });

  it('may begin later than the first, for a gateway that came later', async () => {
    const trail = makeTrail({ lengths: [9] });
    trail.outside = trail.outside.slice(2);
    expect((await verify(trail)).report).toMatchObject({ intact: true, uncovered: 0 });
  });

  it('survive a torn line that was written again, and one that is being written', async () => {
    const trail = makeTrail({ lengths: [6] });
    const paths = await writeTrail(directory, trail);
    const [first, ...rest] = headsText(trail.outside).split('\n');
    await writeFile(paths.heads, [first, rest[0]!.slice(0, 40), ...rest].join('\n') + rest[0]!.slice(0, 17));
    const { report } = await runVerifier(['--export', paths.export, '--heads', paths.heads, '--key', paths.key]);
    expect(report).toMatchObject({ intact: true, uncovered: 0 });
  });

  it('that are newer than the export show it as truncated, unless the auditor says until when', async () => {
    const trail = makeTrail({ lengths: [9] });
    const earlier = { ...trail, records: trail.records.slice(0, 6), checkpoints: trail.checkpoints.slice(0, 2) };
    expect((await verify(earlier)).report.findings).toMatchObject([{ kind: 'truncated', lane: 0, sequence: 7, to: 9 }]);
    const { report } = await verify(earlier, {}, '--until', '2');
    expect(report).toMatchObject({ intact: true, through: { number: 2 } });
  });
});

describe('an export that is not the file that was written', () => {
  const trail = makeTrail({ lengths: [4] });
  const text = exportText(trail);
  const lines = text.split('\n');
  it.each([
    ['its last byte is missing', text.slice(0, -1), lines.length - 1],
    ['its end is missing', lines.slice(0, -2).join('\n') + '\n', lines.length - 2],
    ['something follows its end', `${text}\n`, lines.length],
    ['a line is not JSON', lines.with(lines.length - 3, '{').join('\n'), lines.length - 2],
    ['a checkpoint stands among its records', lines.toSpliced(-3, 0, lines[1]!).join('\n'), lines.length - 2],
    ['its lines are others than its end says', text.replace('"name', '"Name'), lines.length - 1],
  ])('is damaged when %s', async (_, changed, line) => {
    const { code, report } = await verify(trail, { text: changed });
    expect(report.findings).toContainEqual(expect.objectContaining({ kind: 'export-damaged', line }));
    expect(code).toBe(1);
  });

  it('cannot be verified without its header', async () => {
    const { code, errors } = await verify(trail, { text: lines.slice(1).join('\n') });
    expect(errors).toMatch(/is not an export/);
    expect(code).toBe(2);
  });
});

describe('what cannot be verified', () => {
  it.each([
    ['no source', [] as string[]],
    ['an unknown option', ['--expert', 'x']],
    ['a file that is not there', ['--export', '/nowhere/at/all']],
    ['heads without a key', ['--export', 'x', '--heads', 'y']],
    ['a checkpoint that is no number', ['--export', 'x', '--until', 'yesterday']],
  ])('exits with 2 for %s', async (_, argv) => {
    const { code, errors } = await runVerifier(argv);
    expect(code).toBe(2);
    expect(errors).toMatch(/could not be verified/);
  });
});

/** The heads of the trail as they were before its records were exchanged. */
const makeTrailHeads = (trail: TrailFile): TrailRecord[] => {
  const [lane, sequence, hash] = (JSON.parse(trail.outside.at(-1)!.body) as { heads: [number, number, string][] }).heads[0]!;
  return [{ ...trail.records[0]!, lane, sequence, hash }];
};
