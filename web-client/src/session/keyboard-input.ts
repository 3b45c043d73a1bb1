import Guacamole from 'guacamole-common-js';
import { japaneseKeysym } from './keysyms.ts';
import { createWayOut } from './way-out.ts';

export type KeyboardInput = { chord(keysyms: readonly number[]): void; detach(): void };
export type KeyboardEvents = {
  send(pressed: 0 | 1, keysym: number): void;
  onWayOut(): void;
  /** Ctrl+V or Shift+Insert: pressed first after coming back to this window, it may be meant for what was copied outside. */
  onPasteKeys(): void;
};

/**
 * While `view` has the focus, its keys belong to the desktop. Whatever is held when it loses the focus, or the window
 * does, is let go, so that no key stays down over there.
 */
export function attachKeyboard(view: HTMLElement, events: KeyboardEvents): KeyboardInput {
  const listening = new AbortController();
  const { signal } = listening;
  const wayOut = createWayOut();
  const keyboard = new Guacamole.Keyboard();
  const stroke = (keysym: number): void => {
    events.send(1, keysym);
    events.send(0, keysym);
  };

  view.addEventListener(
    'keydown',
    (event) => {
      wayOut.pressed(event);
      if (isPaste(event)) events.onPasteKeys();
      const japanese = japaneseKeysym(event);
      if (japanese === undefined) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      // Held down they would switch to and fro.
      if (!event.repeat) stroke(japanese);
    },
    { capture: true, signal },
  );
  view.addEventListener(
    'keyup',
    (event) => {
      if (japaneseKeysym(event) !== undefined) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
      if (!wayOut.released()) return;
      keyboard.reset();
      events.onWayOut();
    },
    { capture: true, signal },
  );
  Object.assign(keyboard, {
    // False keeps the browser from acting on the key as well.
    onkeydown: (keysym: number) => {
      events.send(1, keysym);
      return false;
    },
    onkeyup: (keysym: number) => events.send(0, keysym),
  } satisfies KeyHandlers);
  keyboard.listenTo(view);

  const letGo = (): void => keyboard.reset();
  view.addEventListener('blur', letGo, { signal });
  window.addEventListener('blur', letGo, { signal });
  document.addEventListener('visibilitychange', letGo, { signal });

  return {
    chord: (keysyms) => {
      keyboard.reset();
      for (const keysym of keysyms) events.send(1, keysym);
      for (const keysym of keysyms.toReversed()) events.send(0, keysym);
    },
    detach: () => {
      listening.abort();
      keyboard.reset();
      Object.assign(keyboard, { onkeydown: null, onkeyup: null } satisfies KeyHandlers);
    },
  };
}

type KeyHandlers = Pick<Guacamole.Keyboard, 'onkeydown' | 'onkeyup'>;

function isPaste({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean {
  return ((ctrlKey || metaKey) && key.toLowerCase() === 'v') || (shiftKey && key === 'Insert');
}
