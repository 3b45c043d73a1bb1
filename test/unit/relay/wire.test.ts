import * as fc from 'fast-check';
import { resolveLimits } from '../../../gateway/relay/limits.ts';
import { createFramer } from '../../../gateway/relay/wire/framer.ts';
import { codePoints, elementsOf, writeInstruction } from '../../../gateway/relay/wire/instruction.ts';
import { canonicalInteger, canonicalIntegerText } from '../../../gateway/relay/wire/integer.ts';
import { parseMessage } from '../../../gateway/relay/wire/message.ts';
import { ProtocolViolation } from '../../../gateway/relay/wire/violation.ts';

const limits = resolveLimits();

function read(...chunks: (string | Buffer)[]): string[][] {
  const framer = createFramer(limits);
  const found: string[][] = [];
  for (const chunk of chunks) framer.feed(Buffer.from(chunk as string), (buffer, view) => void found.push(elementsOf(buffer, view)));
  return found;
}

function violationOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof ProtocolViolation) return error.code;
    throw error;
  }
  return 'none';
}

const text = fc.string({ unit: 'grapheme', maxLength: 300 });
const instruction = fc.array(text, { minLength: 1, maxLength: 20 });

describe('an instruction', () => {
  it('is written with lengths in code points', () => {
    expect(writeInstruction('name', '関所😀', '')).toBe('4.name,3.関所😀,0.;');
    expect(codePoints('\ud800')).toBe(1);
    expect(codePoints('\udc00\ud800')).toBe(2);
  });

  it('is read back as it was written, however the bytes were split', () => {
    fc.assert(
      fc.property(fc.array(instruction, { maxLength: 5 }), fc.array(fc.nat(2_000), { maxLength: 8 }), (instructions, cuts) => {
        const bytes = Buffer.from(instructions.map((elements) => writeInstruction(...elements)).join(''));
        const places = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
        const chunks = places.slice(1).map((place, index) => bytes.subarray(places[index], place));
        expect(read(...chunks)).toEqual(instructions);
      }),
    );
  });

  it('may be as large as guacd allows, and no larger', () => {
    const most = writeInstruction('blob', 'x'.repeat(8_192));
    expect(read(most)).toHaveLength(1);
    expect(violationOf(() => read('4.blob,8193.'))).toBe('element-too-long');
    expect(read(writeInstruction(...Array.from({ length: 128 }, () => 'x')))).toHaveLength(1);
    expect(violationOf(() => read(writeInstruction(...Array.from({ length: 129 }, () => 'x'))))).toBe('too-many-elements');
    expect(violationOf(() => read(writeInstruction('blob', ...Array.from({ length: 5 }, () => 'x'.repeat(8_000)))))).toBe('instruction-too-long');
    expect(violationOf(() => read(writeInstruction('name', '😀'.repeat(8_192))))).toBe('instruction-too-long');
  });

  it('is refused as soon as its length says that it will be too large, before it is there', () => {
    const half = `4.blob,${'8000.'.concat('x'.repeat(8_000), ',').repeat(4)}8000.`;
    expect(violationOf(() => read(half))).toBe('instruction-too-long');
  });

  it.each([
    ['a leading zero', '04.sync;', 'length-not-canonical'],
    ['two zeros', '00.;', 'length-not-canonical'],
    ['a plus sign', '+4.sync;', 'length-not-canonical'],
    ['a minus sign', '-4.sync;', 'length-not-canonical'],
    ['a blank', ' 4.sync;', 'length-not-canonical'],
    ['a hexadecimal length', '0x4.sync;', 'length-not-canonical'],
    ['a length that overflows 32 bits into a valid one', '4294967300.sync;', 'element-too-long'],
    ['a length that overflows 64 bits', '18446744073709551620.sync;', 'element-too-long'],
    ['an empty length', '.sync;', 'length-missing'],
    ['an empty length of an argument', '4.sync,.1;', 'length-missing'],
    ['a length that is too short', '3.sync;', 'terminator-missing'],
    ['a length that is too long', '5.sync;4.sync;', 'terminator-missing'],
    ['a full-width digit', '４.sync;', 'length-not-canonical'],
    ['a NUL in front', '\u00004.sync;', 'length-not-canonical'],
    ['a line break between instructions', '4.sync;\n4.sync;', 'length-not-canonical'],
  ])('with %s is refused', (_what, bytes, code) => {
    expect(violationOf(() => read(bytes))).toBe(code);
    expect(violationOf(() => read(...bytes))).toBe(code);
  });

  it('counts characters that are broken UTF-8 by their lead byte, as libguac does', () => {
    const shiftJis = Buffer.from([0x93, 0xfa, 0x96, 0x7b]);
    expect(read(Buffer.concat([Buffer.from('4.name,4.'), shiftJis, Buffer.from(';3.nop;')]))).toHaveLength(2);
  });

  it('never keeps more of an unfinished one than guacd itself would', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 70_000 }), { maxLength: 4 }), fc.boolean(), (chunks, framed) => {
        const framer = createFramer(limits);
        try {
          if (framed) framer.feed(Buffer.from('4.name,8192.'), () => undefined);
          for (const chunk of chunks) framer.feed(Buffer.from(chunk), () => undefined);
        } catch (error) {
          expect(error).toBeInstanceOf(ProtocolViolation);
        }
        expect(framer.pendingBytes()).toBeLessThanOrEqual(limits.maxInstructionBytes);
      }),
    );
  });
});

describe('an integer', () => {
  it.each(['0', '1', '-1', '32767', '-32768', '999999999999999'])('%s is canonical', (digits) => {
    expect(canonicalIntegerText(digits)).toBe(Number(digits));
    expect(canonicalInteger(Buffer.from(`x${digits}y`), 1, digits.length + 1)).toBe(Number(digits));
  });

  it.each(['', '-', '-0', '00', '01', '+1', ' 1', '1 ', '1.0', '1e3', '0x1', '１', '--1', '1\0', '1000000000000000'])('%j is not', (digits) => {
    const bytes = Buffer.from(digits);
    expect(canonicalIntegerText(digits)).toBeNaN();
    expect(canonicalInteger(bytes, 0, bytes.length)).toBeNaN();
  });

  it('is read alike from bytes and from text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789-+. a'), maxLength: 18 }), (digits) => {
        expect(canonicalInteger(Buffer.from(digits), 0, digits.length)).toEqual(canonicalIntegerText(digits));
      }),
    );
  });
});

describe('a message of the browser', () => {
  it('may hold several instructions', () => {
    expect(parseMessage('3.nop;4.sync,1.7;', limits)).toEqual([['nop'], ['sync', '7']]);
  });

  it.each([
    ['half an instruction', '3.no', 'instruction-incomplete'],
    ['an instruction without its end', '3.nop', 'instruction-incomplete'],
    ['one and a half', '3.nop;3.no', 'instruction-incomplete'],
    ['nothing', '', 'instruction-incomplete'],
    ['no framing at all', 'GET / HTTP/1.1', 'length-not-canonical'],
    ['a leading zero', '03.nop;', 'length-not-canonical'],
    ['an overflowing length', '4294967299.nop;', 'length-not-canonical'],
    ['too long an element', `9000.${'x'.repeat(9_000)};`, 'element-too-long'],
    ['too many elements', writeInstruction(...Array.from({ length: 200 }, () => 'x')), 'too-many-elements'],
    ['a wrong terminator', '3.nop:', 'terminator-missing'],
  ])('with %s cannot be read', (_what, message, code) => {
    expect(violationOf(() => parseMessage(message, limits))).toBe(code);
  });

  it('may count astral characters as guacamole-common-js does or as the protocol does', () => {
    expect(parseMessage('4.file,1.0,2.😀;', limits)).toEqual([['file', '0', '😀']]);
    expect(parseMessage('4.file,1.0,1.😀;', limits)).toEqual([['file', '0', '😀']]);
    expect(violationOf(() => parseMessage('4.file,1.0,3.😀;', limits))).toBe('instruction-incomplete');
  });

  it('is read back as it was written', () => {
    fc.assert(
      fc.property(fc.array(instruction, { minLength: 1, maxLength: 5 }), (instructions) => {
        expect(parseMessage(instructions.map((elements) => writeInstruction(...elements)).join(''), limits)).toEqual(instructions);
      }),
    );
  });
});
