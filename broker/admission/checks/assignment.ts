import type { Check } from '../check.ts';

/** Only the people a desktop or its pool is assigned to may ask for it. */
export const assignment: Check = {
  name: 'assignment',
  reason: ({ desktop, pool, assigned }) => (assigned || (desktop === undefined && pool?.asked !== true) ? undefined : 'desktop-not-assigned'),
};
