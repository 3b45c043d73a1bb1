import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
/** Of the envelope's form: version (1) ‖ key id (8) ‖ nonce (12) ‖ ciphertext ‖ tag (16). */
const VERSION = 1;
const KEY_ID_BYTES = 8;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + KEY_ID_BYTES + NONCE_BYTES;

/** Keeps secrets that have to be read again, such as those of authenticators and of desktops (AES-256-GCM, NIST SP 800-38D). */
export type SecretBox = {
  /** Hexadecimal name of the key that seals. Says nothing about the key. */
  readonly keyId: string;
  /** @param context what the secret is and whose, such as `totp:<id>`; sealed bytes open in the same context only */
  seal(plain: Buffer | string, context: string): Buffer;
  /** @throws Error when the key is not known, the context differs or the bytes were altered */
  open(sealed: Buffer, context: string): Buffer;
};

/**
 * Reads a key file: one key a line, 32 random bytes in base64 (`openssl rand -base64 32`). The first one seals, all of
 * them open: to change the key, put the new one on top and keep the old one until everything was sealed anew.
 * @throws Error that names the file, never its content
 */
export async function readSecretBox(file: string): Promise<SecretBox> {
  const lines = (await readFile(file, 'utf8')).split('\n').map((line) => line.trim());
  try {
    return createSecretBox(lines.filter((line) => line !== '').map((line) => Buffer.from(line, 'base64')));
  } catch (cause) {
    throw new Error(`${file} must hold a key a line, each 32 bytes in base64`, { cause });
  }
}

/** @param keys at least one, 32 bytes each; the first one seals */
export function createSecretBox(keys: readonly Buffer[]): SecretBox {
  const [current] = keys;
  if (!current || keys.some((key) => key.length !== KEY_BYTES)) throw new Error('a secret box needs keys of 32 bytes');
  const byId = new Map(keys.map((key) => [idOf(key).toString('hex'), key]));

  return {
    keyId: idOf(current).toString('hex'),

    seal(plain, context) {
      const header = Buffer.concat([Buffer.of(VERSION), idOf(current), randomBytes(NONCE_BYTES)]);
      const cipher = createCipheriv(ALGORITHM, current, header.subarray(1 + KEY_ID_BYTES), { authTagLength: TAG_BYTES });
      cipher.setAAD(Buffer.concat([header, Buffer.from(context)]));
      const body = typeof plain === 'string' ? Buffer.from(plain) : plain;
      return Buffer.concat([header, cipher.update(body), cipher.final(), cipher.getAuthTag()]);
    },

    open(sealed, context) {
      if (sealed.length < HEADER_BYTES + TAG_BYTES || sealed[0] !== VERSION) throw new Error('not a sealed secret');
      const header = sealed.subarray(0, HEADER_BYTES);
      const key = byId.get(header.toString('hex', 1, 1 + KEY_ID_BYTES));
      if (!key) throw new Error('sealed with a key that is not at hand');
      const decipher = createDecipheriv(ALGORITHM, key, header.subarray(1 + KEY_ID_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.concat([header, Buffer.from(context)]));
      decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
      return Buffer.concat([decipher.update(sealed.subarray(HEADER_BYTES, -TAG_BYTES)), decipher.final()]);
    },
  };
}

function idOf(key: Buffer): Buffer {
  return createHash('sha256').update('sekisho-secret-box-key-id').update(key).digest().subarray(0, KEY_ID_BYTES);
}
