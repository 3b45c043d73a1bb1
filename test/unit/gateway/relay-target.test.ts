import { relayTarget } from '../../../gateway/http/relay-target.ts';

const LEASE = '3f0c2a52-3c53-4a3b-9d52-0a3f7a1d8b11';
const refused = (url: string | undefined) => {
  try {
    relayTarget(url);
  } catch (error) {
    return (error as Error).name === 'RequestInvalid' ? 'request-invalid' : (error as { code: string }).code;
  }
  return 'accepted';
};

describe('the address of a relay', () => {
  it('names a lease and a view', () => {
    expect(relayTarget(`/relay/${LEASE}?width=1280&height=720&dpi=96&timezone=Asia%2FTokyo`)).toEqual({
      leaseId: LEASE,
      view: { width: 1280, height: 720, dpi: 96, timezone: 'Asia/Tokyo' },
    });
  });

  it.each([undefined, '', '/', '/relay', '/relay/', '/relay/x?width=800&height=600&dpi=96', `//evil.example/relay/${LEASE}?width=800&height=600&dpi=96`, `/relay/${LEASE}/more`, `/Relay/${LEASE}`, `/relay/../relay/${LEASE}`, '/relay/%E0%A4%A'])(
    'is not found as %j',
    (url) => expect(refused(url)).toBe('not-found'),
  );

  it.each([
    '',
    '?width=800&height=600',
    '?width=800&height=600&dpi=0',
    '?width=800&height=600&dpi=23',
    '?width=63&height=600&dpi=96',
    '?width=8193&height=600&dpi=96',
    '?width=1e3&height=600&dpi=96',
    '?width=0x400&height=600&dpi=96',
    '?width=-800&height=600&dpi=96',
    '?width=800&height=600&dpi=96&token=garbage',
    '?width=800&height=600&dpi=96&hostname=10.0.0.1',
    '?width=800&height=600&dpi=96&timezone=../../etc/passwd',
    '?width=800&height=600&dpi=96&__proto__=1',
  ])('is refused with the view %j', (query) => expect(refused(`/relay/${LEASE}${query}`)).toBe('request-invalid'));
});
