import type { Check } from '../check.ts';

/** A session is for one duty that the person holds now; its zone and class are the session's. */
export const duty: Check = { name: 'duty', reason: ({ duty }) => (duty === undefined ? 'duty-not-held' : undefined) };
