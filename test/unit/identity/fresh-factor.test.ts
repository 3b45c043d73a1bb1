import { FRESH_FACTOR_SECONDS, requireFreshFactor } from '../../../broker/identity/fresh-factor.ts';
import { testPolicy } from '../../support/policy.ts';

const now = new Date('2026-04-01T00:00:00Z');
const provedBefore = (seconds: number) => ({ provedAt: new Date(now.getTime() - seconds * 1000), method: 'password-totp' as const, since: new Date(0) });
const policy = testPolicy({ durations: { ...testPolicy().durations, freshFactor: 60 } });

it.each([0, 60, -60])('a factor proved %d s ago is fresh', (seconds) => {
  expect(() => requireFreshFactor(provedBefore(seconds), policy, { now: () => now })).not.toThrow();
});

it.each([60.001, 3_600, -60.001])('a factor proved %d s ago is not', (seconds) => {
  expect(() => requireFreshFactor(provedBefore(seconds), policy, { now: () => now })).toThrow(expect.objectContaining({ code: 'step-up-required' }) as Error);
});

it('without a policy a factor is fresh for five minutes', () => {
  expect(() => requireFreshFactor(provedBefore(FRESH_FACTOR_SECONDS), undefined, { now: () => now })).not.toThrow();
  expect(() => requireFreshFactor(provedBefore(FRESH_FACTOR_SECONDS + 1), undefined, { now: () => now })).toThrow('step-up-required');
});

it('a sign-in by recovery code is never fresh by itself, and is once a factor of the own was proved in it', () => {
  const method = 'password-recovery';
  expect(() => requireFreshFactor({ method, since: now, provedAt: now }, policy, { now: () => now })).toThrow('step-up-required');
  expect(() => requireFreshFactor({ method, since: new Date(now.getTime() - 1_000), provedAt: now }, policy, { now: () => now })).not.toThrow();
});

it('a sign-in by a bypass has none, and is told so', () => {
  expect(() => requireFreshFactor({ provedAt: now, method: 'bypass', since: new Date(0) }, policy, { now: () => now })).toThrow(expect.objectContaining({ code: 'bypass-may-not' }) as Error);
});
