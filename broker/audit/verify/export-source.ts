import { createHash } from 'node:crypto';
import { readHead, type SignedCheckpoint } from './checkpoint.ts';
import type { ExportFinding } from './finding.ts';
import { linesOf } from './lines.ts';
import type { Head, StoredRecord } from './record.ts';
import type { Source } from './source.ts';

/**
 * A trail that was exported: JSON lines, one `header`, then `checkpoint`s, then `record`s, then one `end` that says how many
 * records there are and the SHA-256 of all lines before it.
 * @throws Error where the file cannot be read or is no export
 */
export async function exportSource(path: string): Promise<Source> {
  const state: { damage: ExportFinding | undefined } = { damage: undefined };
  const lines = entriesOf(path, (finding) => (state.damage ??= finding));
  const first = await lines.next();
  const header = first.done === true ? undefined : first.value;
  if (header?.type !== 'header') throw new Error(`${path} is not an export of an audit trail`);
  let step = await lines.next();

  return {
    name: path,
    heads: async () => header.heads,
    async *checkpoints() {
      for (; step.done !== true && step.value.type === 'checkpoint'; step = await lines.next()) yield step.value;
    },
    async *records() {
      for (; step.done !== true && step.value.type === 'record'; step = await lines.next()) yield step.value.record;
      if (step.done !== true) state.damage ??= { kind: 'export-damaged', line: step.value.line, detail: `a ${step.value.type} does not belong here` };
    },
    damage: () => state.damage,
    async close() {
      await lines.return(undefined);
    },
  };
}

type Entry = { readonly line: number } & (
  | { readonly type: 'header'; readonly heads: readonly Head[] }
  | ({ readonly type: 'checkpoint' } & SignedCheckpoint)
  | { readonly type: 'record'; readonly record: StoredRecord }
);

/** Reads lines until one is not as it was written. The end line is checked, not given. */
async function* entriesOf(path: string, damaged: (finding: ExportFinding) => void): AsyncGenerator<Entry, void, undefined> {
  const digest = createHash('sha256');
  let line = 0;
  let records = 0;
  let ended = false;
  const wrong = (detail: string) => damaged({ kind: 'export-damaged', line, detail });

  for await (const { text, bytes, ended: whole } of linesOf(path)) {
    line += 1;
    if (!whole) return wrong('the line has no end');
    if (ended) return wrong('nothing may follow the end');
    const entry = parse(text);
    if (entry === undefined) return wrong('it cannot be read');
    if (entry.type === 'end') {
      ended = true;
      if (text !== JSON.stringify({ type: 'end', records, sha256: digest.digest('hex') })) return wrong(`the lines before it, ${records} records, are not those that were written`);
      continue;
    }
    digest.update(bytes).update('\n');
    if (entry.type === 'record') records += 1;
    yield { ...entry, line };
  }
  if (!ended) wrong('the end is missing');
}

type Parsed =
  | { type: 'header'; heads: readonly Head[] }
  | ({ type: 'checkpoint' } & SignedCheckpoint)
  | { type: 'record'; record: StoredRecord }
  | { type: 'end' };

function parse(text: string): Parsed | undefined {
  try {
    const said = JSON.parse(text) as Record<string, unknown>;
    switch (said['type']) {
      case 'sekisho-audit-export-1':
        return { type: 'header', heads: (said['heads'] as unknown[]).map((head) => readHead(head)) };
      case 'checkpoint':
        return { type: 'checkpoint', body: Buffer.from(textIn(said, 'body')), signature: Buffer.from(textIn(said, 'signature'), 'base64url') };
      case 'record':
        return { type: 'record', record: readRecord(said) };
      case 'end':
        return { type: 'end' };
      default:
        return undefined;
    }
  } catch {
    return undefined;
  }
}

function readRecord(said: Record<string, unknown>): StoredRecord {
  const { organisationId } = said;
  if (organisationId !== null && typeof organisationId !== 'string') throw new TypeError('organisationId');
  return {
    lane: wholeIn(said, 'lane', 2 ** 31 - 1),
    sequence: wholeIn(said, 'sequence', Number.MAX_SAFE_INTEGER),
    id: textIn(said, 'id'),
    at: textIn(said, 'at'),
    code: textIn(said, 'code'),
    organisationId,
    ...subjectIn(said, 'leaseId'),
    ...subjectIn(said, 'signInId'),
    previous: hexIn(said, 'previous'),
    hash: hexIn(said, 'hash'),
    // A body that is no UTF-8 was never written by the trail, but an export of it must still show it as it is.
    body: typeof said['bodyBase64'] === 'string' ? Buffer.from(said['bodyBase64'], 'base64') : Buffer.from(textIn(said, 'body')),
  };
}

/** Exports of earlier versions do not tell it. */
function subjectIn(said: Record<string, unknown>, name: 'leaseId' | 'signInId'): { readonly [Name in typeof name]?: string | null } {
  const value = said[name];
  if (value !== undefined && value !== null && typeof value !== 'string') throw new TypeError(name);
  return value === undefined ? {} : { [name]: value };
}

function textIn(said: Record<string, unknown>, name: string): string {
  const value = said[name];
  if (typeof value !== 'string') throw new TypeError(name);
  return value;
}

function wholeIn(said: Record<string, unknown>, name: string, most: number): number {
  const value = said[name];
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0 || value > most) throw new TypeError(name);
  return value;
}

function hexIn(said: Record<string, unknown>, name: string): Buffer {
  const value = textIn(said, name);
  if (!/^([0-9a-f]{2})*$/.test(value)) throw new TypeError(name);
  return Buffer.from(value, 'hex');
}
