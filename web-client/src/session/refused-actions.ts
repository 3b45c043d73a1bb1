export type RefusedAction = 'paste' | 'drop' | 'copy';

/**
 * Nothing goes in or out of the session's page by clipboard or by dragging: each try is refused at once and reported,
 * so that it can be explained. The desktop never sees it, and the browser shows no menu of its own over the display.
 */
export function refuseTransfers(page: HTMLElement, onRefused: (action: RefusedAction) => void): () => void {
  const listening = new AbortController();
  const refuse = (events: readonly string[], action: RefusedAction | undefined): void => {
    for (const name of events) {
      page.addEventListener(
        name,
        (event) => {
          event.preventDefault();
          if (action !== undefined) onRefused(action);
        },
        { signal: listening.signal },
      );
    }
  };
  refuse(['paste'], 'paste');
  refuse(['drop'], 'drop');
  refuse(['copy', 'cut'], 'copy');
  refuse(['dragenter', 'dragover', 'dragstart', 'contextmenu'], undefined);
  return () => listening.abort();
}
