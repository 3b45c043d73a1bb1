import { isAscii } from 'node:buffer';
import { createInstructionView, type InstructionView, scanInstruction, type ScanLimits } from './scan.ts';

/** Cuts a byte stream into whole instructions, however it was split on its way. */
export type Framer = {
  /**
   * Calls `visit` for each instruction that the chunk completes, in order. `buffer` may be kept; `view` is overwritten by
   * the next instruction. Throws a ProtocolViolation, after which the framer must not be used.
   */
  feed(chunk: Buffer, visit: (buffer: Buffer, view: InstructionView) => void): void;
  /** Bytes of an instruction that is still incomplete; never more than `maxInstructionBytes`. */
  pendingBytes(): number;
};

export function createFramer(limits: ScanLimits): Framer {
  const view = createInstructionView(limits);
  let tail: Buffer = Buffer.alloc(0);
  let tailLength = 0;
  let tailIsAscii = true;
  let needed = 0;

  return {
    feed(chunk, visit) {
      const ascii = isAscii(chunk);
      let offset = 0;
      while (tailLength > 0 && offset < chunk.length) offset = joinTail(chunk, offset, ascii, visit);
      while (offset < chunk.length) {
        needed = scanInstruction(chunk, offset, chunk.length, ascii, limits, view);
        if (needed > 0) {
          keepTail(chunk, offset, chunk.length, ascii);
          return;
        }
        offset = view.end;
        visit(chunk, view);
      }
    },
    pendingBytes: () => tailLength,
  };

  /** Adds to the tail what it needs, or a few KB, and returns how far the chunk has been used up. */
  function joinTail(chunk: Buffer, offset: number, ascii: boolean, visit: (buffer: Buffer, view: InstructionView) => void): number {
    const before = tailLength;
    keepTail(chunk, offset, Math.min(chunk.length, offset + Math.max(needed - tailLength, JOINED_AT_ONCE)), ascii);
    if (tailLength < needed) return chunk.length;
    needed = scanInstruction(tail, 0, tailLength, tailIsAscii, limits, view);
    if (needed > 0) return offset + tailLength - before;
    const whole = Buffer.from(tail.subarray(0, view.end));
    tailLength = 0;
    tailIsAscii = true;
    visit(whole, view);
    return offset + whole.length - before;
  }

  function keepTail(chunk: Buffer, from: number, to: number, ascii: boolean): void {
    if (tailLength + to - from > tail.length) tail = grown(tailLength + to - from);
    tailLength += chunk.copy(tail, tailLength, from, to);
    tailIsAscii &&= ascii;
  }

  function grown(least: number): Buffer {
    const larger = Buffer.allocUnsafeSlow(Math.max(least, 2 * tail.length, 2 * JOINED_AT_ONCE));
    tail.copy(larger, 0, 0, tailLength);
    return larger;
  }
}

const JOINED_AT_ONCE = 4096;
