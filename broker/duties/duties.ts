import type { Duties } from '../port.ts';
import { createAcknowledging } from './acknowledging.ts';
import { createDelegations } from './delegations.ts';
import type { DutiesDeps } from './deps.ts';
import { ownDuties } from './own.ts';

/** Duties (業務) for those who do them. */
export function createDuties(deps: DutiesDeps): Duties {
  return { own: ({ person, origin }) => ownDuties(deps, person, origin), ...createAcknowledging(deps), ...createDelegations(deps) };
}
