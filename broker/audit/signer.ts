import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';

/** Signs checkpoints of the trail with Ed25519 (RFC 8032). */
export type Signer = {
  /** The first 16 hexadecimal digits of the SHA-256 of the public key (SubjectPublicKeyInfo, DER). */
  readonly keyId: string;
  /** PEM, for whoever verifies. */
  readonly publicKey: string;
  /** 64 bytes. */
  sign(bytes: Buffer): Buffer;
};

/** @param file PKCS #8 in PEM. @throws Error where it cannot be read or is no private Ed25519 key */
export async function readSigner(file: string): Promise<Signer> {
  const key = createPrivateKey(await readFile(file, 'utf8'));
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`${file}: an Ed25519 key is needed, this one is ${key.asymmetricKeyType}`);
  const publicKey = createPublicKey(key);
  return {
    keyId: createHash('sha256').update(publicKey.export({ type: 'spki', format: 'der' })).digest('hex').slice(0, 16),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    sign: (bytes) => sign(null, bytes, key),
  };
}

/** Makes a key, readable by its owner alone. @throws Error with code EEXIST where the file is there already */
export async function writeSigningKey(file: string): Promise<void> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(privateKey.export({ type: 'pkcs8', format: 'pem' }));
    await handle.sync();
  } finally {
    await handle.close();
  }
}
