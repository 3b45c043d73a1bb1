import type { RelayLimits } from '../limits.ts';
import { canonicalInteger } from '../wire/integer.ts';
import type { InstructionView } from '../wire/scan.ts';

/** One kind of argument: a canonical integer within bounds, one of a few words, or anything. */
export type ArgumentKind = { readonly least: number; readonly most: number } | { readonly words: readonly Buffer[] } | 'anything';

export function integerIn(least: number, most: number): ArgumentKind {
  return { least, most };
}

export function oneOf(...words: readonly string[]): ArgumentKind {
  return { words: words.map((word) => Buffer.from(word, 'ascii')) };
}

/**
 * Whether the instruction has just these arguments; `least` of them if the last ones may be left out. Bounds lie in flat
 * arrays, since this runs for each argument of each instruction.
 */
export function argumentsAre(kinds: readonly ArgumentKind[], least: number = kinds.length): (buffer: Buffer, view: InstructionView) => boolean {
  const lowest = Float64Array.from(kinds, (kind) => (typeof kind === 'object' && 'least' in kind ? kind.least : Number.NaN));
  const highest = Float64Array.from(kinds, (kind) => (typeof kind === 'object' && 'most' in kind ? kind.most : Number.NaN));
  const words = kinds.map((kind) => (typeof kind === 'object' && 'words' in kind ? kind.words : undefined));
  const isInteger = Uint8Array.from(lowest, (value) => (Number.isNaN(value) ? 0 : 1));
  return (buffer, view) => {
    const given = view.count - 1;
    if (given < least || given > kinds.length) return false;
    for (let index = 0; index < given; index++) {
      const start = view.starts[index + 1]!;
      const end = view.ends[index + 1]!;
      if (isInteger[index] === 1) {
        const value = canonicalInteger(buffer, start, end);
        if (!(value >= lowest[index]! && value <= highest[index]!)) return false;
      } else if (words[index]?.some((word) => isWord(buffer, start, end, word)) === false) {
        return false;
      }
    }
    return true;
  };
}

function isWord(buffer: Buffer, start: number, end: number, word: Buffer): boolean {
  return word.length === end - start && buffer.compare(word, 0, word.length, start, end) === 0;
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
    /** Not looked at: content that is jumped over, text that is replaced. */
    anything: 'anything',
  } as const;
}

const COORDINATE = 65_536;
