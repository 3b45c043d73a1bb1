const modifiers = new Set(['Control', 'Alt', 'Shift']);

export type WayOut = { pressed(event: { key: string; ctrlKey: boolean; altKey: boolean; shiftKey: boolean }): void; /** True when this release completes the shortcut. */ released(): boolean };

/**
 * Ctrl+Alt+Shift, pressed together and let go with nothing else pressed in between: the one combination that the remote
 * desktop does not get, because it is how the keyboard leaves the display.
 */
export function createWayOut(): WayOut {
  let armed = false;
  return {
    pressed({ key, ctrlKey, altKey, shiftKey }) {
      armed = (modifiers.has(key) || key === 'Meta') && ctrlKey && altKey && shiftKey;
    },
    released() {
      const completes = armed;
      armed = false;
      return completes;
    },
  };
}
