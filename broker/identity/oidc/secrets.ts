import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a transaction needs besides its token. `verifier` is that of PKCE (RFC 7636): 43 characters. */
export type TransactionSecrets = { readonly state: string; readonly nonce: string; readonly verifier: string };

/**
 * State, nonce and code verifier are derived from the token that only the browser's cookie holds: the database has nothing that
 * could finish somebody's sign-in, and what comes back fits this browser alone.
 */
export function secretsOf(token: string): TransactionSecrets {
  const derived = (what: string) => createHmac('sha256', token).update(`sekisho oidc ${what}`).digest('base64url');
  return { state: derived('state'), nonce: derived('nonce'), verifier: derived('verifier') };
}

export function same(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
