import type { Reach } from '../authorization/index.ts';

/** What whoever imports may do. Undefined: not at all. */
export type ImportScope = {
  readonly organisationId: string;
  /** Absent for the command line. */
  readonly personId?: string;
  readonly people: Reach['units'];
  readonly roles: Reach['units'] | undefined;
  readonly duties: Reach['units'] | undefined;
  /** How far ahead accounts of loaned staff may end, in seconds; undefined: none are made. */
  readonly loans?: { readonly now: Date; readonly longest: number };
};

export const reaches = (units: Reach['units'] | undefined, unitId: string): boolean => units === 'all' || (units !== undefined && units.includes(unitId));
