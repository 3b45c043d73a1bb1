import Guacamole from 'guacamole-common-js';

/** Mouse, pen and touch on the remote `screen` inside `view`; the desktop's own pointer shape becomes the local one. */
export function attachPointer(view: HTMLElement, screen: HTMLElement, client: Guacamole.Client): { detach(): void } {
  const display = client.getDisplay();
  const mouse = new Guacamole.Mouse(screen);
  const touch = new Guacamole.Mouse.Touchscreen(screen);
  let held = new Guacamole.Mouse.State(0, 0, false, false, false, false, false);

  const send = (state: Guacamole.Mouse.State): void => {
    held = within(state, display);
    client.sendMouseState(held);
  };
  for (const device of [mouse, touch] as unknown as PointerDevice[]) {
    device.onEach(['mousedown', 'mouseup', 'mousemove'], ({ state, type }) => {
      if (type === 'mousedown') view.focus({ preventScroll: true });
      display.showCursor(device === (touch as unknown as PointerDevice));
      send(state);
    });
  }
  // The local pointer takes the shape of the remote one, so that it follows the hand without the line's delay.
  display.oncursor = (canvas, x, y) => {
    if (mouse.setCursor(canvas, x, y)) display.showCursor(false);
  };

  const letGo = (): void => {
    if (held.left || held.middle || held.right) send(released(held, display));
  };
  const listening = new AbortController();
  window.addEventListener('blur', letGo, { signal: listening.signal });
  return {
    detach: () => {
      letGo();
      listening.abort();
    },
  };
}

/** In the remote screen's own pixels, and never outside of it. */
function within(state: Guacamole.Mouse.State, display: Guacamole.Display): Guacamole.Mouse.State {
  const clamp = (at: number, size: number): number => Math.min(Math.max(0, Math.floor(at / display.getScale())), Math.max(0, size - 1));
  return new Guacamole.Mouse.State(
    clamp(state.x, display.getWidth()),
    clamp(state.y, display.getHeight()),
    state.left,
    state.middle,
    state.right,
    state.up,
    state.down,
  );
}

function released({ x, y }: Guacamole.Mouse.State, display: Guacamole.Display): Guacamole.Mouse.State {
  const scale = display.getScale();
  return new Guacamole.Mouse.State(x * scale, y * scale, false, false, false, false, false);
}

/** Guacamole.Event.Target's way of listening, as modules/Event.js has it. */
type PointerDevice = { onEach(types: string[], listener: (event: { type: string; state: Guacamole.Mouse.State }) => void): void };
