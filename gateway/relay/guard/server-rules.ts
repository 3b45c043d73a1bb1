import type { RelayLimits } from '../limits.ts';
import type { InstructionView } from '../wire/scan.ts';
import { argumentsAre, drawingArguments } from './arguments.ts';

/** What guacd may send to the browser: each opcode with the check of its arguments. Everything else is dropped. */
export type ServerRule = {
  readonly opcode: string;
  readonly matches: (buffer: Buffer, view: InstructionView) => boolean;
};

export function serverRules(limits: RelayLimits): readonly ServerRule[] {
  const { layer, visibleLayer, side, coordinate, byte, nibble, stackingOrder, streamIndex, timestamp, frames, imageType, layerProperty, touches, anything } =
    drawingArguments(limits);
  return [
    { opcode: 'blob', matches: argumentsAre([streamIndex, anything]) },
    { opcode: 'end', matches: argumentsAre([streamIndex]) },
    { opcode: 'img', matches: argumentsAre([streamIndex, nibble, layer, imageType, coordinate, coordinate]) },
    { opcode: 'sync', matches: argumentsAre([timestamp, frames], 1) },
    { opcode: 'copy', matches: argumentsAre([layer, coordinate, coordinate, side, side, nibble, layer, coordinate, coordinate]) },
    { opcode: 'transfer', matches: argumentsAre([layer, coordinate, coordinate, side, side, nibble, layer, coordinate, coordinate]) },
    { opcode: 'rect', matches: argumentsAre([layer, coordinate, coordinate, side, side]) },
    { opcode: 'cfill', matches: argumentsAre([nibble, layer, byte, byte, byte, byte]) },
    { opcode: 'cursor', matches: argumentsAre([coordinate, coordinate, layer, coordinate, coordinate, side, side]) },
    { opcode: 'mouse', matches: argumentsAre([coordinate, coordinate, byte, timestamp], 2) },
    { opcode: 'size', matches: argumentsAre([layer, side, side]) },
    { opcode: 'move', matches: argumentsAre([layer, visibleLayer, coordinate, coordinate, stackingOrder]) },
    { opcode: 'shade', matches: argumentsAre([layer, byte]) },
    { opcode: 'set', matches: argumentsAre([layer, layerProperty, touches]) },
    { opcode: 'dispose', matches: argumentsAre([layer]) },
    { opcode: 'nop', matches: argumentsAre([]) },
    { opcode: 'disconnect', matches: argumentsAre([]) },
    { opcode: 'error', matches: argumentsAre([anything, anything]) },
  ];
}

/** Finds the rule of an opcode without making a string of it. */
export function ruleFinder(rules: readonly ServerRule[]): (buffer: Buffer, start: number, end: number) => ServerRule | undefined {
  const byShape = new Map<number, { rule: ServerRule; bytes: Buffer }[]>();
  for (const rule of rules) {
    const bytes = Buffer.from(rule.opcode, 'ascii');
    const shape = shapeOf(bytes, 0, bytes.length);
    byShape.set(shape, [...(byShape.get(shape) ?? []), { rule, bytes }]);
  }
  return (buffer, start, end) => {
    const candidates = byShape.get(shapeOf(buffer, start, end));
    if (candidates === undefined) return undefined;
    for (const { rule, bytes } of candidates) if (sameBytes(buffer, start, bytes)) return rule;
    return undefined;
  };
}

function shapeOf(buffer: Buffer, start: number, end: number): number {
  return ((end - start) << 16) | (buffer[start]! << 8) | buffer[end - 1]!;
}

function sameBytes(buffer: Buffer, start: number, expected: Buffer): boolean {
  for (let index = 0; index < expected.length; index++) if (buffer[start + index] !== expected[index]) return false;
  return true;
}
