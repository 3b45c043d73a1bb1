import type { RelayLimits } from '../limits.ts';
import { ProtocolViolation } from './violation.ts';

/**
 * Takes one text message of the browser apart: whole instructions only, each an array of its elements, the opcode first.
 * Throws a ProtocolViolation.
 *
 * guacamole-common-js 1.5 counts UTF-16 units where the protocol counts code points. They differ only in text outside the
 * Basic Multilingual Plane, which no allowed instruction holds; either way of counting is taken, so that a refused
 * stream with such a name is refused and does not end the session.
 */
export function parseMessage(text: string, limits: Pick<RelayLimits, 'maxElementCharacters' | 'maxElements'>): string[][] {
  if (!SURROGATE.test(text)) return parse(text, limits, endInUnits);
  try {
    return parse(text, limits, endInCodePoints);
  } catch {
    return parse(text, limits, endInUnits);
  }
}

const SURROGATE = /[\ud800-\udfff]/;
const LENGTH = /(0|[1-9][0-9]{0,3})\./y;

type EndOf = (text: string, start: number, length: number) => number;

function parse(text: string, limits: Pick<RelayLimits, 'maxElementCharacters' | 'maxElements'>, endOf: EndOf): string[][] {
  const instructions: string[][] = [];
  let elements: string[] = [];
  let position = 0;
  while (position < text.length) {
    LENGTH.lastIndex = position;
    const digits = LENGTH.exec(text)?.[1];
    if (digits === undefined) throw new ProtocolViolation('length-not-canonical');
    const length = Number(digits);
    if (length > limits.maxElementCharacters) throw new ProtocolViolation('element-too-long');
    if (elements.length === limits.maxElements) throw new ProtocolViolation('too-many-elements');
    const start = position + digits.length + 1;
    const end = endOf(text, start, length);
    if (end >= text.length) throw new ProtocolViolation('instruction-incomplete');
    elements.push(text.slice(start, end));
    position = end + 1;
    if (text[end] === ';') {
      instructions.push(elements);
      elements = [];
    } else if (text[end] !== ',') {
      throw new ProtocolViolation('terminator-missing');
    }
  }
  if (elements.length > 0 || instructions.length === 0) throw new ProtocolViolation('instruction-incomplete');
  return instructions;
}

function endInUnits(_text: string, start: number, length: number): number {
  return start + length;
}

function endInCodePoints(text: string, start: number, length: number): number {
  let end = start;
  for (let left = length; left > 0 && end < text.length; left--) end += text.codePointAt(end)! > 0xff_ff ? 2 : 1;
  return end;
}
