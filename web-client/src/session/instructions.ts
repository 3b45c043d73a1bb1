/**
 * Guacamole instructions as text. Lengths are decimal counts of code points (Guacamole protocol reference, "Design"):
 * guacamole-common-js counts UTF-16 units instead, which differs for letters beyond the basic plane.
 */
export type Instruction = readonly [opcode: string, ...parameters: string[]];

/** A message that is not whole instructions. */
export class MalformedMessage extends Error {
  override readonly name = 'MalformedMessage';
}

/** The instructions of one WebSocket message. Throws {@link MalformedMessage} where one is cut or miscounted. */
export function readInstructions(message: string): Instruction[] {
  const oneUnitEach = !/[\ud800-\udfff]/.test(message);
  const instructions: Instruction[] = [];
  let elements: string[] = [];
  let at = 0;
  while (at < message.length) {
    const dot = message.indexOf('.', at);
    const length = message.slice(at, dot);
    if (dot === -1 || !/^(?:0|[1-9]\d{0,5})$/u.test(length)) throw new MalformedMessage('length');
    const start = dot + 1;
    const end = oneUnitEach ? start + Number(length) : afterCodePoints(message, start, Number(length));
    elements.push(message.slice(start, end));
    const terminator = message[end];
    if (terminator === ';') {
      instructions.push(elements as unknown as Instruction);
      elements = [];
    } else if (terminator !== ',') throw new MalformedMessage('terminator');
    at = end + 1;
  }
  if (elements.length > 0) throw new MalformedMessage('cut');
  return instructions;
}

export function writeInstruction(elements: readonly (string | number)[]): string {
  return `${elements.map((element) => `${[...String(element)].length}.${element}`).join(',')};`;
}

/** Where `count` code points from `start` end, in UTF-16 units. */
function afterCodePoints(text: string, start: number, count: number): number {
  let at = start;
  for (let left = count; left > 0; left -= 1) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return at;
}
