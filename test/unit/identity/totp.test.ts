import * as fc from 'fast-check';
import { generateSync } from 'otplib';
import { readCode } from '../../../broker/identity/totp/code.ts';
import { driftOf, newSecret, otpauthUri, readFarStep, readStep } from '../../../broker/identity/totp/totp.ts';

describe('a typed one-time code', () => {
  it.each(['123456', '１２３４５６', ' 123 456 ', '123-456', '１２３　４５６', '123−456', '123ー456', '12\u200b3456', '123\u00a0456\n'])('is read from %j', (typed) => {
    expect(readCode(typed)).toBe('123456');
  });

  it.each(['', '12345', '1234567', '12345a', '一二三四五六', '١٢٣٤٥٦', '1'.repeat(1000), '-------', '12.456', '\u0000123456'])('is not read from %j', (typed) => {
    expect(readCode(typed)).toBeUndefined();
  });

  it('is six ASCII digits or nothing, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        expect(readCode(typed) ?? '000000').toMatch(/^[0-9]{6}$/);
      }),
    );
  });
});

describe('the time step of a code', () => {
  const secret = newSecret();
  const now = new Date('2026-04-01T09:00:29.999Z');
  const step = Math.floor(now.getTime() / 30_000);
  const codeAt = (of: number) => generateSync({ secret, epoch: of * 30 });

  it('is that of RFC 6238, appendix B', () => {
    const reference = Buffer.from('12345678901234567890');
    const base32 = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
    expect(reference.length).toBe(20);
    // The last six of the eight digits that the appendix gives for SHA-1.
    for (const [seconds, code] of [[59, '287082'], [1111111109, '081804'], [1111111111, '050471'], [1234567890, '005924'], [2000000000, '279037'], [20000000000, '353130']] as const) {
      expect(readStep({ secret: base32, code, now: new Date(seconds * 1000), lastUsedStep: -1 })).toEqual({ step: Math.floor(seconds / 30), used: false });
    }
  });

  it('may be one early or one late, and no more', () => {
    const read = (of: number) => readStep({ secret, code: codeAt(of), now, lastUsedStep: -1 })?.step;
    expect([-2, -1, 0, 1, 2].map((off) => read(step + off))).toEqual([undefined, step - 1, step, step + 1, undefined]);
  });

  it('is used up at and before the last one accepted', () => {
    const read = (of: number, lastUsedStep: number) => readStep({ secret, code: codeAt(of), now, lastUsedStep });
    expect(read(step, step)).toEqual({ step, used: true });
    expect(read(step - 1, step)).toEqual({ step: step - 1, used: true });
    expect(read(step + 1, step)).toEqual({ step: step + 1, used: false });
  });

  it('is told, and never a fault, after the clock was put back', () => {
    expect(readStep({ secret, code: codeAt(step), now, lastUsedStep: step + 1000 })).toEqual({ step, used: true });
  });
});

describe('a code of a phone whose clock is off', () => {
  const secret = newSecret();
  const now = new Date('2026-04-01T09:00:12Z');
  const codeOff = (steps: number) => generateSync({ secret, epoch: (Math.floor(now.getTime() / 30_000) + steps) * 30 });

  it('tells by how much, up to ten minutes either way', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20, max: 20 }), (off) => {
        const read = readFarStep({ secret, code: codeOff(off), now });
        if (Math.abs(off) < 2) expect(read).toBeUndefined();
        // Two of the forty codes may be the same one; then the nearer one counts.
        else expect(codeOff(read!)).toBe(codeOff(off));
      }),
    );
    expect([readFarStep({ secret, code: codeOff(30), now }), readFarStep({ secret, code: codeOff(-30), now })].filter((read) => read === undefined).length).toBeGreaterThan(0);
  });

  it('is fast or slow by whole minutes, one at least', () => {
    expect([driftOf(2), driftOf(-2), driftOf(7), driftOf(-20)]).toEqual([
      { phone: 'fast', minutes: 1 },
      { phone: 'slow', minutes: 1 },
      { phone: 'fast', minutes: 4 },
      { phone: 'slow', minutes: 10 },
    ]);
  });
});

describe('a new secret', () => {
  it('has 160 bits and is another one each time', () => {
    const secrets = Array.from({ length: 50 }, newSecret);
    for (const secret of secrets) expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(new Set(secrets).size).toBe(50);
  });

  it('goes to the authenticator with issuer and account', () => {
    const uri = new URL(otpauthUri('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', '花子@city'));
    expect(uri.protocol + uri.host).toBe('otpauth:totp');
    expect(decodeURIComponent(uri.pathname)).toBe('/Sekisho:花子@city');
    expect(uri.searchParams.get('issuer')).toBe('Sekisho');
    expect(uri.searchParams.get('secret')).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
  });
});
