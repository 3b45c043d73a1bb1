import { claimOf, exactClaim, type Claims } from './claims.ts';

/** What a logout token asks to end: a session of the provider, or all of a subject. */
export type Logout = { readonly jti: string; readonly subject: string | undefined; readonly sid: string | undefined };

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';

/**
 * Reads the claims of a token whose signature, issuer, audience and times were checked (OpenID Connect Back-Channel Logout 1.0, section 2.6).
 * @throws Error for what is no logout token; an ID token is none
 */
export function readLogout(claims: Claims): Logout {
  const { events, nonce } = claims;
  const [jti, subject, sid] = [claimOf(claims, 'jti'), exact(claims, 'sub'), exact(claims, 'sid')];
  if (nonce !== undefined) throw new Error('a logout token has no nonce');
  if (typeof events !== 'object' || events === null || !Object.hasOwn(events, EVENT)) throw new Error('the token tells of no logout');
  const event: unknown = (events as Readonly<Record<string, unknown>>)[EVENT];
  if (typeof event !== 'object' || event === null) throw new Error('the token tells of no logout');
  if (jti === undefined) throw new Error('the token has no jti');
  if (subject === undefined && sid === undefined) throw new Error('the token names neither a subject nor a session');
  return { jti, subject, sid };
}

/** Absent, or a text; never quietly dropped, which would end more than was asked for. */
function exact(claims: Claims, name: string): string | undefined {
  const value = exactClaim(claims, name);
  if (value === undefined && claims[name] !== undefined) throw new Error(`${name} is no text`);
  return value;
}
