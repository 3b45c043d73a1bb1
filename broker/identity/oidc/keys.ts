import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';
import type { Exchange } from './exchange.ts';
import { FIGURES } from './figures.ts';

/**
 * The keys that a provider signs with, kept for a while. A token signed by a key that is not known has them fetched anew, so that a
 * provider may change its keys at any time; a pause between two fetches keeps made-up key ids from becoming a flood at the provider.
 */
export function createKeys(address: string, exchange: Exchange): JWTVerifyGetKey {
  return createRemoteJWKSet(new URL(address), {
    cooldownDuration: FIGURES.keysCooldown * 1000,
    cacheMaxAge: FIGURES.keysKept * 1000,
    timeoutDuration: FIGURES.patience * 1000,
    [customFetch]: (url, { method, headers, signal }) => exchange(url, { method, headers, signal }),
  });
}
