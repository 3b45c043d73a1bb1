import * as fc from 'fast-check';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runVerifier } from '../../support/run-verifier.ts';
import { exportText, hashOf, headsOf, makeTrail, rechain, writeTrail, type TrailFile, type TrailRecord } from '../../support/trail-file.ts';

let directory: string;
let trail: TrailFile;
let text: string;
let paths: { heads: string; key: string };

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sekisho-verifier-'));
  trail = makeTrail({ lengths: [9, 4, 7], every: 5 });
  text = exportText(trail);
  paths = await writeTrail(directory, trail);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function verifyText(changed: string, { latin1 = false } = {}) {
  const { export: path } = await writeTrail(directory, trail, latin1 ? (Buffer.from(changed, 'latin1') as unknown as string) : changed);
  const result = await runVerifier(['--export', path, '--heads', paths.heads, '--key', paths.key]);
  await rm(path);
  return result;
}

/** A copy to change, with the end of the file computed anew over it, as whoever tampers would. */
async function verifyChanged(change: (copy: Pick<TrailFile, 'records' | 'checkpoints'>) => void, heads?: 'follow') {
  const copy = structuredClone({ records: trail.records, checkpoints: trail.checkpoints });
  change(copy);
  return verifyText(exportText(copy, headsOf(heads === 'follow' ? copy.records : trail.records)));
}

const position = fc.nat({ max: 19 });

it('the untouched file is intact', async () => {
  expect((await verifyText(text)).report).toMatchObject({ intact: true, records: 20, uncovered: 0 });
});

it('any change of any byte of an export is detected', async () => {
  const bytes = Buffer.from(text).toString('latin1');
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), async (at, by) => {
      const changed = `${bytes.slice(0, at)}${String.fromCharCode((bytes.charCodeAt(at) + by) % 256)}${bytes.slice(at + 1)}`;
      expect((await verifyText(changed, { latin1: true })).code).not.toBe(0);
    }),
    { numRuns: 400 },
  );
});

it('any cut and any inserted byte is detected', async () => {
  const bytes = Buffer.from(text).toString('latin1');
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 60 }), fc.constantFrom('', ' ', '0', '\n'), async (at, length, insert) => {
      const changed = `${bytes.slice(0, at)}${insert}${bytes.slice(at + length)}`;
      fc.pre(changed !== bytes);
      expect((await verifyText(changed, { latin1: true })).code).not.toBe(0);
    }),
    { numRuns: 400 },
  );
});

it('a change of any value of any record is detected with the file’s end computed anew, and the record named', async () => {
  const fields = ['id', 'at', 'code', 'organisationId', 'previous', 'hash', 'body'] as const;
  await fc.assert(
    fc.asyncProperty(position, fc.constantFrom(...fields), fc.nat(), async (index, field, seed) => {
      const { report } = await verifyChanged(({ records }) => {
        const record = records[index]!;
        const value = record[field] ?? '7d0f2a5e-6a52-4c55-9f3e-0f6f6b0d9a12';
        const at = seed % value.length;
        const other = value[at] === 'a' ? 'b' : 'a';
        record[field] = record[field] === null ? value : `${value.slice(0, at)}${other}${value.slice(at + 1)}`;
      });
      const { lane, sequence } = trail.records[index]!;
      expect(report.findings).toMatchObject([{ kind: 'altered', lane, sequence }]);
    }),
    { numRuns: 300 },
  );
});

it('any change of lane or sequence of a record is detected', async () => {
  await fc.assert(
    fc.asyncProperty(position, fc.constantFrom('lane', 'sequence'), fc.nat({ max: 12 }), async (index, field, value) => {
      fc.pre(trail.records[index]![field as 'lane'] !== value);
      const { report } = await verifyChanged(({ records }) => {
        records[index]![field as 'lane'] = value;
      });
      expect(report.intact).toBe(false);
    }),
    { numRuns: 200 },
  );
});

it('any deletion is named: as deleted within a lane, as truncated at its end', async () => {
  await fc.assert(
    fc.asyncProperty(position, fc.integer({ min: 1, max: 3 }), async (index, count) => {
      const gone = trail.records.slice(index, index + count);
      const { lane, sequence } = gone[0]!;
      const atEnd = trail.records.findLast((record) => record.lane === lane) === gone.findLast((record) => record.lane === lane);
      const { report } = await verifyChanged(({ records }) => void records.splice(index, count));
      expect(report.findings[0]).toMatchObject({ kind: atEnd ? 'truncated' : 'deleted', lane, sequence });
    }),
    { numRuns: 200 },
  );
});

it('any exchange of two records of a lane is named reordered, at the first of them', async () => {
  const how = fc.constantFrom('lines', 'sequences', 'contents');
  await fc.assert(
    fc.asyncProperty(position, position, how, async (one, other, way) => {
      const [first, second] = [Math.min(one, other), Math.max(one, other)];
      fc.pre(first !== second && trail.records[first]!.lane === trail.records[second]!.lane);
      const { report } = await verifyChanged(({ records }) => exchange(records, first, second, way));
      const { lane, sequence } = trail.records[first]!;
      expect(report.findings[0]).toMatchObject({ kind: 'reordered', lane, sequence });
    }),
    { numRuns: 200 },
  );
});

it('any repeated record is detected', async () => {
  await fc.assert(
    fc.asyncProperty(position, position, async (from, to) => {
      const { report } = await verifyChanged(({ records }) => void records.splice(to, 0, structuredClone(records[from]!)));
      expect(report.intact).toBe(false);
    }),
    { numRuns: 200 },
  );
});

it('whatever is done to records and checkpoints by somebody who computes all hashes anew is detected by the heads outside', async () => {
  const kinds = fc.constantFrom('alter', 'delete', 'exchange', 'insert', 'truncate');
  await fc.assert(
    fc.asyncProperty(position, kinds, async (index, kind) => {
      const target = trail.records[index]!;
      const last = trail.records.findLast((record) => record.lane === target.lane)!;
      // What is added after the newest signed head looks like any new record: no chain can tell whether it is true.
      fc.pre(target !== last || (kind !== 'exchange' && kind !== 'insert'));
      const { report } = await verifyChanged((copy) => {
        const { records } = copy;
        if (kind === 'alter') records[index]!.body = records[index]!.body.replace('総務課', '税務課');
        if (kind === 'delete') records.splice(index, 1);
        if (kind === 'truncate') records.splice(index, last.sequence - target.sequence + 1);
        if (kind === 'insert') records.splice(index, 0, structuredClone(records[index]!));
        if (kind === 'exchange') exchange(records, index, index + 1, 'contents');
        for (const [n, record] of records.filter(({ lane }) => lane === target.lane).entries()) record.sequence = n + 1;
        rechain(records, target.lane);
        copy.checkpoints = [];
      }, 'follow');
      expect(report.intact).toBe(false);
      expect(report.findings[0]).toMatchObject({ lane: target.lane });
    }),
    { numRuns: 200 },
  );
});

function exchange(records: TrailRecord[], first: number, second: number, way: string): void {
  const [one, other] = [records[first]!, records[second]!];
  const kept = way === 'lines' ? [] : way === 'sequences' ? (['sequence'] as const) : (['sequence', 'previous', 'hash'] as const);
  records[first] = { ...other, ...Object.fromEntries(kept.map((name) => [name, one[name]])) };
  records[second] = { ...one, ...Object.fromEntries(kept.map((name) => [name, other[name]])) };
}

it('the hash that tampering computes is the one that the trail is made of', () => {
  for (const record of trail.records) expect(hashOf(record)).toBe(record.hash);
});
