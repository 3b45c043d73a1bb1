import type { Check } from '../check.ts';

/**
 * A pool hands one person's desktop to the next. That needs personal OS log-ins, or a clean-up that is proved before the
 * next person enters: otherwise somebody would be shown another person's screen.
 */
export const pool: Check = {
  name: 'pool',
  reason: ({ pool, desktop }) => {
    if (pool === undefined) return undefined;
    if (pool.status === 'disabled') return desktop?.status === 'disabled' ? undefined : 'desktop-disabled';
    return pool.logIn === 'shared' && pool.cleanUp === 'none' ? 'pool-unsuitable' : undefined;
  },
};
