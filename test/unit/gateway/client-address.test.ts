import * as fc from 'fast-check';
import { clientAddress, parseTrustedProxies } from '../../../gateway/auth/client-address.ts';

const proxies = parseTrustedProxies('10.0.0.0/8, 2001:db8::/32, 192.0.2.7');

describe('the client\'s address', () => {
  it('is the connection\'s own where no proxy is trusted, whatever a header says', () => {
    fc.assert(fc.property(fc.string(), (header) => clientAddress('198.51.100.4', header, []) === '198.51.100.4'));
  });

  it('is the connection\'s own where it does not come through a trusted proxy', () => {
    expect(clientAddress('198.51.100.4', '203.0.113.9', proxies)).toBe('198.51.100.4');
  });

  it('is what the nearest trusted proxy saw, not what the client wrote', () => {
    expect(clientAddress('10.1.2.3', '203.0.113.9', proxies)).toBe('203.0.113.9');
    expect(clientAddress('10.1.2.3', '127.0.0.1, 203.0.113.9', proxies)).toBe('203.0.113.9');
    expect(clientAddress('10.1.2.3', '203.0.113.9, 192.0.2.7', proxies)).toBe('203.0.113.9');
    expect(clientAddress('2001:db8::1', '2001:4860::8', proxies)).toBe('2001:4860::8');
  });

  it('stops at what is no address', () => {
    expect(clientAddress('10.1.2.3', '203.0.113.9, unknown', proxies)).toBe('10.1.2.3');
    expect(clientAddress('10.1.2.3', '', proxies)).toBe('10.1.2.3');
    expect(clientAddress('10.1.2.3', '0x7f.1', proxies)).toBe('10.1.2.3');
  });

  it('is written in one form', () => {
    expect(clientAddress('::ffff:203.0.113.9', undefined, [])).toBe('203.0.113.9');
    expect(clientAddress('::ffff:10.1.2.3', '203.0.113.9', proxies)).toBe('203.0.113.9');
    expect(clientAddress('fe80::1%eth0', undefined, [])).toBe('fe80::1');
    expect(clientAddress(undefined, undefined, [])).toBe('0.0.0.0');
  });

  it('is always an address', () => {
    fc.assert(fc.property(fc.string(), (header) => /^[0-9a-f.:]+$/.test(clientAddress('10.1.2.3', header, proxies))));
  });
});

describe('the list of trusted proxies', () => {
  it.each(['everybody', '10.0.0.0/33', '10.0.0.0/8;10.1.0.0/16'])('is refused as %j', (list) => {
    expect(() => parseTrustedProxies(list)).toThrow();
  });
});
