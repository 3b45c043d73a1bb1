import type { Check } from '../check.ts';

/** Nobody is ever shown another person's screen. Only those whom the desktop or its pool is assigned to are told that it is in use, or that none is left. */
export const desktopFree: Check = {
  name: 'desktop free',
  reason: ({ desktop, pool, assigned, occupancy: { mine, others, residualOfAnother } }) => {
    if (!assigned) return undefined;
    if (desktop === undefined) return pool?.asked === true && pool.status === 'active' ? 'pool-exhausted' : undefined;
    if (mine) return undefined;
    if (desktop.kind === 'multi-session') return others + 1 > desktop.sessions ? 'desktop-in-use' : undefined;
    if (others > 0) return 'desktop-in-use';
    return residualOfAnother ? 'residual-session' : undefined;
  },
};
