import type { Code } from '../codes.ts';
import type { Entry, SeatState } from './entry.ts';

/** Which desktops are left while the queue is walked through. */
export type Machines = {
  /** Why there is none for this place. */
  whyNone(entry: Entry): Code | undefined;
  /**
   * One of the pool was given in this walk, and it may have been this very desktop: which one a pool gives is known once it is given. The place keeps
   * its turn until then.
   */
  isInDoubt(entry: Entry): boolean;
  take(entry: Entry): void;
};

export function machinesOf({ poolRoom, desktopRoom }: Pick<SeatState, 'poolRoom' | 'desktopRoom'>): Machines {
  const [pools, desktops] = [new Map(poolRoom), new Map(desktopRoom)];
  const given = new Set<string>();
  const takeOne = (room: Map<string, number>, id: string | undefined) => id !== undefined && room.has(id) && room.set(id, room.get(id)! - 1);
  const isLeft = (room: Map<string, number>, id: string) => (room.get(id) ?? 0) > 0;
  return {
    whyNone({ desktopId, poolId, own }) {
      if (own) return undefined;
      // A desktop that nothing is said of is free.
      if (desktopId !== undefined) return desktops.has(desktopId) && !isLeft(desktops, desktopId) ? 'desktop-in-use' : undefined;
      return poolId !== undefined && isLeft(pools, poolId) ? undefined : 'pool-exhausted';
    },
    isInDoubt: ({ desktopId, poolId, own }) => !own && desktopId !== undefined && poolId !== undefined && given.has(poolId),
    take({ desktopId, poolId, own }) {
      if (own) return;
      takeOne(pools, poolId);
      if (desktopId !== undefined) takeOne(desktops, desktopId);
      else if (poolId !== undefined) given.add(poolId);
    },
  };
}
