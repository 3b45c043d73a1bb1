import { Refusal } from '../port.ts';

/** In UTF-16 code units, before anything else is done with the text. */
const LONGEST_TYPED = 1024;
const LONGEST_USERNAME = 100;
const LONGEST_NAME = 200;
/** A year. */
const LONGEST_TARGET = 31_536_000;

/** A username as a person typed it, in the one form that is stored: NFKC, lower case, no blanks around. Throws `request-invalid`. */
export function readUsername(typed: string): string {
  const username = wellFormed(typed, 'username').normalize('NFKC').trim().toLowerCase();
  if (username === '' || [...username].length > LONGEST_USERNAME) throw invalid('username', `1 to ${LONGEST_USERNAME} characters`);
  return username;
}

/** A username to be given to somebody. Throws `request-invalid`. */
export function readNewUsername(typed: string): string {
  const username = readUsername(typed);
  if (!/^[\p{L}\p{M}\p{N}._@+-]+$/u.test(username)) throw invalid('username', 'letters, digits and . _ @ + - only');
  return username;
}

/** A password in the form that is hashed: NFKC (SP 800-63B-4, 3.1.1.2). Throws `request-invalid`. */
export function readPassword(typed: string): string {
  return wellFormed(typed, 'password').normalize('NFKC');
}

/** A name for showing. Throws `request-invalid`. */
export function readName(typed: string, path: string): string {
  const name = wellFormed(typed, path).normalize('NFC').trim();
  if (name === '' || [...name].length > LONGEST_NAME) throw invalid(path, `1 to ${LONGEST_NAME} characters`);
  return name;
}

/** Seconds within which a duty is to be possible again. Throws `request-invalid`. */
export function readTargetSeconds(given: number | null): number | null {
  if (given !== null && !(Number.isInteger(given) && given >= 0 && given <= LONGEST_TARGET)) throw invalid('targetSeconds', `whole seconds, 0 to ${LONGEST_TARGET}`);
  return given;
}

/** PostgreSQL cannot store NUL, and half a surrogate pair would turn into another text. */
function wellFormed(typed: string, path: string): string {
  if (typed.length === 0 || typed.length > LONGEST_TYPED) throw invalid(path, `1 to ${LONGEST_TYPED} characters`);
  if (!typed.isWellFormed() || /\p{Cc}/u.test(typed)) throw invalid(path, 'no control characters and no broken ones');
  return typed;
}

function invalid(path: string, expected: string): Refusal {
  return new Refusal('request-invalid', { fields: [{ path, expected }] });
}
