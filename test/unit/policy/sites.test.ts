import * as fc from 'fast-check';
import type { Policy } from '../../../broker/policy/policy.ts';
import { seatLimitsFor } from '../../../broker/policy/seats.ts';
import { siteOf } from '../../../broker/policy/sites.ts';
import { shareOf, testCapacity, testPolicy } from '../../support/policy.ts';

const networks: Policy['networks'] = [
  { site: 'office', ranges: ['10.0.0.0/8', '2001:db8::/32'], organisation: undefined },
  { site: 'satellite-office', ranges: ['10.5.0.0/16', '2001:db8:5::/48'], organisation: undefined },
  { site: 'evacuation-site', ranges: ['10.5.0.0/16'], organisation: 'みほん市' },
  { site: 'alternative-office', ranges: ['10.5.6.0/24'], organisation: '別市' },
];
const policy = testPolicy({ networks, everywhereElse: 'home' });
const at = (address: string, organisationName = 'どこか市') => siteOf(policy, { address, organisationName });

describe('the site of an address', () => {
  it('is the one of the longest matching range, of IPv4 and of IPv6', () => {
    expect([at('10.1.2.3'), at('10.5.2.3'), at('2001:db8:1::1'), at('2001:db8:5::1')]).toEqual(['office', 'satellite-office', 'office', 'satellite-office']);
  });

  it('is an organisation\'s own network before everybody\'s, and never another organisation\'s', () => {
    expect([at('10.5.6.7', 'みほん市'), at('10.5.6.7', '別市'), at('10.5.6.7')]).toEqual(['evacuation-site', 'alternative-office', 'satellite-office']);
  });

  it('is the same for an IPv4 address written as IPv6', () => {
    expect(at('::ffff:10.1.2.3')).toBe('office');
  });

  it('is the default where no range matches, and unknown without one', () => {
    expect(at('192.0.2.1')).toBe('home');
    expect(siteOf({ ...policy, everywhereElse: undefined }, { address: '192.0.2.1', organisationName: '' })).toBeUndefined();
  });

  it('is unknown for what is no address, whatever the default says', () => {
    for (const text of ['', 'unknown', '10.1.2', '10.1.2.3:443', '10.1.2.3, 10.0.0.1', '10.1.2.999', ' 10.1.2.3']) expect(at(text)).toBeUndefined();
    fc.assert(fc.property(fc.string().filter((text) => !text.includes('%')), (text) => at(`${text}x`) === undefined), { seed: 3 });
  });

  it('is the office for exactly the addresses of its range', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const expected = address.startsWith('10.5.') ? 'satellite-office' : address.startsWith('10.') ? 'office' : 'home';
        expect(at(address)).toBe(expected);
      }),
      { seed: 4, numRuns: 1_000 },
    );
  });
});

describe('ten thousand networks', () => {
  const many = testPolicy({ networks: Array.from({ length: 10_000 }, (_, n) => ({ site: n % 2 ? 'office' : 'satellite-office', ranges: [`10.${n >> 8}.${n & 255}.0/24`, `2001:db8:${n.toString(16)}::/48`], organisation: undefined })) });

  it('are looked through quickly enough for every decision', () => {
    const site = (address: string) => siteOf(many, { address, organisationName: 'みほん市' });
    expect([site('10.0.1.9'), site('10.39.14.9'), site('2001:db8:1::1'), site('10.40.0.1')]).toEqual(['office', 'satellite-office', 'office', undefined]);
    const begin = performance.now();
    for (let n = 0; n < 2_000; n += 1) site(`10.39.${n & 15}.1`);
    expect((performance.now() - begin) / 2_000).toBeLessThan(1);
  });
});

describe('the seats that an organisation is measured by', () => {
  it('are the total and its own, where there are any', () => {
    const capacity = testCapacity({ total: 5, shares: [shareOf('みほん市', 2)], reserve: 1, guacd: 3 });
    expect(seatLimitsFor({ capacity }, 'みほん市')).toEqual([{ scope: 'total', seats: 5 }, { scope: 'organisation', seats: 2 }]);
    expect(seatLimitsFor({ capacity }, '別市')).toEqual([{ scope: 'total', seats: 5 }]);
    expect(seatLimitsFor({ capacity: { ...capacity, total: undefined, shares: [] } }, 'constructor')).toEqual([]);
  });
});
