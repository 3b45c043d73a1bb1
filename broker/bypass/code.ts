const DIGITS = 10;
const SPACE = 10n ** BigInt(DIGITS);

/** The context in which the code is sealed. */
export const sealContext = (bypassId: string): string => `bypass:${bypassId}`;

/**
 * Ten digits: they are read out over a bad line by one person and written down by another. With a budget of 100 failures on an account
 * and a life of 15 minutes, that leaves a guess of one in a hundred million.
 * @param secret 256 random bits in base64url, so that the remainder favours no code
 */
export function newCode(secret: string): string {
  const bits = BigInt(`0x${Buffer.from(secret, 'base64url').toString('hex')}`);
  return String(bits % SPACE).padStart(DIGITS, '0');
}

/**
 * As people type and paste it: full-width digits, blanks and hyphens of every kind.
 * @returns ten ASCII digits, or undefined for what can be no code
 */
export function readBypassCode(typed: string): string | undefined {
  if (typed.length > 64) return undefined;
  const code = typed.normalize('NFKC').replaceAll(/[\s\p{Pd}\p{Cf}\u2212\u30fc]/gu, '');
  return /^[0-9]{10}$/.test(code) ? code : undefined;
}
