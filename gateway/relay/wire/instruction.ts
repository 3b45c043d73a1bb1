import type { InstructionView } from './scan.ts';

/**
 * Writes an instruction in its one canonical form: `length.value,length.value;`, lengths in Unicode code points without
 * leading zeros (Guacamole protocol reference, "Design"). `elements[0]` is the opcode.
 */
export function writeInstruction(...elements: readonly (string | number)[]): string {
  return `${elements.map((element) => writeElement(String(element))).join(',')};`;
}

function writeElement(value: string): string {
  return `${codePoints(value)}.${value}`;
}

/** Length in Unicode code points, which is what guacd counts; `string.length` counts UTF-16 units. */
export function codePoints(value: string): number {
  let units = value.length;
  for (let index = 0; index < value.length - 1; index++) {
    if (isHighSurrogate(value.charCodeAt(index)) && isLowSurrogate(value.charCodeAt(index + 1))) {
      units--;
      index++;
    }
  }
  return units;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd8_00 && unit <= 0xdb_ff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc_00 && unit <= 0xdf_ff;
}

/** The elements of an instruction that was found in a buffer; what is not UTF-8 becomes U+FFFD. */
export function elementsOf(buffer: Buffer, view: InstructionView): string[] {
  return Array.from({ length: view.count }, (_, index) => buffer.toString('utf8', view.starts[index], view.ends[index]));
}
