import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { Head } from './record.ts';

/** A signed statement of the newest record of each lane. */
export type Checkpoint = {
  readonly number: number;
  /** SHA-256 of the body of the checkpoint before, in hexadecimal; 64 zeros before the first. */
  readonly previous: string;
  readonly at: string;
  readonly keyId: string;
  readonly heads: readonly Head[];
  /** SHA-256 of the body, in hexadecimal. */
  readonly hash: string;
};

export type SignedCheckpoint = { readonly body: Buffer; readonly signature: Buffer };
export type PublicKeys = ReadonlyMap<string, KeyObject>;

/** Takes PEM texts of Ed25519 keys, public or private. @throws Error for anything else */
export function publicKeys(pems: readonly string[]): PublicKeys {
  return new Map(
    pems.map((pem) => {
      const key = createPublicKey(pem);
      if (key.asymmetricKeyType !== 'ed25519') throw new Error(`an Ed25519 key is needed, this one is ${key.asymmetricKeyType}`);
      return [keyIdOf(key), key] as const;
    }),
  );
}

/** The first 16 hexadecimal digits of the SHA-256 of the public key (SubjectPublicKeyInfo, DER). */
function keyIdOf(key: KeyObject): string {
  return createHash('sha256').update(key.export({ type: 'spki', format: 'der' })).digest('hex').slice(0, 16);
}

/**
 * Reads a checkpoint, and checks its signature where keys are given.
 * @returns the checkpoint, or in words why it is none
 */
export function readCheckpoint({ body, signature }: SignedCheckpoint, keys: PublicKeys | undefined): Checkpoint | string {
  const said = parse(body);
  if (said === undefined) return 'it cannot be read';
  if (keys !== undefined) {
    const key = keys.get(said.keyId);
    if (key === undefined) return `it is signed with the key ${said.keyId}, which was not given`;
    if (!verify(null, body, key, signature)) return 'its signature is wrong';
  }
  return { ...said, hash: createHash('sha256').update(body).digest('hex') };
}

function parse(body: Buffer): Omit<Checkpoint, 'hash'> | undefined {
  try {
    const said = JSON.parse(body.toString('utf8')) as Record<string, unknown>;
    const { type, number, previous, at, keyId, heads } = said;
    if (type !== 'sekisho-audit-checkpoint-1' || !Array.isArray(heads)) return undefined;
    if (!Number.isSafeInteger(number) || typeof previous !== 'string' || typeof at !== 'string' || typeof keyId !== 'string') return undefined;
    return { number: number as number, previous, at, keyId, heads: heads.map((head) => readHead(head)) };
  } catch {
    return undefined;
  }
}

/** A head is written `[lane, sequence, hash in hexadecimal]`. @throws Error for anything else */
export function readHead(value: unknown): Head {
  const [lane, sequence, hash] = value as readonly unknown[];
  if (!Number.isSafeInteger(lane) || !Number.isSafeInteger(sequence) || typeof hash !== 'string' || !/^[0-9a-f]{64}$/.test(hash)) {
    throw new Error('not a head of a lane');
  }
  return { lane: lane as number, sequence: sequence as number, hash: Buffer.from(hash, 'hex') };
}
