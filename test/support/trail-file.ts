import { createHash, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A trail made from docs/audit-trail.md alone, without the product's writer or verifier, to be tampered with.
 */
export type TrailRecord = {
  type: 'record';
  lane: number;
  sequence: number;
  id: string;
  at: string;
  code: string;
  organisationId: string | null;
  previous: string;
  hash: string;
  body: string;
};

export type TrailFile = {
  records: TrailRecord[];
  /** Signed heads beside the records, and the same ones outside. */
  checkpoints: SignedHeads[];
  outside: SignedHeads[];
  privateKey: KeyObject;
  publicKey: string;
};

export type SignedHeads = { body: string; signature: string };

const ZEROS = '0'.repeat(64);

/** @param lengths how many records each lane holds @param every after how many records the heads are signed; at the end always */
export function makeTrail({ lengths, every = 3 }: { lengths: readonly number[]; every?: number }): TrailFile {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const keyId = sha256(publicKey.export({ type: 'spki', format: 'der' })).slice(0, 16);
  const records: TrailRecord[] = [];
  const checkpoints: SignedHeads[] = [];
  const signHeads = () => {
    const number = checkpoints.length + 1;
    const before = checkpoints.at(-1);
    const previous = before === undefined ? ZEROS : sha256(before.body);
    checkpoints.push(signed({ at: time(number), gateway: 'test', heads: headsOf(records), keyId, number, previous, type: 'sekisho-audit-checkpoint-1' }, privateKey));
  };
  let made = 0;
  for (let sequence = 1; sequence <= Math.max(...lengths); sequence += 1) {
    for (const [lane, length] of lengths.entries()) {
      if (sequence > length) continue;
      records.push(makeRecord(records, lane, sequence, made));
      made += 1;
      if (made % every === 0) signHeads();
    }
  }
  signHeads();
  records.sort((one, other) => one.lane - other.lane || one.sequence - other.sequence);
  return { records, checkpoints, outside: [...checkpoints], privateKey, publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString() };
}

export function signed(body: object, privateKey: KeyObject): SignedHeads {
  const text = JSON.stringify(body);
  return { body: text, signature: sign(null, Buffer.from(text), privateKey).toString('base64url') };
}

export function hashOf({ previous, lane, sequence, body }: Pick<TrailRecord, 'previous' | 'lane' | 'sequence' | 'body'>): string {
  const place = Buffer.alloc(12);
  place.writeUInt32BE(lane, 0);
  place.writeBigUInt64BE(BigInt(sequence), 4);
  return sha256(Buffer.concat([Buffer.from('sekisho-audit-record-1'), Buffer.from(previous, 'hex'), place, Buffer.from(body)]));
}

/** What whoever can compute hashes does to cover a change: all later hashes of the lane anew. */
export function rechain(records: TrailRecord[], lane: number): void {
  let previous = ZEROS;
  for (const record of records.filter((one) => one.lane === lane)) {
    record.previous = previous;
    record.hash = hashOf(record);
    previous = record.hash;
  }
}

export function headsOf(records: readonly TrailRecord[]): [number, number, string][] {
  const newest = new Map<number, TrailRecord>();
  for (const record of records) if (record.sequence > (newest.get(record.lane)?.sequence ?? 0)) newest.set(record.lane, record);
  return [...newest.values()].sort((one, other) => one.lane - other.lane).map(({ lane, sequence, hash }) => [lane, sequence, hash]);
}

/** The lines of an export, its end computed over whatever they are now. */
export function exportText(trail: Pick<TrailFile, 'records' | 'checkpoints'>, heads = headsOf(trail.records)): string {
  const lines = [
    { type: 'sekisho-audit-export-1', heads },
    ...trail.checkpoints.map((checkpoint) => ({ type: 'checkpoint', ...checkpoint })),
    ...trail.records,
  ].map((line) => `${JSON.stringify(line)}\n`);
  const end = { type: 'end', records: trail.records.length, sha256: sha256(lines.join('')) };
  return `${lines.join('')}${JSON.stringify(end)}\n`;
}

export const headsText = (checkpoints: readonly SignedHeads[]): string => checkpoints.map((checkpoint) => `${JSON.stringify(checkpoint)}\n`).join('');

/** Writes an export, the heads kept outside and the public key. */
export async function writeTrail(directory: string, trail: TrailFile, text: string = exportText(trail)) {
  const paths = { export: join(directory, `${randomUUID()}.jsonl`), heads: join(directory, `${randomUUID()}.heads`), key: join(directory, `${randomUUID()}.pem`) };
  await Promise.all([writeFile(paths.export, text), writeFile(paths.heads, headsText(trail.outside)), writeFile(paths.key, trail.publicKey)]);
  return paths;
}

export const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');

const time = (n: number) => `2026-04-01T00:${String(Math.floor(n / 60) % 60).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}.123Z`;

function makeRecord(before: readonly TrailRecord[], lane: number, sequence: number, n: number): TrailRecord {
  const previous = before.findLast((record) => record.lane === lane)?.hash ?? ZEROS;
  const id = randomUUID();
  const organisationId = n % 3 === 0 ? null : '7d0f2a5e-6a52-4c55-9f3e-0f6f6b0d9a11';
  const body = JSON.stringify({ actor: { kind: 'system' }, at: time(n), code: 'SKA-4002', fields: { n, name: '総務課' }, id, ...(organisationId !== null && { organisationId }), version: 1 });
  const record = { previous, lane, sequence, body };
  return { type: 'record', lane, sequence, id, at: time(n).replace('Z', '000Z'), code: 'SKA-4002', organisationId, previous, hash: hashOf(record), body };
}
