import Guacamole from 'guacamole-common-js';
import { attachKeyboard, type KeyboardInput } from './keyboard-input.ts';
import { attachPointer } from './pointer-input.ts';
import { createRelayTunnel } from './relay-tunnel.ts';
import { scaleToFit, wantedSize } from './sizing.ts';

const resizeAfterMs = 300;

export type ConnectionEvents = {
  /** The first picture is on the screen. */
  onShown(): void;
  /** Called once; the status is the relay's, or `lineLost`. */
  onEnded(status: number): void;
  onRoundTrip(milliseconds: number): void;
  onSilence(): void;
  /** The person asked for the keyboard back. */
  onWayOut(): void;
  onPasteKeys(): void;
  /** Goes into the relay's address: that it is opened on a registered device. Never rejects. */
  proof(): Promise<Readonly<Record<string, string>>>;
};

export type Connection = {
  /** Presses the keys in order and lets them go in reverse, as one chord. */
  chord(keysyms: readonly number[]): void;
  /** Gives the keyboard to the desktop. */
  focus(): void;
  /** Leaves: the relay parks the session. Fires no further event. */
  leave(): void;
};

/**
 * Shows the desktop behind `path` (a lease's relay) in `view`, an empty focusable element, and carries its input. Follows
 * the size of the view; a desktop that does not change its own is scaled instead.
 */
export function connect(view: HTMLElement, path: string, events: ConnectionEvents): Connection {
  let over = false;
  let firstError: number | undefined;
  const end = (status: number): void => {
    if (over) return;
    over = true;
    release();
    events.onEnded(firstError ?? status);
  };

  const tunnel = createRelayTunnel(path, { onClosed: end, onRoundTrip: events.onRoundTrip, onSilence: events.onSilence });
  const client = new Guacamole.Client(tunnel);
  const display = client.getDisplay();
  const screen = display.getElement();
  view.append(screen);

  Object.assign(client, {
    onerror: ({ code }) => {
      firstError ??= code;
    },
    onstatechange: (state) => {
      if (state === Guacamole.Client.State.CONNECTED) events.onShown();
    },
  } satisfies Partial<Guacamole.Client>);

  const fit = (): void => {
    const scale = scaleToFit({ width: display.getWidth(), height: display.getHeight() }, viewSize(view));
    if (scale !== display.getScale()) display.scale(scale);
  };
  Object.assign(display, { onresize: fit } satisfies Partial<Guacamole.Display>);

  let asked = wantedSize(viewSize(view));
  const follow = debounced(resizeAfterMs, () => {
    const wanted = wantedSize(viewSize(view));
    if (wanted.width === asked.width && wanted.height === asked.height) return;
    asked = wanted;
    client.sendSize(wanted.width, wanted.height);
  });
  const watch = new ResizeObserver(() => {
    fit();
    follow.soon();
  });
  watch.observe(view);

  const keyboard: KeyboardInput = attachKeyboard(view, {
    send: (pressed, keysym) => client.sendKeyEvent(pressed, keysym),
    onWayOut: events.onWayOut,
    onPasteKeys: events.onPasteKeys,
  });
  const pointer = attachPointer(view, screen, client);

  const release = (): void => {
    watch.disconnect();
    follow.cancel();
    keyboard.detach();
    pointer.detach();
  };

  const begin = async (): Promise<void> => {
    const proof = await events.proof();
    if (!over) client.connect(new URLSearchParams({ width: `${asked.width}`, height: `${asked.height}`, dpi: '96', timezone: 'Asia/Tokyo', ...proof }).toString());
  };
  void begin();

  return {
    chord: keyboard.chord,
    focus: () => view.focus({ preventScroll: true }),
    leave: () => {
      over = true;
      release();
      client.disconnect();
      screen.remove();
    },
  };
}

function viewSize({ clientWidth, clientHeight }: HTMLElement) {
  return { width: clientWidth, height: clientHeight };
}

function debounced(afterMs: number, work: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    soon: () => {
      clearTimeout(timer);
      timer = setTimeout(work, afterMs);
    },
    cancel: () => clearTimeout(timer),
  };
}
