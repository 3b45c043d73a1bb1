import ipaddr from 'ipaddr.js';

export type TrustedProxies = readonly [ipaddr.IPv4 | ipaddr.IPv6, number][];

/** Reads a comma-separated list of addresses and CIDR ranges. Throws on anything else. */
export function parseTrustedProxies(list: string): TrustedProxies {
  const entries = list.split(',').map((entry) => entry.trim()).filter((entry) => entry !== '');
  return entries.map((entry) => {
    if (entry.includes('/')) return ipaddr.parseCIDR(entry);
    const address = ipaddr.parse(entry);
    return [address, address.kind() === 'ipv4' ? 32 : 128];
  });
}

/**
 * The address of the client: the nearest one that is no trusted proxy, reading X-Forwarded-For from its right end, where our
 * own proxies wrote. What a client wrote there itself is never reached. IPv4 in IPv6 is given as IPv4.
 */
export function clientAddress(remote: string | undefined, forwardedFor: string | undefined, trusted: TrustedProxies): string {
  let current = normalise(remote) ?? '0.0.0.0';
  const hops = (forwardedFor ?? '').split(',').toReversed();
  for (const hop of hops) {
    if (!isTrusted(current, trusted)) break;
    const next = normalise(hop.trim());
    if (next === undefined) break;
    current = next;
  }
  return current;
}

export function isTrusted(address: string, trusted: TrustedProxies): boolean {
  if (trusted.length === 0) return false;
  const parsed = ipaddr.parse(address);
  return trusted.some(([range, bits]) => range.kind() === parsed.kind() && parsed.match(range, bits));
}

/** IPv4 in its usual four-part form or IPv6 without a zone; undefined for everything else. */
function normalise(text: string | undefined): string | undefined {
  const bare = text?.split('%')[0];
  if (bare === undefined || !(ipaddr.IPv4.isValidFourPartDecimal(bare) || ipaddr.IPv6.isValid(bare))) return undefined;
  return ipaddr.process(bare).toString();
}
