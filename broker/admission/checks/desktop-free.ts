import type { Check } from '../check.ts';

/** Nobody is ever shown another person's screen. Only those whom the desktop is assigned to are told that it is in use. */
export const desktopFree: Check = {
  name: 'desktop free',
  reason: ({ assigned, occupant }) => (assigned && occupant === 'somebody-else' ? 'desktop-in-use' : undefined),
};
