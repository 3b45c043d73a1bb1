/** Fewest characters of a password, as broker/identity has it. */
export const minimumLength = 12;
const good = 16;
const better = 20;

export type LengthHint = 'empty' | 'short' | 'enough' | 'good' | 'better';

/**
 * What a password's length alone is worth, in code points after NFKC. Length is what counts against guessing (NIST SP 800-63B-4,
 * section 3.1.1); mixtures of signs are neither asked for nor praised.
 */
export function lengthHint(password: string): LengthHint {
  const length = [...password.normalize('NFKC')].length;
  if (length === 0) return 'empty';
  if (length < minimumLength) return 'short';
  if (length < good) return 'enough';
  return length < better ? 'good' : 'better';
}
