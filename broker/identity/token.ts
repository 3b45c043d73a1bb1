import { createHash } from 'node:crypto';

/** What is stored of a bearer secret. It has 256 random bits, so that neither salt nor stretching would add anything. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
