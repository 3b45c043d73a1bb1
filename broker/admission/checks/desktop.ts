import type { Check } from '../check.ts';

/**
 * The desktop exists in the person's own organisation and is in service. Another organisation's desktop is unknown, not
 * forbidden. A pool that was asked for may have none left, which only those who may use it are told.
 */
export const desktop: Check = {
  name: 'desktop',
  reason: ({ desktop, pool, assigned }) => {
    if (desktop !== undefined) return desktop.status === 'active' ? undefined : 'desktop-disabled';
    if (pool?.asked !== true) return 'desktop-unknown';
    return assigned && pool.status === 'active' ? 'pool-exhausted' : undefined;
  },
};
