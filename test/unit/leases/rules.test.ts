import { CODES } from '../../../broker/codes.ts';
import { whyNotClaimable } from '../../../broker/leases/claimable.ts';
import { createAskedCredentials } from '../../../broker/leases/asked-credentials.ts';
import { noticeCode } from '../../../broker/leases/notice-code.ts';
import { overdue } from '../../../broker/leases/overdue.ts';
import { afterRelay } from '../../../broker/leases/relay-end.ts';
import type { LeaseState } from '../../../broker/port.ts';
import { standingClock } from '../../support/office.ts';

const second = (n: number) => new Date(n * 1000);
const lease = (state: LeaseState) => ({ state, expiresAt: second(100), unusedUntil: second(10), parkedUntil: state === 'parked' ? second(30) : null, endedBecause: null });

describe('the deadlines of a lease', () => {
  it.each<[LeaseState, number, string | undefined]>([
    ['granted', 9.999, undefined],
    ['granted', 10, 'not-used'],
    ['active', 99.999, undefined],
    ['active', 100, 'lease-expired'],
    ['parked', 29.999, undefined],
    ['parked', 30, 'parking-expired'],
    ['parked', 100, 'lease-expired'],
    ['granted', 100, 'lease-expired'],
    ['ended', 1000, undefined],
  ])('a lease that is %s is at %d s: %s', (state, now, because) => {
    expect(overdue(lease(state), second(now))).toBe(because);
  });
});

describe('a lease may be claimed', () => {
  it('while it is granted or parked and before its deadlines', () => {
    expect(whyNotClaimable(lease('granted'), second(9))).toBeUndefined();
    expect(whyNotClaimable(lease('parked'), second(29))).toBeUndefined();
  });

  it('not while a relay carries it, nor after a deadline, nor when it has ended', () => {
    expect(whyNotClaimable(lease('active'), second(9))).toBe('lease-in-use');
    expect(whyNotClaimable(lease('granted'), second(10))).toBe('lease-expired');
    expect(whyNotClaimable(lease('parked'), second(30))).toBe('lease-expired');
    expect(whyNotClaimable({ ...lease('ended'), endedBecause: 'ended-by-owner' }, second(0))).toBe('lease-ended');
    expect(whyNotClaimable({ ...lease('ended'), endedBecause: 'lease-expired' }, second(0))).toBe('lease-expired');
  });
});

describe('the end of a relay', () => {
  it('parks the lease only when the person left or the gateway stops', () => {
    expect(afterRelay('left')).toBe('parked');
    expect(afterRelay('gateway-stopping')).toBe('parked');
    for (const cause of ['desktop-ended', 'desktop-unreachable', 'guacd-unreachable', 'desktop-log-in-failed', 'protocol-violation', 'too-slow', 'ended-by-gateway'] as const) {
      expect(afterRelay(cause)).not.toBe('parked');
    }
  });

  it('is told to the browser by a code that can close a relay, whatever ended the lease', () => {
    const all = ['ended-by-owner', 'desktop-ended', 'not-used', 'parking-expired', 'sign-in-ended', 'account-disabled', 'desktop-disabled', 'desktop-not-assigned', 'duty-not-held', 'lease-expired', 'from a later version', 'constructor'];
    for (const because of all) expect(CODES[noticeCode(because)]).toHaveProperty('guacamole');
  });
});

describe('credentials that were asked for', () => {
  it('are kept until their time is over or they are forgotten', () => {
    const clock = standingClock();
    const asked = createAskedCredentials({ clock });
    const credentials = { username: 'u', password: 'p' };
    const inTen = new Date(clock.now().getTime() + 10_000);
    asked.keep('a', credentials, inTen);
    asked.keep('b', credentials, inTen);
    expect(asked.get('a')).toEqual(credentials);
    asked.forget('a');
    expect(asked.get('a')).toBeUndefined();
    clock.advance(10);
    expect(asked.get('b')).toBeUndefined();
    asked.tidy();
    clock.advance(-10);
    expect(asked.get('b')).toBeUndefined();
  });
});
