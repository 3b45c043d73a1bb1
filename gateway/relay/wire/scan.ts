import { isAscii } from 'node:buffer';
import type { RelayLimits } from '../limits.ts';
import { ProtocolViolation } from './violation.ts';

/** Where the elements of one instruction lie in the buffer it was found in. Overwritten by the next scan. */
export type InstructionView = {
  start: number;
  /** One past the terminating semicolon. */
  end: number;
  /** Elements, the opcode included. */
  count: number;
  /** Known to be ASCII throughout; false says nothing. */
  ascii: boolean;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
};

export type ScanLimits = Pick<RelayLimits, 'maxElementCharacters' | 'maxElements' | 'maxInstructionBytes'>;

export function createInstructionView(limits: ScanLimits): InstructionView {
  return { start: 0, end: 0, count: 0, ascii: false, starts: new Int32Array(limits.maxElements), ends: new Int32Array(limits.maxElements) };
}

/**
 * Finds the instruction that begins at `offset`, reading no further than `available`.
 *
 * Returns 0 when `view` holds a complete instruction; otherwise the least number of bytes, counted from `offset`, that
 * could complete it. Throws a ProtocolViolation when no further bytes could. `ascii` says that the bytes are known to be
 * ASCII, so that a length in characters is a length in bytes and content is jumped over; the terminator is always looked at.
 */
export function scanInstruction(buffer: Buffer, offset: number, available: number, ascii: boolean, limits: ScanLimits, view: InstructionView): number {
  const furthest = offset + limits.maxInstructionBytes;
  let position = offset;
  for (let count = 0; ; count++) {
    if (count === limits.maxElements) throw new ProtocolViolation('too-many-elements');
    let length = -1;
    for (;;) {
      if (position >= available) return missing(position + 1);
      const digit = buffer[position++]! - ZERO;
      if (digit === DOT) break;
      if (digit < 0 || digit > 9 || length === 0) throw new ProtocolViolation('length-not-canonical');
      length = length < 0 ? digit : length * 10 + digit;
      if (length > limits.maxElementCharacters) throw new ProtocolViolation('element-too-long');
    }
    if (length < 0) throw new ProtocolViolation('length-missing');
    const end = ascii ? position + length : endOfCharacters(buffer, position, length, available);
    if (end >= available) return missing(end + 1);
    if (end >= furthest) throw new ProtocolViolation('instruction-too-long');
    view.starts[count] = position;
    view.ends[count] = end;
    position = end + 1;
    const terminator = buffer[end];
    if (terminator === SEMICOLON) {
      view.start = offset;
      view.end = position;
      view.count = count + 1;
      view.ascii = ascii;
      return 0;
    }
    if (terminator !== COMMA) throw new ProtocolViolation('terminator-missing');
  }

  function missing(needed: number): number {
    if (needed > furthest) throw new ProtocolViolation('instruction-too-long');
    return needed - offset;
  }
}

const ZERO = 0x30;
const DOT = 0x2e - ZERO;
const COMMA = 0x2c;
const SEMICOLON = 0x3b;

/**
 * Where `length` characters from `position` end. When the buffer ends first: a position at or past `available`, as if
 * each character that is still missing took one byte. Characters are stepped by their lead byte exactly as libguac
 * steps them (guac_utf8_charsize), so that both count alike even where the text is not UTF-8.
 */
function endOfCharacters(buffer: Buffer, position: number, length: number, available: number): number {
  if (length >= LONG_ENOUGH_TO_TEST && position + length <= available && isAscii(buffer.subarray(position, position + length))) return position + length;
  let end = position;
  let left = length;
  while (left > 0 && end < available) {
    end += characterSize(buffer[end]!);
    left--;
  }
  return end + left;
}

const LONG_ENOUGH_TO_TEST = 128;

function characterSize(lead: number): number {
  if (lead < 0xc0) return 1;
  if (lead < 0xe0) return 2;
  if (lead < 0xf0) return 3;
  return lead < 0xf8 ? 4 : 1;
}
