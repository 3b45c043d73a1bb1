import { useSyncExternalStore } from 'react';

/** The browser's full screen, in which it also gives the desktop the keys that it keeps for itself in a window (Win, Alt+Tab), where it can. */
export function useFullScreen() {
  const on = useSyncExternalStore(subscribe, () => document.fullscreenElement !== null);
  return { on, possible: document.fullscreenEnabled, toggle };
}

async function toggle(): Promise<void> {
  const { keyboard } = navigator as Navigator & { keyboard?: { lock?(): Promise<void>; unlock?(): void } };
  if (document.fullscreenElement !== null) {
    keyboard?.unlock?.();
    await document.exitFullscreen();
    return;
  }
  await document.documentElement.requestFullscreen({ navigationUI: 'hide' });
  // A browser that keeps its keys to itself keeps them; the display works all the same.
  await keyboard?.lock?.().catch(() => undefined);
}

function subscribe(listener: () => void): () => void {
  document.addEventListener('fullscreenchange', listener);
  return () => document.removeEventListener('fullscreenchange', listener);
}
