import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { Site } from '../port.ts';
import type { Policy } from './policy.ts';

/**
 * The site (場所) of an address for one organisation. The longest matching prefix wins; of equal ones the organisation's own.
 * Undefined for what is no address, and for what no range holds when the policy names no site for the rest.
 */
export function siteOf(policy: Policy, { address, organisationName }: { address: string; organisationName: string }): Site | undefined {
  // Stricter than the library, to which `10.1` is an address too.
  if (isIP(address) === 0) return undefined;
  const asked = ipaddr.process(address);
  let best: { site: Site; rank: number } | undefined;
  for (const network of policy.networks) {
    if (network.organisation !== undefined && network.organisation !== organisationName) continue;
    for (const range of network.ranges) {
      const [base, bits] = parseRange(range);
      if (base.kind() !== asked.kind() || !asked.match(base, bits)) continue;
      const rank = bits * 2 + (network.organisation === undefined ? 0 : 1);
      if (best === undefined || rank > best.rank) best = { site: network.site, rank };
    }
  }
  return best?.site ?? policy.everywhereElse;
}

/**
 * A CIDR range of IPv4 or IPv6.
 * @throws Error when the text is none, or has bits set behind its prefix (which is mostly a slip of the hand).
 */
export function parseRange(text: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  if (isIP(text.split('/')[0] ?? '') === 0) throw new Error('no address before the slash');
  const [base, bits] = ipaddr.parseCIDR(text);
  const network = base.kind() === 'ipv4' ? ipaddr.IPv4.networkAddressFromCIDR(text) : ipaddr.IPv6.networkAddressFromCIDR(text);
  if (network.toNormalizedString() !== base.toNormalizedString()) throw new Error(`${network.toString()}/${bits} is the network of ${text}`);
  return [base, bits];
}
