import type { IncomingHttpHeaders } from 'node:http';

/**
 * The cookies. The prefix `__Host-` makes browsers refuse them unless they are Secure, of path / and of exactly this
 * host (RFC 6265bis, 4.1.3.2), so no neighbouring host can plant one.
 */
const NAMES = { session: '__Host-sekisho', pending: '__Host-sekisho-pending', browser: '__Host-sekisho-browser', provider: '__Host-sekisho-provider' } as const;
export type CookieKind = keyof typeof NAMES;

const TOKEN = /^[A-Za-z0-9_-]{16,256}$/;
const BROWSER_DAYS = 400;
/** The longest that any sign-in lasts, in seconds: a level or the policy may lengthen one after its cookie was set. */
const LONGEST_SIGN_IN = 86_400;

/** The token a request carries, or undefined where there is none or it cannot be one of ours. */
export function readCookie(headers: IncomingHttpHeaders, kind: CookieKind): string | undefined {
  const start = `${NAMES[kind]}=`;
  for (const pair of (headers.cookie ?? '').split(';')) {
    const trimmed = pair.trim();
    if (!trimmed.startsWith(start)) continue;
    const value = trimmed.slice(start.length);
    return TOKEN.test(value) ? value : undefined;
  }
  return undefined;
}

/** Of a complete sign-in. When it ends is for the broker to say, at every call. */
export function setSessionCookie(token: string): string {
  return line('session', token, LONGEST_SIGN_IN);
}

/** Of one on its way, half-finished or at a provider, which lives until `expiresAt`. */
export function setPendingCookie(token: string, expiresAt: Date, now: Date, kind: 'pending' | 'provider' = 'pending'): string {
  return line(kind, token, Math.max(0, Math.floor((expiresAt.getTime() - now.getTime()) / 1000)));
}

/** Remembers a browser that has signed in: it has a budget of failures of its own, and no right at all. */
export function setBrowserCookie(token: string): string {
  return line('browser', token, BROWSER_DAYS * 86_400);
}

export function forgetCookie(kind: CookieKind): string {
  return line(kind, '', 0);
}

function line(kind: CookieKind, value: string, maxAge: number): string {
  return `${NAMES[kind]}=${value}; Max-Age=${maxAge}; Path=/; Secure; HttpOnly; SameSite=Strict`;
}
