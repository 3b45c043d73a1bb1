import { isIP } from 'node:net';

/** Who passkeys are for (W3C Web Authentication, "RP ID"): the host of the public address, and that address as the only origin. */
export type RelyingParty = { readonly id: string; readonly origin: string; readonly name: string };

/** @returns undefined where there can be no passkeys: an address by number, or none */
export function relyingPartyOf(publicOrigin: string): RelyingParty | undefined {
  const url = URL.parse(publicOrigin);
  if (url === null || url.protocol !== 'https:' || isIP(url.hostname.replaceAll(/[[\]]/g, '')) !== 0) return undefined;
  return { id: url.hostname, origin: url.origin, name: 'Sekisho 関所' };
}
