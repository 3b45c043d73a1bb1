import type { Check } from '../check.ts';

/** Nobody is ever shown another person's screen. Only those whom the desktop is assigned to are told that it is in use. */
export const desktopFree: Check = {
  name: 'desktop free',
  reason: ({ desktop, assigned, occupancy: { mine, others, residualOfAnother } }) => {
    if (desktop === undefined || !assigned || mine) return undefined;
    if (desktop.kind === 'multi-session') return others + 1 > desktop.sessions ? 'desktop-in-use' : undefined;
    if (others > 0) return 'desktop-in-use';
    return residualOfAnother ? 'residual-session' : undefined;
  },
};
