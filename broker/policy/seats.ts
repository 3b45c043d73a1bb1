import type { Policy } from './policy.ts';

/** The limits that a request of this organisation must fit into. */
export function seatLimitsFor({ capacity }: Pick<Policy, 'capacity'>, organisationName: string): { scope: 'total' | 'organisation'; seats: number }[] {
  const own = capacity.shares.find(({ path }) => path.length === 1 && path[0] === organisationName)?.most;
  return [
    ...(capacity.total === undefined ? [] : [{ scope: 'total' as const, seats: capacity.total }]),
    ...(own === undefined ? [] : [{ scope: 'organisation' as const, seats: own }]),
  ];
}
