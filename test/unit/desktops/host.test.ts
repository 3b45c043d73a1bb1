import { canonicalHost } from '../../../broker/desktops/host.ts';

describe('the host of a desktop', () => {
  it.each([
    ['PC-1.city.example', 'pc-1.city.example'],
    ['pc-1.city.example.', 'pc-1.city.example'],
    ['10.0.0.1', '10.0.0.1'],
    ['10.0.0.1.', '10.0.0.1'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['::FFFF:a00:1', '10.0.0.1'],
    ['fe80:0::1', 'fe80::1'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['pc-1.10', undefined],
    ['10.0.0.01', undefined],
    ['10.1', undefined],
    ['167772161', undefined],
    ['0x0a000001', undefined],
    ['0xa.0.0.1', undefined],
    ['pc..example', undefined],
    ['pc.example:3389', undefined],
    ['', undefined],
    ['.', undefined],
  ])('%j is kept as %j', (given, kept) => {
    expect(canonicalHost(given)).toBe(kept);
  });
});
