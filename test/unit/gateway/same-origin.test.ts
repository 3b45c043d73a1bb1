import { requireSameOrigin } from '../../../gateway/auth/same-origin.ts';

const OWN = 'https://telework.example.lg.jp';
const changing = (headers: Record<string, string>) => () => requireSameOrigin(headers, OWN, 'changing');
const reading = (headers: Record<string, string>) => () => requireSameOrigin(headers, OWN, 'reading');

describe('what changes something', () => {
  it('passes from the own origin, with and without fetch metadata', () => {
    expect(changing({ origin: OWN })).not.toThrow();
    expect(changing({ 'origin': OWN, 'sec-fetch-site': 'same-origin' })).not.toThrow();
  });

  it.each([
    [{}],
    [{ origin: 'null' }],
    [{ origin: 'https://evil.example' }],
    [{ origin: `${OWN}.evil.example` }],
    [{ origin: `${OWN}:8443` }],
    [{ origin: OWN.replace('https', 'http') }],
    [{ 'sec-fetch-site': 'same-origin' }],
    [{ 'origin': OWN, 'sec-fetch-site': 'same-site' }],
    [{ 'origin': OWN, 'sec-fetch-site': 'cross-site' }],
    [{ 'origin': OWN, 'sec-fetch-site': 'none' }],
  ])('is refused with %j', (headers) => {
    expect(changing(headers as Record<string, string>)).toThrow(expect.objectContaining({ code: 'request-foreign-origin' }));
  });
});

describe('what only reads', () => {
  it.each([[{}], [{ 'sec-fetch-site': 'none' }], [{ 'sec-fetch-site': 'same-origin' }], [{ origin: OWN }]])('passes with %j', (headers) => {
    expect(reading(headers as Record<string, string>)).not.toThrow();
  });

  it.each([[{ 'sec-fetch-site': 'cross-site' }], [{ 'sec-fetch-site': 'same-site' }], [{ origin: 'https://evil.example' }]])('is refused with %j', (headers) => {
    expect(reading(headers as Record<string, string>)).toThrow(expect.objectContaining({ code: 'request-foreign-origin' }));
  });
});
