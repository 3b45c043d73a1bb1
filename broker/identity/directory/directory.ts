import type { DirectoryDeps } from './deps.ts';
import { createAccounts } from './accounts.ts';
import { createDuties } from './duties.ts';
import { createDutyChanges } from './duty-changes.ts';
import { createFirstAdministrator } from './first-administrator.ts';
import { createInviting } from './inviting.ts';
import { createOrganisations } from './organisations.ts';
import { createPeople } from './people.ts';
import { createRoles } from './roles.ts';

export type Directory = ReturnType<typeof createDirectory>;

/**
 * Organisations, units, people and duties: what the command line and the demo's data set up. Names are trimmed. What is
 * wrong with an input is a Refusal: `request-invalid`, `not-found` or, for a name that is taken, `conflict`.
 */
export function createDirectory(deps: DirectoryDeps) {
  return {
    ...createOrganisations(deps),
    ...createPeople(deps),
    ...createAccounts(deps),
    ...createRoles(deps),
    ...createDuties(deps),
    ...createDutyChanges(deps),
    ...createInviting(deps),
    firstAdministrator: createFirstAdministrator(deps),
  };
}
