import type { Policy } from './policy.ts';

/** The limits that a request of this organisation must fit into. */
export function seatLimitsFor({ seats }: Pick<Policy, 'seats'>, organisationName: string): { scope: 'total' | 'organisation'; seats: number }[] {
  const own = Object.hasOwn(seats.organisations, organisationName) ? seats.organisations[organisationName] : undefined;
  return [
    ...(seats.total === undefined ? [] : [{ scope: 'total' as const, seats: seats.total }]),
    ...(own === undefined ? [] : [{ scope: 'organisation' as const, seats: own }]),
  ];
}
