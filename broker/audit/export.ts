import { createHash } from 'node:crypto';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Database } from '../store/index.ts';
import { databaseSource } from './verify/database-source.ts';
import type { StoredRecord } from './verify/record.ts';

/**
 * Writes the whole trail as one snapshot shows it, for the verifier on another machine: JSON lines, defined in
 * docs/audit-trail.md. Ends the output.
 * @returns how many records were written
 */
export async function exportTrail(database: Database, output: Writable): Promise<number> {
  const written = { records: 0 };
  await pipeline(linesOf(database, written), output);
  return written.records;
}

async function* linesOf(database: Database, written: { records: number }): AsyncGenerator<string> {
  const digest = createHash('sha256');
  const line = (content: object) => {
    const text = `${JSON.stringify(content)}\n`;
    digest.update(text);
    return text;
  };
  const source = await databaseSource(database);
  try {
    const heads = await source.heads();
    yield line({ type: 'sekisho-audit-export-1', heads: heads.map(({ lane, sequence, hash }) => [lane, sequence, hash.toString('hex')]) });
    for await (const checkpoint of source.checkpoints()) {
      if (checkpoint === 'unreadable') continue;
      yield line({ type: 'checkpoint', body: checkpoint.body.toString('utf8'), signature: checkpoint.signature.toString('base64url') });
    }
    for await (const record of source.records()) {
      written.records += 1;
      yield line(recordLine(record));
    }
    yield line({ type: 'end', records: written.records, sha256: digest.copy().digest('hex') });
  } finally {
    await source.close();
  }
}

function recordLine({ body, previous, hash, ...columns }: StoredRecord): object {
  const text = body.toString('utf8');
  const exact = Buffer.from(text).equals(body) ? { body: text } : { bodyBase64: body.toString('base64') };
  return { type: 'record', ...columns, previous: previous.toString('hex'), hash: hash.toString('hex'), ...exact };
}
