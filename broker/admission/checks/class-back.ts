import { backAt } from '../../policy/due.ts';
import type { Check } from '../check.ts';

/** In recovery classes are let in again stage by stage. Who holds a session keeps it. */
export const classBack: Check = {
  name: 'class back',
  reason: ({ policy, level, duty, occupancy, at }) => {
    if (policy === undefined || duty === undefined || occupancy.mine) return undefined;
    const back = backAt(policy, level, duty.class);
    return back !== undefined && back > at ? 'class-not-back-yet' : undefined;
  },
};
