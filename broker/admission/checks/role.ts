import type { Check } from '../check.ts';

/** Desktops are for staff. Whoever only administers or oversees enters none. */
export const role: Check = { name: 'role', reason: ({ staff }) => (staff ? undefined : 'role-not-held') };
