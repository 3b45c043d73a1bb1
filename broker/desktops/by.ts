import type { Actor } from '../audit/index.ts';
import type { By } from '../leases/index.ts';

/** What every event of a change has: who made it, from where and in which organisation. */
export function circumstances({ address, ...actor }: By, organisationId: string): { readonly actor: Actor; readonly organisationId: string; readonly address: string | undefined } {
  return { actor, organisationId, address };
}
