import type { RelayLimits } from '../limits.ts';
import { canonicalInteger } from '../wire/integer.ts';
import type { InstructionView } from '../wire/scan.ts';

/** Whether the bytes from `start` to `end` are an argument of one kind. */
export type ArgumentCheck = (buffer: Buffer, start: number, end: number) => boolean;

export function integerIn(least: number, most: number): ArgumentCheck {
  return (buffer, start, end) => {
    const value = canonicalInteger(buffer, start, end);
    return value >= least && value <= most;
  };
}

export function oneOf(...values: readonly string[]): ArgumentCheck {
  const allowed = values.map((value) => Buffer.from(value, 'ascii'));
  return (buffer, start, end) => allowed.some((value) => value.length === end - start && buffer.compare(value, 0, value.length, start, end) === 0);
}

/** Whether the instruction has just these arguments; `least` of them if the last ones may be left out. */
export function argumentsAre(checks: readonly ArgumentCheck[], least: number = checks.length): (buffer: Buffer, view: InstructionView) => boolean {
  return (buffer, view) => {
    const given = view.count - 1;
    if (given < least || given > checks.length) return false;
    for (let index = 0; index < given; index++) {
      if (!checks[index]!(buffer, view.starts[index + 1]!, view.ends[index + 1]!)) return false;
    }
    return true;
  };
}

/** The kinds of argument that drawing instructions have. */
export function drawingArguments(limits: RelayLimits) {
  return {
    layer: integerIn(-limits.maxLayer, limits.maxLayer),
    visibleLayer: integerIn(0, limits.maxLayer),
    side: integerIn(0, limits.maxSidePixels),
    coordinate: integerIn(-COORDINATE, COORDINATE),
    byte: integerIn(0, 255),
    nibble: integerIn(0, 15),
    stackingOrder: integerIn(-(2 ** 31), 2 ** 31 - 1),
    streamIndex: integerIn(0, limits.maxStreamIndex),
    timestamp: integerIn(0, 10 ** 15 - 1),
    frames: integerIn(0, 2 ** 31 - 1),
    imageType: oneOf('image/png', 'image/jpeg', 'image/webp'),
    /** `multi-touch` is the only property guacd sets (protocol-constants.h). */
    layerProperty: oneOf('multi-touch'),
    touches: integerIn(0, 64),
  } as const;
}

const COORDINATE = 65_536;
