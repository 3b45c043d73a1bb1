import { nearEnd } from '../../../web-client/src/sign-in-end/near-end.ts';

const NOW = Date.parse('2026-04-01T00:00:00Z');
const user = (left: number, idleSeconds = 3_600) => ({ expiresAt: new Date(NOW + left * 1000).toISOString(), idleSeconds, warnSeconds: 300 });

describe('the end of a sign-in', () => {
  it('is near so long before as the policy says', () => {
    expect(nearEnd(user(301), NOW, NOW)).toBeUndefined();
    expect(nearEnd(user(300), NOW, NOW)).toEqual({ because: 'expired', seconds: 300 });
    expect(nearEnd(user(-5), NOW, NOW)).toEqual({ because: 'expired', seconds: 0 });
  });

  it('for idleness is counted from what the gateway heard last, rather early than late', () => {
    const ago = (seconds: number) => NOW - seconds * 1000;
    expect(nearEnd(user(40_000), ago(3_179), NOW)).toBeUndefined();
    expect(nearEnd(user(40_000), ago(3_180), NOW)).toEqual({ because: 'idle', seconds: 300 });
    expect(nearEnd(user(40_000), ago(3_600), NOW)).toEqual({ because: 'idle', seconds: 0 });
  });

  it('is the nearer of the two', () => {
    expect(nearEnd(user(200), NOW - 3_200_000, NOW)).toEqual({ because: 'expired', seconds: 200 });
  });
});
