import * as fc from 'fast-check';
import { decide } from '../../../broker/admission/decide.ts';
import type { Facts } from '../../../broker/admission/facts.ts';
import { ADMISSION } from '../../../broker/admission/table.ts';
import { CODES } from '../../../broker/codes.ts';
import { ACCESS } from '../../../broker/policy/policy.ts';
import { SITES } from '../../support/office.ts';

/** Everything as it should be. */
const good: Facts = {
  policyVersion: 'v',
  account: 'active',
  desktop: { status: 'active', weight: 2 },
  assigned: true,
  duty: { class: 'P1', zone: 'internet' },
  site: 'home',
  access: 'allow',
  occupant: 'nobody',
  seats: [{ scope: 'total', seats: 10, taken: 8 }],
  credentials: 'stored',
};

const facts: fc.Arbitrary<Facts> = fc.record({
  policyVersion: fc.constantFrom('v', undefined),
  account: fc.constantFrom('active', 'disabled'),
  desktop: fc.option(fc.record({ status: fc.constantFrom('active', 'disabled'), weight: fc.integer({ min: 1, max: 4 }) }), { nil: undefined }),
  assigned: fc.boolean(),
  duty: fc.option(fc.record({ class: fc.constantFrom('P0', 'P5'), zone: fc.constantFrom('internet', 'lgwan', 'my-number') }), { nil: undefined }),
  site: fc.option(fc.constantFrom(...SITES), { nil: undefined }),
  access: fc.option(fc.constantFrom(...ACCESS), { nil: undefined }),
  occupant: fc.constantFrom('nobody', 'requester', 'somebody-else'),
  seats: fc.array(fc.record({ scope: fc.constantFrom('total', 'organisation'), seats: fc.nat({ max: 8 }), taken: fc.nat({ max: 8 }) }), { maxLength: 2 }),
  credentials: fc.constantFrom('stored', 'given', 'missing'),
});

describe('an admission decision', () => {
  it('admits when nothing speaks against it, up to the last seat', () => {
    expect(decide(good)).toMatchObject({ outcome: 'admit', reasons: [], policyVersion: 'v' });
  });

  it.each<[string, Partial<Facts>, string]>([
    ['there is no policy', { policyVersion: undefined, site: undefined, access: undefined }, 'policy-missing'],
    ['the account is disabled', { account: 'disabled' }, 'account-disabled'],
    ['the desktop is not the organisation\'s', { desktop: undefined, assigned: false }, 'desktop-unknown'],
    ['the desktop is out of service', { desktop: { status: 'disabled', weight: 1 } }, 'desktop-disabled'],
    ['the desktop is not assigned', { assigned: false }, 'desktop-not-assigned'],
    ['the duty is not held', { duty: undefined, access: undefined }, 'duty-not-held'],
    ['no network holds the address', { site: undefined, access: undefined }, 'site-unknown'],
    ['the zone asks for a registered device', { access: 'registered-device' }, 'registered-device-required'],
    ['the zone asks for an exception', { access: 'exception' }, 'exception-required'],
    ['the zone is forbidden at the site', { access: 'forbid' }, 'zone-forbidden-at-site'],
    ['somebody else holds the desktop', { occupant: 'somebody-else' }, 'desktop-in-use'],
    ['the weight does not fit the seats', { seats: [{ scope: 'organisation', seats: 10, taken: 9 }] }, 'no-seat-free'],
    ['the desktop asks and nothing was given', { credentials: 'missing' }, 'desktop-credentials-required'],
  ])('refuses when %s', (_, change, reason) => {
    expect(decide({ ...good, ...change })).toMatchObject({ outcome: 'refuse', reasons: [reason] });
  });

  it('keeps the seat of whoever holds one, even when there are fewer seats by now', () => {
    expect(decide({ ...good, occupant: 'requester', seats: [{ scope: 'total', seats: 0, taken: 9 }] }).outcome).toBe('admit');
  });

  it('tells every reason that can be known, in the order of the table, and admits only without one', () => {
    fc.assert(
      fc.property(facts, (some) => {
        const { outcome, reasons } = decide(some);
        expect(outcome).toBe(reasons.length === 0 ? 'admit' : 'refuse');
        expect(reasons).toEqual(ADMISSION.map((check) => check.reason(some)).filter((reason) => reason !== undefined));
        for (const reason of reasons) expect(CODES[reason].support).toMatch(/^SEK-12/);
      }),
      { seed: 1, numRuns: 2_000 },
    );
  });

  it('never admits without a policy, an active account, an assigned desktop in service, a held duty and an allowed site', () => {
    fc.assert(
      fc.property(facts, (some) => {
        if (decide(some).outcome === 'refuse') return;
        expect(some.policyVersion).toBeDefined();
        expect([some.account, some.assigned, some.desktop?.status]).toEqual(['active', true, 'active']);
        expect(some.duty).toBeDefined();
        expect(some.site).toBeDefined();
        expect([undefined, 'allow']).toContain(some.access);
        expect(some.occupant).not.toBe('somebody-else');
      }),
      { seed: 2, numRuns: 5_000 },
    );
  });

  it('does not tell that a desktop is in use to somebody it is not assigned to', () => {
    expect(decide({ ...good, assigned: false, occupant: 'somebody-else' }).reasons).toEqual(['desktop-not-assigned']);
  });

  it('cites the facts it rests on, flat', () => {
    expect(decide(good).inputs).toEqual({
      account: 'active', desktop: 'active', weight: 2, assigned: true, dutyClass: 'P1', zone: 'internet', site: 'home',
      access: 'allow', occupant: 'nobody', credentials: 'stored', 'seats.total': 10, 'taken.total': 8,
    });
  });

  it('goes through the checks in the documented order', () => {
    expect(ADMISSION.map(({ name }) => name)).toEqual(['policy', 'account', 'desktop', 'assignment', 'duty', 'zone at site', 'desktop free', 'last seat', 'credentials']);
  });
});
