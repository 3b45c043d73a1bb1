import { createHash } from 'node:crypto';
import { sql, type Transaction } from '../store/index.ts';
import { canonicalJson } from './canonical-json.ts';
import type { SignedBody } from './heads-writer.ts';
import type { Signer } from './signer.ts';

/** What is needed of a checkpoint to sign the next one. */
export type Checkpoint = SignedBody & {
  readonly number: number;
  readonly at: Date;
  /** SHA-256 of the body. */
  readonly hash: Buffer;
  readonly heads: readonly Head[];
};

/** Lane, sequence and hash (hexadecimal) of its newest record. */
export type Head = readonly [lane: number, sequence: number, hash: string];

/** Signs what the lanes are now; `heads` leaves out lanes that hold no record. */
export function signCheckpoint(input: { previous: Checkpoint | undefined; heads: readonly Head[]; at: Date; gateway: string; signer: Signer }): Checkpoint {
  const { previous, heads, at, gateway, signer } = input;
  const number = (previous?.number ?? 0) + 1;
  const body = Buffer.from(
    canonicalJson({
      type: 'sekisho-audit-checkpoint-1',
      number,
      previous: (previous?.hash ?? Buffer.alloc(32)).toString('hex'),
      at: at.toISOString(),
      gateway,
      keyId: signer.keyId,
      heads,
    }),
  );
  return { body, signature: signer.sign(body), number, at, hash: sha256(body), heads };
}

/** Reads one that was signed before. @throws Error where it is none */
export function checkpointOf({ body, signature }: SignedBody): Checkpoint {
  const { number, at, heads } = JSON.parse(body.toString('utf8')) as { number: number; at: string; heads: Head[] };
  return { body, signature, number, at: new Date(at), hash: sha256(body), heads };
}

/** The lanes as one statement sees them: everything committed before it, nothing half. */
export async function readHeads(transaction: Transaction): Promise<readonly Head[]> {
  const lanes = await transaction.selectFrom('audit_lane').selectAll().where('sequence', '>', 0).orderBy('lane').execute();
  return lanes.map(({ lane, sequence, hash }) => [lane, sequence, hash.toString('hex')]);
}

/** Those of the heads whose record is not there any more as it was signed. */
export async function lostHeads(transaction: Transaction, heads: readonly Head[]): Promise<readonly Head[]> {
  const { rows } = await sql<{ lane: number; sequence: number; hash: string }>`
    select head.lane, head.sequence, head.hash
    from json_to_recordset(${JSON.stringify(heads.map(([lane, sequence, hash]) => ({ lane, sequence, hash })))}::json)
      as head (lane integer, sequence bigint, hash text)
    left join audit_record as record on record.lane = head.lane and record.sequence = head.sequence and record.hash = decode(head.hash, 'hex')
    where record.lane is null order by head.lane`.execute(transaction);
  return rows.map(({ lane, sequence, hash }) => [lane, sequence, hash]);
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest();
