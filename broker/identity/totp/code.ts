/**
 * A one-time code as people type and paste it: full-width digits, blanks and hyphens of every kind.
 * @returns six ASCII digits, or undefined for what can be no code
 */
export function readCode(typed: string): string | undefined {
  if (typed.length > 64) return undefined;
  const code = typed.normalize('NFKC').replaceAll(/[\s\p{Pd}\p{Cf}\u2212\u30fc]/gu, '');
  return /^[0-9]{6}$/.test(code) ? code : undefined;
}
