import { useSyncExternalStore } from 'react';
import type { LiveState } from './live.ts';
import { usePageLine } from './page-line.ts';

/** Whether what is shown follows the office at once, or only now and then because there is no line at the moment. */
export function useLive(): LiveState {
  const line = usePageLine();
  return useSyncExternalStore(line.subscribe, line.state);
}
