import type { ProviderRules } from '../../policy/index.ts';
import type { Claims } from './claims.ts';

/**
 * When the person last proved two factors to the provider, where policy lets its word stand for it; undefined: the local one
 * follows. The claims are those of an ID token (OpenID Connect Core, section 2; RFC 8176). Without a time, or with one in the future, its word stands for nothing.
 * @param toleranceSeconds that two clocks may differ by
 */
export function provedAt({ acr, amr, auth_time: authTime }: Claims, rules: ProviderRules['secondFactor'], now: Date, toleranceSeconds: number): Date | undefined {
  if (rules === undefined || typeof authTime !== 'number' || !Number.isFinite(authTime)) return undefined;
  const age = now.getTime() / 1000 - authTime;
  if (age < -toleranceSeconds || age > rules.maxAge) return undefined;
  const byAcr = rules.acr.length > 0 && typeof acr === 'string' && rules.acr.includes(acr);
  const byAmr = rules.amr.length > 0 && Array.isArray(amr) && rules.amr.every((method) => amr.includes(method));
  return byAcr || byAmr ? new Date(Math.min(authTime * 1000, now.getTime())) : undefined;
}
