/** The longest text written, in UTF-16 units. */
const LONGEST = 2_000;
const GONE = '[redacted]';

/**
 * Takes out of free text what looks like a credential: user information and fragments of URLs, secrets of authenticators,
 * values of headers, cookies and settings that carry one, and anything as long as a token (256 bits in base64url).
 * A net under the classification of fields, never a reason to put a secret in a text.
 */
export function scrub(text: string, longest: number = LONGEST): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return PATTERNS.reduce((scrubbed, [pattern, replacement]) => scrubbed.replace(pattern, replacement), cut.toWellFormed());
}

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\botpauth:\/\/\S+/gi, `otpauth://${GONE}`],
  [/(\b[a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@]{1,500}@/gi, `$1${GONE}@`],
  [/(\/welcome)#\S+/gi, `$1#${GONE}`],
  [/\b((?:proxy-)?authorization|(?:set-)?cookie)(["']?\s*[:=]\s*)[^\r\n]+/gi, `$1$2${GONE}`],
  [/\b(bearer|basic)\s+[\w.~+/=-]{6,}/gi, `$1 ${GONE}`],
  [/\b([\w-]{0,40}(?:password|passwd|secret|token|credential|otp|totp))(["']?\s*[:=]\s*["']?)[^\s"',;&]+/gi, `$1$2${GONE}`],
  [/(__Host-[\w-]{1,40}=)[^\s;]+/g, `$1${GONE}`],
  [/-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g, GONE],
  [/(?<![\w-])(?=[\w-]*\d)[\w-]{43,}={0,2}(?![\w-])/g, GONE],
];
