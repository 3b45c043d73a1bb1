import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { Site } from '../port.ts';
import type { Network, Policy, PolicySource } from './policy.ts';
import { inRange, parseRange, rangeKey, type Range } from './ranges.ts';

/**
 * The site (場所) of an address for one organisation. The longest matching prefix wins; of equal ones the organisation's own.
 * Undefined for what is no address, and for what no range holds when the policy names no site for the rest.
 */
export function siteOf({ networks, everywhereElse }: Pick<Policy, 'networks' | 'everywhereElse'>, { address, organisationName }: { address: string; organisationName: string }): Site | undefined {
  // Stricter than the library, to which `10.1` is an address too.
  if (isIP(address) === 0) return undefined;
  const asked = ipaddr.process(address);
  const { prefixes, sites } = indexOf(networks);
  for (const bits of prefixes[asked.kind()]) {
    const range = rangeKey(inRange(asked, bits));
    const site = sites.get(keyOf(range, organisationName)) ?? sites.get(keyOf(range, undefined));
    if (site !== undefined) return site;
  }
  return everywhereElse;
}

/** The same by the policy that holds at the time; without one no address has a site. */
export function createSitesOf(policy: PolicySource): (organisationName: string) => Promise<(address: string) => Site | undefined> {
  return async (organisationName) => {
    const inForce = await policy.current();
    return (address) => (inForce === undefined ? undefined : siteOf(inForce, { address, organisationName }));
  };
}

/** Whether some range of the policy, of any organisation, holds an address. */
export function createIsListed(policy: PolicySource): (address: string) => Promise<boolean> {
  return async (address) => {
    const inForce = isIP(address) === 0 ? undefined : await policy.current();
    if (inForce === undefined) return false;
    const asked = ipaddr.process(address);
    const { prefixes, listed } = indexOf(inForce.networks);
    return prefixes[asked.kind()].some((bits) => listed.has(rangeKey(inRange(asked, bits))));
  };
}

/** `prefixes`: lengths that occur, the longest first. */
type Index = { readonly prefixes: Readonly<Record<Range['kind'], readonly number[]>>; readonly sites: ReadonlyMap<string, Site>; readonly listed: ReadonlySet<string> };

/** Once a policy: a decision looks once at each length of prefix, however many ranges there are. */
const INDEXES = new WeakMap<readonly Network[], Index>();

function indexOf(networks: readonly Network[]): Index {
  const known = INDEXES.get(networks);
  if (known !== undefined) return known;
  const ranges = networks.flatMap(({ site, ranges, organisation }) => ranges.map((text) => ({ site, organisation, range: parseRange(text) })));
  const lengths = (kind: Range['kind']) => [...new Set(ranges.filter(({ range }) => range.kind === kind).map(({ range }) => range.bits))].sort((one, other) => other - one);
  const sites = new Map(ranges.map(({ site, organisation, range }) => [keyOf(rangeKey(range), organisation), site]));
  const listed = new Set(ranges.map(({ range }) => rangeKey(range)));
  const index = { listed, prefixes: { ipv4: lengths('ipv4'), ipv6: lengths('ipv6') }, sites };
  INDEXES.set(networks, index);
  return index;
}

/** A range has no slash behind its prefix, so no organisation's name can make one key of two. */
const keyOf = (range: string, organisation: string | undefined): string => (organisation === undefined ? range : `${range}/${organisation}`);
