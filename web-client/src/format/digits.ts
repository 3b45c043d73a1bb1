/** Digits of a one-time code. */
export const codeLength = 6;

/**
 * What a person typed or pasted as a one-time code, as plain digits: full-width digits become ASCII, and blanks, hyphens
 * and whatever else surrounds them goes. At most {@link codeLength} digits.
 */
export function codeDigits(typed: string): string {
  return typed.normalize('NFKC').replace(/\D/gu, '').slice(0, codeLength);
}
