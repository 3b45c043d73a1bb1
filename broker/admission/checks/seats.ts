import { isDue } from '../../policy/due.ts';
import { whyNoSeat, type SeatAsk } from '../../seats/counts.ts';
import { hasRoomForAll } from '../../seats/room-for-all.ts';
import type { Check } from '../check.ts';
import { desktopFree } from './desktop-free.ts';

/**
 * The desktop's weight must fit into every limit; the last seats of all are kept for class P0, and what is guaranteed to others for them. Work
 * that is not due yet has what is left over. Nobody passes those who wait before. Who already holds a seat keeps it.
 */
export const seats: Check = {
  name: 'seats',
  reason: (facts) => {
    const { policy, desktop, duty, occupancy, seats, level, before, at } = facts;
    if (desktop === undefined || occupancy.mine) return undefined;
    const { reserve, surplusKeeps } = policy?.capacity ?? { reserve: 0, surplusKeeps: 0 };
    const due = policy === undefined || duty === undefined || isDue(policy, level, duty, at);
    const ask: SeatAsk = { weight: desktop.weight, class: duty?.class ?? 'P0', due, reserve, surplusKeeps };
    const missing = whyNoSeat(seats, ask);
    if (missing !== undefined || before === undefined) return missing;
    // Whoever finds the desktop taken has heard why.
    const machineIsWantedBefore = before.machine && desktopFree.reason(facts) === undefined;
    return machineIsWantedBefore || !hasRoomForAll(seats, ask, before) ? 'others-before' : undefined;
  },
};
