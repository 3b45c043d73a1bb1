import * as fc from 'fast-check';
import { newRecoveryCode, readRecoveryCode, recoveryCodeHash } from '../../../broker/identity/recovery/code.ts';

describe('a recovery code', () => {
  it('has 80 bits in an alphabet without I, L, O and U, and is another one each time', () => {
    const codes = Array.from({ length: 200 }, () => newRecoveryCode());
    for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(new Set(codes).size).toBe(200);
  });

  it('takes five bits of each byte, so that every letter is as likely', () => {
    const letters = Array.from({ length: 16 }, (_, group) => newRecoveryCode((size) => Uint8Array.from({ length: size }, (_unused, n) => group * 16 + n))).join('').replaceAll('-', '');
    const counts = Map.groupBy(letters, (letter) => letter);
    expect(counts.size).toBe(32);
    expect([...counts.values()].every((all) => all.length === 8)).toBe(true);
  });

  it('is read however a person types it from paper', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 16, maxLength: 16 }),
        fc.array(fc.constantFrom('', ' ', '-', '－', '　', '−', 'ー'), { minLength: 17, maxLength: 17 }),
        fc.constantFrom(...(['small', 'wide', 'look-alike'] as const)),
        (bytes, gaps, how) => {
          const plain = newRecoveryCode(() => Uint8Array.from(bytes)).replaceAll('-', '');
          const changed = { small: plain.toLowerCase(), wide: plain.replaceAll(/[!-~]/g, (letter) => String.fromCodePoint(letter.codePointAt(0)! + 0xfee0)), 'look-alike': plain.replaceAll('0', 'o').replaceAll('1', 'l') }[how];
          const typed = [...changed].map((letter, n) => gaps[n] + letter).join('') + gaps[16];
          expect(readRecoveryCode(typed)).toBe(plain);
        },
      ),
    );
  });

  it.each(['', 'ABCD-EFGH-JKMN', 'ABCD-EFGH-JKMN-PQRSX', 'ABCD-EFGH-JKMN-PQRU', 'あ'.repeat(16), 'A'.repeat(1_000)])('is not read from %j', (typed) => {
    expect(readRecoveryCode(typed)).toBeUndefined();
  });

  it('is stored as the hash of itself for this person alone', () => {
    const code = newRecoveryCode();
    expect(recoveryCodeHash('a', code)).toEqual(recoveryCodeHash('a', readRecoveryCode(code)!));
    expect(recoveryCodeHash('a', code)).not.toEqual(recoveryCodeHash('b', code));
  });
});
