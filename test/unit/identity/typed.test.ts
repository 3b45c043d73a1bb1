import * as fc from 'fast-check';
import { lapse } from '../../../broker/identity/lapse.ts';
import { placeOf } from '../../../broker/identity/origin.ts';
import { readName, readNewUsername, readPassword, readUsername } from '../../../broker/identity/typed.ts';
import { Refusal } from '../../../broker/port.ts';

const hostile = ['', '\u0000', 'a\u0000b', '\ud800', 'a\udc00b', 'x'.repeat(1025), 'a\nb', '\u001b[31m'];

describe('what a person types', () => {
  it.each([readUsername, readNewUsername, readPassword, (typed: string) => readName(typed, 'name')])('is refused where it cannot be stored (%#)', (read) => {
    for (const typed of hostile) expect(() => read(typed)).toThrow(Refusal);
  });

  it('is taken or refused, and never a fault', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 1100 }), (typed) => {
        for (const read of [readUsername, readPassword, (text: string) => readName(text, 'name')]) {
          try {
            expect(read(typed).isWellFormed()).toBe(true);
          } catch (error) {
            expect(error).toBeInstanceOf(Refusal);
          }
        }
      }),
    );
  });

  it('names an account in one way', () => {
    for (const typed of ['hanako', ' Hanako ', 'ＨＡＮＡＫＯ', 'hanako　']) expect(readUsername(typed)).toBe('hanako');
    expect(readUsername('山田')).toBe('山田');
    expect(() => readUsername('   ')).toThrow(Refusal);
    expect(() => readUsername('x'.repeat(101))).toThrow(Refusal);
  });

  it('gives new names without blanks or marks', () => {
    for (const bad of ['a b', 'a/b', '<b>', 'a\u200bb', '"']) expect(() => readNewUsername(bad)).toThrow(Refusal);
    expect(readNewUsername('Hanako.Yamada+1@city-x_2')).toBe('hanako.yamada+1@city-x_2');
  });
});

describe('where a try comes from', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1', '192.0.2.1'],
    ['2001:DB8:1:2:3:4:5:6', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80::1', 'fe80:0:0:0::/64'],
    ['nonsense', 'unknown', 'unknown'],
    ['', 'unknown', 'unknown'],
  ])('%s', (given, address, network) => {
    expect(placeOf({ address: given, userAgent: 'x' })).toEqual({ address, network, userAgent: 'x' });
  });

  it('has a user agent that can be stored', () => {
    const { userAgent } = placeOf({ address: '', userAgent: `\u0000\ud800${'🦀'.repeat(400)}` });
    expect(userAgent.isWellFormed()).toBe(true);
    expect(userAgent.length).toBeLessThanOrEqual(300);
    expect(userAgent).not.toContain('\u0000');
  });
});

describe('a sign-in', () => {
  const at = new Date('2026-04-01T00:00:00Z');
  const after = (seconds: number) => new Date(at.getTime() + seconds * 1000);
  const judge = (now: number) => lapse({ lastSeenAt: at, expiresAt: after(100), idleSeconds: 60 }, after(now));

  it('is over at the very instant of its deadline', () => {
    expect([0, 59.999, 60, 99, 100, 1000].map(judge)).toEqual([undefined, undefined, 'idle', 'idle', 'expired', 'expired']);
  });
});
