/**
 * The streams that guacd has open toward the browser. Only a stream that an allowed opener opened may carry blobs; what
 * a refused opener opened is remembered, so that its blobs are counted with it.
 */
export type ServerStreams = {
  /** True when an allowed stream was open on this index, which the caller has to end for the browser. */
  openAllowed(index: number): boolean;
  /** The same for a refused opener; `kind` is what its bytes are counted under. */
  openRefused(index: number, kind: string): boolean;
  /** `true`: the stream is allowed; a string: it was refused, under this kind; undefined: nobody opened it. */
  standing(index: number): true | string | undefined;
  /** A blob of an allowed stream went to the browser, which acknowledges each. */
  blobSent(index: number): void;
  close(index: number): void;
  /** Whether the browser owes an acknowledgement on this index; takes it off what it owes. */
  settleAcknowledgement(index: number): boolean;
};

/** Memory is bounded by the number of stream indices, which the caller checks. */
export function createServerStreams(): ServerStreams {
  const standings = new Map<number, true | string>();
  const owed = new Map<number, number>();
  return {
    openAllowed: (index) => replace(index, true),
    openRefused: (index, kind) => replace(index, kind),
    standing: (index) => standings.get(index),
    blobSent(index) {
      owed.set(index, (owed.get(index) ?? 0) + 1);
    },
    close(index) {
      standings.delete(index);
    },
    settleAcknowledgement(index) {
      const blobs = owed.get(index);
      if (blobs === undefined) return false;
      if (blobs > 1) owed.set(index, blobs - 1);
      else owed.delete(index);
      return true;
    },
  };

  function replace(index: number, standing: true | string): boolean {
    const open = standings.get(index) === true;
    standings.set(index, standing);
    return open;
  }
}
