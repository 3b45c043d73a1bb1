import * as fc from 'fast-check';
import { SIGN_IN_POLICY } from '../../../broker/identity/policy.ts';
import { remembered, waitOf, waitOfAddress } from '../../../broker/identity/throttle/rules.ts';

const { account, browser, address } = SIGN_IN_POLICY.throttle;
const at = new Date('2026-04-01T00:00:00Z');
const after = (seconds: number) => new Date(at.getTime() + seconds * 1000);

describe('the budget of an account', () => {
  it('waits after its free failures, twice as long each time, up to the longest wait', () => {
    const waits = [0, 4, 5, 6, 7, 14, 15, 39].map((count) => waitOf({ count, lastAt: at }, account, at));
    expect(waits).toEqual([0, 0, 1, 2, 4, 512, 900, 900]);
  });

  it('runs out with the clock', () => {
    expect(waitOf({ count: 8, lastAt: at }, account, after(3))).toBe(5);
    expect(waitOf({ count: 8, lastAt: at }, account, after(8))).toBe(0);
  });

  it('is closed for good after its most, whatever the time', () => {
    expect(waitOf({ count: 40, lastAt: at }, account, after(1e9))).toBe(Infinity);
  });

  it('lets an account suffer 100 failures in a row at most, over all browsers', () => {
    expect(account.most + SIGN_IN_POLICY.knownBrowsers * browser.most).toBeLessThanOrEqual(100);
  });

  it('is never shortened by a clock that was put back, nor by more failures', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.integer({ min: -1e6, max: 1e6 }), (count, seconds) => {
        const wait = waitOf({ count, lastAt: at }, account, after(seconds));
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(waitOf({ count: count + 1, lastAt: at }, account, after(seconds))).toBeGreaterThanOrEqual(wait);
        if (seconds < 0) expect(wait).toBe(waitOf({ count, lastAt: at }, account, at));
      }),
    );
  });
});

describe('the budget of an address', () => {
  it('bears the everyday mistakes of an office of 2,000', () => {
    // One in ten mistypes once, within a quarter of an hour in the morning.
    let failures = { count: 0, lastAt: at };
    for (let n = 0; n < 200; n += 1) {
      const now = after(n * 4.5);
      expect(waitOfAddress(failures, address, now)).toBe(0);
      failures = { count: remembered(failures, address, now) + 1, lastAt: now };
    }
  });

  it('closes at its most and opens again when enough is forgotten', () => {
    expect(waitOfAddress({ count: 299, lastAt: at }, address, at)).toBe(0);
    const wait = waitOfAddress({ count: 310, lastAt: at }, address, at);
    expect(wait).toBe(20);
    expect(waitOfAddress({ count: 310, lastAt: at }, address, after(wait + 0.1))).toBe(0);
  });
});
