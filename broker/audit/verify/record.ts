import { createHash } from 'node:crypto';

/**
 * A record as it is stored, with nothing believed about it. The verifier defines it for itself: whoever checks the
 * trail must not believe its writer.
 */
export type StoredRecord = {
  readonly lane: number;
  readonly sequence: number;
  readonly id: string;
  /** UTC with microseconds: `2026-04-01T00:00:00.123000Z`. */
  readonly at: string;
  readonly code: string;
  readonly organisationId: string | null;
  /** What the record is about; undefined in an export that does not tell it. */
  readonly leaseId?: string | null;
  readonly signInId?: string | null;
  readonly previous: Buffer;
  readonly hash: Buffer;
  /** The bytes that were hashed. */
  readonly body: Buffer;
};

/** The newest record of a lane, as somebody states it. Lanes without a record have sequence 0. */
export type Head = { readonly lane: number; readonly sequence: number; readonly hash: Buffer };

/** What stands before the first record of a lane. */
export const NOTHING_BEFORE = Buffer.alloc(32);

const DOMAIN = Buffer.from('sekisho-audit-record-1', 'ascii');

/** SHA-256 over: the domain's name, the previous hash (32 bytes), lane (4, big-endian), sequence (8, big-endian), body. */
export function recordHash(previous: Buffer, lane: number, sequence: number, body: Buffer): Buffer {
  const place = Buffer.alloc(12);
  place.writeInt32BE(lane, 0);
  place.writeBigInt64BE(BigInt(sequence), 4);
  return createHash('sha256').update(DOMAIN).update(previous).update(place).update(body).digest();
}

/** Names the first column that says something else than the hashed body, if any. */
export function columnUnlikeBody(record: StoredRecord): string | undefined {
  let body: unknown;
  try {
    body = JSON.parse(record.body.toString('utf8'));
  } catch {
    return 'body';
  }
  if (typeof body !== 'object' || body === null) return 'body';
  const said = body as Record<string, unknown>;
  if (said['id'] !== record.id) return 'id';
  if (typeof said['at'] !== 'string' || said['at'].replace(/(\.\d{3})Z$/, '$1000Z') !== record.at) return 'at';
  if (said['code'] !== record.code) return 'code';
  if ((said['organisationId'] ?? null) !== record.organisationId) return 'organisation';
  if (record.leaseId !== undefined && identifierIn(said['fields'], 'leaseId') !== record.leaseId) return 'lease';
  return record.signInId !== undefined && identifierIn(said['actor'], 'signInId') !== record.signInId ? 'sign-in' : undefined;
}

/** As the database finds it: what is no identifier names nothing. */
function identifierIn(holder: unknown, name: string): string | null {
  const value = typeof holder === 'object' && holder !== null ? (holder as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value) ? value : null;
}
