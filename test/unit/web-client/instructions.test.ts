import * as fc from 'fast-check';
import { MalformedMessage, readInstructions, writeInstruction } from '../../../web-client/src/session/instructions.ts';

const element = fc.string({ unit: 'grapheme', maxLength: 40 });
const instruction = fc.array(element, { minLength: 1, maxLength: 6 });

describe('instructions in a message', () => {
  it('are read as they were written, whatever letters they hold', () => {
    fc.assert(
      fc.property(fc.array(instruction, { maxLength: 8 }), (instructions) => {
        expect(readInstructions(instructions.map(writeInstruction).join(''))).toEqual(instructions);
      }),
    );
  });

  it('count code points, not UTF-16 units', () => {
    expect(writeInstruction(['name', '𠮷野家😀'])).toBe('4.name,4.𠮷野家😀;');
    expect(readInstructions('4.name,4.𠮷野家😀;4.sync,2.12;')).toEqual([['name', '𠮷野家😀'], ['sync', '12']]);
  });

  it.each(['4.sync,2.12', '4.sync', '4.sync,2.12;3', 'sync;', '.;', '04.sync;', '-1.;', '4.sync,3.12;', '9999999.a;', '4x.sync;'])('refuse %j', (message) => {
    expect(() => readInstructions(message)).toThrow(MalformedMessage);
  });
});
