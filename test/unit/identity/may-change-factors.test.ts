import * as fc from 'fast-check';
import { mayChangeFactors } from '../../../broker/identity/factors/may-change.ts';
import { SIGN_IN_METHODS } from '../../../broker/port.ts';

const since = new Date('2026-04-01T00:00:00Z');
const after = (seconds: number) => new Date(since.getTime() + seconds * 1000);
const nobody = { reprovedAt: null, reProofSeconds: 1_800, now: after(60) };

describe('factors may be changed', () => {
  it('in every sign-in but those by recovery code and by bypass', () => {
    const allowed = SIGN_IN_METHODS.filter((method) => mayChangeFactors({ method, since, provedAt: since }, nobody));
    expect(allowed).toEqual(['password-totp', 'password-passkey', 'passkey', 'oidc', 'oidc-totp', 'oidc-passkey']);
  });

  it('in one by recovery code once a factor was proved in it', () => {
    expect(mayChangeFactors({ method: 'password-recovery', since, provedAt: after(1) }, nobody)).toBe(true);
  });

  it('in one by recovery code for as long as the policy says after an administrator vouched, and not before', () => {
    const at = (now: Date) => mayChangeFactors({ method: 'password-recovery', since, provedAt: since }, { reprovedAt: after(100), reProofSeconds: 1_800, now });
    expect([99, 100, 1_900, 1_901].map((seconds) => at(after(seconds)))).toEqual([false, true, true, false]);
  });

  it('never without a policy that says how long that holds', () => {
    expect(mayChangeFactors({ method: 'password-recovery', since, provedAt: since }, { reprovedAt: after(100), reProofSeconds: undefined, now: after(101) })).toBe(false);
  });

  it('in one by bypass never, whatever was proved or vouched for since', () => {
    fc.assert(
      fc.property(fc.integer({ min: -10, max: 10_000 }), fc.option(fc.integer({ min: -10, max: 10_000 })), fc.nat(10_000), (proved, reproved, now) => {
        const state = { reprovedAt: reproved === null ? null : after(reproved), reProofSeconds: 86_400, now: after(now) };
        expect(mayChangeFactors({ method: 'bypass', since, provedAt: after(proved) }, state)).toBe(false);
      }),
    );
  });
});
