import type { RelayLimits } from './limits.ts';

/** One end of the relay, as flow control sees it. */
export type FlowEnd = { bufferedBytes(): number; pause(): void; resume(): void };

export type FlowLimits = {
  readonly pauseAtBytes: number;
  readonly resumeBelowBytes: number;
  readonly capBytes: number;
};

/** Stops reading from `source` while `sink` does not take what was read, so that neither side can fill the memory. */
export type FlowControl = {
  /** To be called after each write to the sink; false when it has passed the cap and the session must end. */
  written(): boolean;
  /** To be called when the sink has taken something. */
  drained(): void;
  paused(): boolean;
};

export function createFlowControl(source: Pick<FlowEnd, 'pause' | 'resume'>, sink: Pick<FlowEnd, 'bufferedBytes'>, limits: FlowLimits): FlowControl {
  let paused = false;
  return {
    written() {
      const buffered = sink.bufferedBytes();
      if (buffered >= limits.pauseAtBytes && !paused) {
        paused = true;
        source.pause();
      }
      return buffered <= limits.capBytes;
    },
    drained() {
      if (!paused || sink.bufferedBytes() >= limits.resumeBelowBytes) return;
      paused = false;
      source.resume();
    },
    paused: () => paused,
  };
}

export function toBrowserLimits(limits: RelayLimits): FlowLimits {
  return { pauseAtBytes: limits.pauseGuacdAtBytes, resumeBelowBytes: limits.resumeGuacdBelowBytes, capBytes: limits.browserBufferCapBytes };
}

/** Node.js tells when everything has been taken, so the browser is read again at the first drain. */
export function toGuacdLimits(limits: RelayLimits): FlowLimits {
  return { pauseAtBytes: limits.pauseBrowserAtBytes, resumeBelowBytes: limits.pauseBrowserAtBytes, capBytes: limits.guacdBufferCapBytes };
}
