import { UsageError } from '../errors.ts';

/** Needed only where there are several organisations. */
export const ORGANISATION = { organisation: { type: 'string', short: 'o' } } as const;

/** The value, if it is among those allowed. @throws UsageError that names them */
export function oneOf<const T extends string>(allowed: readonly T[], given: string | undefined, option: string): T {
  const found = allowed.find((value) => value === given);
  if (found === undefined) throw new UsageError(`${option}: ${allowed.join(' | ')}`);
  return found;
}

/** @throws UsageError where it is missing */
export function required(given: string | undefined, option: string): string {
  if (given === undefined || given === '') throw new UsageError(option);
  return given;
}
