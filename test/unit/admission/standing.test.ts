import * as fc from 'fast-check';
import { reasonsOf } from '../../../broker/admission/reasons.ts';
import { whyNotAnyLonger } from '../../../broker/admission/standing.ts';
import { arbitraryFacts, goodFacts as good } from '../../support/facts.ts';
import { testPolicy } from '../../support/policy.ts';

const STANDING = ['entry-stopped', 'class-suspended', 'level-too-low', 'duty-not-at-site', 'site-unknown', 'registered-device-required', 'exception-required', 'zone-forbidden-at-site'];

describe('an open session', () => {
  it('goes on while nothing that it rests on has changed', () => {
    expect(whyNotAnyLonger(good)).toBeUndefined();
  });

  it('may not go on once everybody is sent away, its class is suspended, its duty or its zone may not be where the person is', () => {
    const bound = testPolicy({ duties: [{ name: '窓口', organisation: undefined, outsideFromLevel: 1, sites: ['home'] }] });
    expect(whyNotAnyLonger({ ...good, entry: 'stopped' })).toBe('entry-stopped');
    expect(whyNotAnyLonger({ ...good, duty: { name: '窓口', class: 'PX', zone: 'internet' }, level: { number: 1, level: '3' } })).toBe('class-suspended');
    expect(whyNotAnyLonger({ ...good, policy: bound })).toBe('level-too-low');
    expect(whyNotAnyLonger({ ...good, policy: bound, site: 'office' })).toBe('duty-not-at-site');
    expect(whyNotAnyLonger({ ...good, duty: { name: '窓口', class: 'P3', zone: 'lgwan' } })).toBe('registered-device-required');
    expect(whyNotAnyLonger({ ...good, site: undefined })).toBe('site-unknown');
  });

  it('is judged as a request is, by the rules that need none', () => {
    fc.assert(
      fc.property(arbitraryFacts, (some) => {
        expect(whyNotAnyLonger(some)).toBe(reasonsOf(some).find((reason) => STANDING.includes(reason)));
      }),
      { seed: 8, numRuns: 2_000 },
    );
  });
});
