/** When the gateway last heard of this sign-in from this page because of its person, as far as the page knows. In milliseconds since 1970. */
let last = Date.now();
/** When the person last did something on this page; opening it is something. */
let lastHand = Date.now();

/** A page that nobody has touched for so long, in milliseconds, asks for itself alone. */
const UNATTENDED_AFTER = 60_000;
const KINDS = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;

for (const kind of KINDS) window.addEventListener(kind, () => (lastHand = Date.now()), { capture: true, passive: true });

/** Whether somebody is at the page, so that what it asks is asked for a person and keeps the sign-in in use. */
export const isAttended = (now = Date.now()): boolean => now - lastHand < UNATTENDED_AFTER;

/** To be told of each call that was answered and was asked for a person, and of whatever is done on a desktop. */
export function noteActivity(at = Date.now()): void {
  last = at;
}

export const lastActivity = (): number => last;

/** Listens to what is done on a desktop, which the relay tells the gateway of. @returns the way to stop */
export function noteInput(): () => void {
  const heard = () => noteActivity();
  for (const kind of KINDS) window.addEventListener(kind, heard, { capture: true, passive: true });
  return () => {
    for (const kind of KINDS) window.removeEventListener(kind, heard, { capture: true });
  };
}
