import type { Check } from '../check.ts';

/** The desktop exists in the person's own organisation and is in service. Another organisation's desktop is unknown, not forbidden. */
export const desktop: Check = {
  name: 'desktop',
  reason: ({ desktop }) => {
    if (desktop === undefined) return 'desktop-unknown';
    return desktop.status === 'active' ? undefined : 'desktop-disabled';
  },
};
