import ipaddr from 'ipaddr.js';
import type { RequestOrigin } from '../port.ts';

const LONGEST_USER_AGENT = 300;

/** Where a try came from, in the form that is stored. */
export type Place = {
  /** IPv4 or IPv6 in its canonical form, or `unknown`. */
  readonly address: string;
  /** What one subscriber is taken to hold: the IPv4 address itself, the /64 of an IPv6 one. */
  readonly network: string;
  readonly userAgent: string;
};

export function placeOf({ address, userAgent }: Pick<RequestOrigin, 'address' | 'userAgent'>): Place {
  return { ...networkOf(address), userAgent: printable(userAgent) };
}

function networkOf(text: string): Pick<Place, 'address' | 'network'> {
  const bare = text.replace(/%.*$/, '');
  if (!ipaddr.isValid(bare)) return { address: 'unknown', network: 'unknown' };
  const address = ipaddr.process(bare);
  if (address.kind() === 'ipv4') return { address: address.toString(), network: address.toString() };
  const prefix = (address as ipaddr.IPv6).parts.slice(0, 4).map((part) => part.toString(16));
  return { address: address.toString(), network: `${prefix.join(':')}::/64` };
}

function printable(text: string): string {
  return text.slice(0, LONGEST_USER_AGENT).toWellFormed().replace(/\p{Cc}/gu, ' ');
}
