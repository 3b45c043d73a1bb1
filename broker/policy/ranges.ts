import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Addresses that have their first `bits` in common; `prefix` is those bits. */
export type Range = { readonly kind: 'ipv4' | 'ipv6'; readonly bits: number; readonly prefix: bigint };

type Address = ipaddr.IPv4 | ipaddr.IPv6;

const LENGTH = { ipv4: 32, ipv6: 128 } as const;

/**
 * A CIDR range of IPv4 or IPv6.
 * @throws Error when the text is none, has bits set behind its prefix (which is mostly a slip of the hand), or is IPv4 written
 *   as IPv6, which no address is compared with
 */
export function parseRange(text: string): Range {
  const [address = '', length = '', ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || address.includes('%')) throw new Error('no address before the slash');
  const kind = version === 4 ? 'ipv4' : 'ipv6';
  if (!/^(0|[1-9]\d{0,2})$/.test(length) || Number(length) > LENGTH[kind] || rest.length > 0) throw new Error(`no number from 0 to ${LENGTH[kind]} after the slash`);
  const parsed = ipaddr.parse(address);
  if (parsed instanceof ipaddr.IPv6 && parsed.isIPv4MappedAddress()) throw new Error(`IPv4 is written as IPv4, such as ${parsed.toIPv4Address().toString()}/…`);
  const bits = Number(length);
  const range = inRange(parsed, bits);
  const behind = BigInt(LENGTH[kind] - bits);
  if (range.prefix << behind !== valueOf(parsed)) throw new Error(`${firstOf(range)}/${bits} is the network of ${text}`);
  return range;
}

/** The range of that length which an address is in. */
export function inRange(address: Address, bits: number): Range {
  const kind = address.kind();
  return { kind, bits, prefix: valueOf(address) >> BigInt(LENGTH[kind] - bits) };
}

/** The same text for the same range, however it was written. */
export const rangeKey = ({ kind, bits, prefix }: Range): string => `${kind} ${prefix.toString(16)}/${bits}`;

const valueOf = (address: Address): bigint => BigInt(`0x${Buffer.from(address.toByteArray()).toString('hex')}`);

function firstOf({ kind, bits, prefix }: Range): string {
  const hex = (prefix << BigInt(LENGTH[kind] - bits)).toString(16).padStart(LENGTH[kind] / 4, '0');
  return ipaddr.fromByteArray([...Buffer.from(hex, 'hex')]).toString();
}
