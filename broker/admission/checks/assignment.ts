import type { Check } from '../check.ts';

/** One's own usual desktop: only the people it is assigned to may ask for it. */
export const assignment: Check = {
  name: 'assignment',
  reason: ({ desktop, assigned }) => (desktop === undefined || assigned ? undefined : 'desktop-not-assigned'),
};
