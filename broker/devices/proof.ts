import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { DevicePurpose } from '../port.ts';

/** Of an uncompressed point on P-256 (SEC 1, 2.3.3), and of r and s beside one another. */
const POINT_BYTES = 65;
const SIGNATURE_BYTES = 64;

/** What a signature speaks of: nothing of it can be taken for another purpose, sign-in or lease. */
export type Signed = { readonly purpose: DevicePurpose; readonly signInId: string; readonly leaseId: string | null; readonly nonce: Buffer };

/** The very text that is signed. Each part is on a line of its own and has a closed alphabet, so that no two mean the same. */
export const textOf = ({ purpose, signInId, leaseId, nonce }: Signed): string => ['sekisho device proof 1', purpose, signInId, leaseId ?? '-', nonce.toString('base64url')].join('\n');

/** @returns the point, or undefined for what is no key on the curve */
export function readPublicKey(typed: string): Buffer | undefined {
  const point = decode(typed, POINT_BYTES);
  return point !== undefined && keyOf(point) !== undefined ? point : undefined;
}

/** Whether the holder of the key signed that. Never throws. */
export function isProved(publicKey: Buffer, signed: Signed, signature: string): boolean {
  const key = keyOf(publicKey);
  const bytes = decode(signature, SIGNATURE_BYTES);
  return key !== undefined && bytes !== undefined && verify('sha256', Buffer.from(textOf(signed)), { key, dsaEncoding: 'ieee-p1363' }, bytes);
}

function keyOf(point: Buffer): KeyObject | undefined {
  if (point.length !== POINT_BYTES || point[0] !== 4) return undefined;
  try {
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url')) as [string, string];
    return createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y } });
  } catch {
    return undefined;
  }
}

function decode(text: string, bytes: number): Buffer | undefined {
  if (!/^[A-Za-z0-9_-]+$/.test(text)) return undefined;
  const decoded = Buffer.from(text, 'base64url');
  return decoded.length === bytes ? decoded : undefined;
}
