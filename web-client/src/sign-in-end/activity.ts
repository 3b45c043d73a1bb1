/** When the gateway last heard of this sign-in from this page, as far as the page knows. In milliseconds since 1970. */
let last = Date.now();

/** To be told of each call that was answered, and of whatever is done on a desktop. */
export function noteActivity(at = Date.now()): void {
  last = at;
}

export const lastActivity = (): number => last;

/** Listens to what is done on a desktop, which the relay tells the gateway of. @returns the way to stop */
export function noteInput(): () => void {
  const heard = () => noteActivity();
  const kinds = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;
  for (const kind of kinds) window.addEventListener(kind, heard, { capture: true, passive: true });
  return () => {
    for (const kind of kinds) window.removeEventListener(kind, heard, { capture: true });
  };
}
