import * as crypto from 'node:crypto';

/** Working figures of argon2id (RFC 9106): memory in KiB, passes, lanes. */
export type Cost = { readonly memory: number; readonly passes: number; readonly parallelism: number };

/** OWASP Password Storage Cheat Sheet: 19 MiB, two passes, one lane. */
const COST: Cost = { memory: 19 * 1024, passes: 2, parallelism: 1 };

const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** Of a stored string; bounds the work that a damaged one could ask for. */
const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d)\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

/** @throws Error when this Node.js has no argon2 (it came with Node.js 24.7) */
export function assertArgon2(): void {
  if (typeof crypto.argon2 !== 'function') throw new Error(`Node.js ${process.version} has no argon2: 24.7 or newer is needed`);
}

/** @returns the PHC string `$argon2id$v=19$m=…,t=…,p=…$salt$hash` */
export async function hash(password: string, cost: Cost = COST): Promise<string> {
  const salt = crypto.randomBytes(SALT_BYTES);
  return phc(cost, salt, await derive(password, salt, HASH_BYTES, cost));
}

/** Compares in constant time. A string that is no PHC string of argon2id is never right. */
export async function verify(password: string, stored: string): Promise<boolean> {
  const parsed = parse(stored);
  if (!parsed) return false;
  const derived = await derive(password, parsed.salt, parsed.hash.length, parsed.cost);
  return crypto.timingSafeEqual(derived, parsed.hash);
}

/** True when a password that was just right should be hashed anew. */
export function isOutdated(stored: string, cost: Cost = COST): boolean {
  const parsed = parse(stored);
  return !parsed || phc(parsed.cost, parsed.salt, parsed.hash) !== phc(cost, parsed.salt, parsed.hash) || parsed.hash.length !== HASH_BYTES;
}

/** A PHC string that no password fits, as dear to verify as any other. */
export function impossible(cost: Cost = COST): string {
  return phc(cost, crypto.randomBytes(SALT_BYTES), crypto.randomBytes(HASH_BYTES));
}

function derive(password: string, salt: Buffer, length: number, { memory, passes, parallelism }: Cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parameters = { message: password, nonce: salt, parallelism, tagLength: length, memory, passes };
    crypto.argon2('argon2id', parameters, (error, derived) => (error ? reject(error) : resolve(derived)));
  });
}

function parse(stored: string): { cost: Cost; salt: Buffer; hash: Buffer } | undefined {
  const [, memory, passes, parallelism, salt, hash] = PHC.exec(stored) ?? [];
  if (!salt || !hash) return undefined;
  return {
    cost: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  };
}

function phc({ memory, passes, parallelism }: Cost, salt: Buffer, hash: Buffer): string {
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${bare(salt)}$${bare(hash)}`;
}

function bare(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}
