import type { MarkKind, TeleworkState } from '../port.ts';

const NEXT: Readonly<Record<TeleworkState, Partial<Readonly<Record<MarkKind, TeleworkState>>>>> = {
  off: { start: 'working' },
  working: { pause: 'paused', end: 'off' },
  // Who does not come back from a pause ends from there.
  paused: { resume: 'working', end: 'off' },
};

/** What a mark leads to; undefined where it cannot follow. */
export function stateAfter(state: TeleworkState, kind: MarkKind): TeleworkState | undefined {
  return NEXT[state][kind];
}
