/** Gathers what may pass of one chunk: neighbours in the same buffer stay one slice, and nothing is copied for a single slice. */
export type GuardOutput = {
  /** Bytes `start` to `end` of the buffer pass as they are. */
  pass(buffer: Buffer, start: number, end: number): void;
  /** Text of the gateway's own, in its place among what passes. */
  insert(text: string): void;
  /** All of it, in order, and begins anew; undefined when nothing passed. */
  take(): Buffer | undefined;
};

export function createGuardOutput(): GuardOutput {
  let parts: Buffer[] = [];
  let run: Buffer | undefined;
  let runStart = 0;
  let runEnd = 0;

  return {
    pass(buffer, start, end) {
      if (buffer === run && start === runEnd) {
        runEnd = end;
        return;
      }
      closeRun();
      run = buffer;
      runStart = start;
      runEnd = end;
    },
    insert(text) {
      closeRun();
      parts.push(Buffer.from(text, 'utf8'));
    },
    take() {
      closeRun();
      const taken = parts;
      parts = [];
      return taken.length < 2 ? taken[0] : Buffer.concat(taken);
    },
  };

  function closeRun(): void {
    if (run === undefined) return;
    parts.push(runStart === 0 && runEnd === run.length ? run : run.subarray(runStart, runEnd));
    run = undefined;
  }
}
