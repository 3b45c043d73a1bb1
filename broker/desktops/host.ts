import { isIPv4, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * The one spelling of a host name or an address, so that two desktops cannot share one under two spellings; undefined for
 * what is neither. Numbers that only some programs read as an address, such as `10.0.0.01`, `10.1` or `0x0a000001`, are neither.
 */
export function canonicalHost(given: string): string | undefined {
  const host = given.toLowerCase().replace(/\.$/, '');
  if (isIPv4(host) || isIPv6(host)) return ipaddr.process(host).toString();
  const last = host.slice(host.lastIndexOf('.') + 1);
  return NAME.test(host) && !NUMBER.test(last) ? host : undefined;
}

const NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;
const NUMBER = /^(\d+|0x[0-9a-f]*)$/;
