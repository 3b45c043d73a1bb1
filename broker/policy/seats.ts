import type { Policy } from './policy.ts';

/** The limits that a request of this organisation must fit into. */
export function seatLimitsFor({ capacity }: Pick<Policy, 'capacity'>, organisationName: string): { scope: 'total' | 'organisation'; seats: number }[] {
  const own = Object.hasOwn(capacity.organisations, organisationName) ? capacity.organisations[organisationName] : undefined;
  return [
    ...(capacity.total === undefined ? [] : [{ scope: 'total' as const, seats: capacity.total }]),
    ...(own === undefined ? [] : [{ scope: 'organisation' as const, seats: own }]),
  ];
}
