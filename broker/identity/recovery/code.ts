import { createHash, randomBytes } from 'node:crypto';

/** Crockford's alphabet: no I, L, O or U, so that nothing printed is mistaken or spells a word. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 16;

/** 80 random bits (SP 800-63B-4, 3.1.2.1 asks for 20 at least), as four groups of four: `7K3M-0QZX-…`. */
export function newRecoveryCode(random: (size: number) => Uint8Array = randomBytes): string {
  // 256 is a multiple of 32: every letter is as likely.
  const letters = [...random(LENGTH)].map((byte) => ALPHABET[byte % 32]).join('');
  return letters.match(/.{4}/g)!.join('-');
}

/**
 * A recovery code as people type it from paper: full-width or small letters, O for 0, I or L for 1, blanks and hyphens of every kind.
 * @returns the sixteen letters, or undefined for what can be no code
 */
export function readRecoveryCode(typed: string): string | undefined {
  if (typed.length > 100) return undefined;
  const code = typed
    .normalize('NFKC')
    .replaceAll(/[\s\p{Pd}\p{Cf}\u2212\u30fc]/gu, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  return code.length === LENGTH && [...code].every((letter) => ALPHABET.includes(letter)) ? code : undefined;
}

/** What is stored. Of 80 random bits neither salt nor stretching would hide more; the person is in it, so that a code is nobody else's. */
export function recoveryCodeHash(personId: string, code: string): Buffer {
  return createHash('sha256').update(`recovery-code\0${personId}\0${code.replaceAll('-', '')}`).digest();
}
