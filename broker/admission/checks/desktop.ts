import type { Check } from '../check.ts';

/**
 * The desktop exists in the person's own organisation and is in service. Another organisation's desktop is unknown, not
 * forbidden. Whether a pool that was asked for has one left is told later, with what else becomes free.
 */
export const desktop: Check = {
  name: 'desktop',
  reason: ({ desktop, pool }) => {
    if (desktop !== undefined) return desktop.status === 'active' ? undefined : 'desktop-disabled';
    return pool?.asked === true ? undefined : 'desktop-unknown';
  },
};
