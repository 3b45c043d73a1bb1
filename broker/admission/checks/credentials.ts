import type { Check } from '../check.ts';

/** A desktop that asks for its own log-in cannot be entered without; last, so that nobody types it in vain. */
export const credentials: Check = {
  name: 'credentials',
  reason: ({ desktop, credentials }) => (desktop !== undefined && credentials === 'missing' ? 'desktop-credentials-required' : undefined),
};
