import type { People } from '../port.ts';
import { createAccounts } from './accounts.ts';
import type { PeopleDeps } from './deps.ts';
import { createDuties } from './duties.ts';
import { createImporting } from './importing.ts';
import { createProviderAccounts } from './provider.ts';
import { createRoles } from './roles.ts';
import { createUnits } from './units.ts';

/** The directory for those who administer it: each call asks first what their roles allow, and how far. */
export function createPeople(deps: PeopleDeps): People {
  return { ...createUnits(deps), ...createAccounts(deps), ...createRoles(deps), ...createDuties(deps), ...createImporting(deps), ...createProviderAccounts(deps) };
}
