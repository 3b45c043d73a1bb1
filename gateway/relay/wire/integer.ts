/**
 * Reads an integer in its canonical form: digits with at most one leading minus, no plus, no leading zero, no `-0`, at
 * most 15 digits. NaN for anything else, which fails every comparison with a bound.
 */
export function canonicalInteger(buffer: Buffer, start: number, end: number): number {
  let position = start;
  const negative = buffer[start] === MINUS;
  if (negative) position++;
  const digits = end - position;
  if (digits < 1 || digits > 15) return Number.NaN;
  const first = buffer[position]! - ZERO;
  if (first === 0 && (digits > 1 || negative)) return Number.NaN;
  // Nine digits fit a machine integer, which is all that nearly every argument needs.
  const value = digits > 9 ? readDigits(buffer, position, end - 9) * 1e9 + readDigits(buffer, end - 9, end) : readDigits(buffer, position, end);
  return negative ? -value : value;
}

function readDigits(buffer: Buffer, start: number, end: number): number {
  let value = 0;
  for (let position = start; position < end; position++) {
    const digit = buffer[position]! - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = (value * 10 + digit) | 0;
  }
  return value;
}

/** The same of a string. */
export function canonicalIntegerText(text: string): number {
  return CANONICAL.test(text) ? Number(text) : Number.NaN;
}

const CANONICAL = /^(?:0|-?[1-9][0-9]{0,14})$/;
const ZERO = 0x30;
const MINUS = 0x2d;
