import { useCallback, useEffect, useState } from 'react';
import type { RefusedAction } from './refused-actions.ts';

export type SessionMessage = RefusedAction | 'wayOut' | 'runningOut';
const shownForMs = 8_000;

/** One short message at a time, gone by itself. The same one again counts as new, so that it is read out again. */
export function useMessages() {
  const [message, setMessage] = useState<{ readonly name: SessionMessage; readonly count: number } | null>(null);
  const say = useCallback((name: SessionMessage) => setMessage((before) => ({ name, count: (before?.count ?? 0) + 1 })), []);
  useEffect(() => {
    if (message === null) return;
    const timer = setTimeout(() => setMessage(null), shownForMs);
    return () => clearTimeout(timer);
  }, [message]);
  return { message, say };
}
