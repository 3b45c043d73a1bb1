import type { Role } from '../../port.ts';
import type { FoundRow, Planning } from './planning.ts';

/** Roles that one person must not hold together, as the database knows them. `roles` is all that the person would hold. */
export function refuseIncompatible(row: FoundRow, roles: readonly Role[], { state, findings }: Pick<Planning, 'state' | 'findings'>): void {
  const pair = state.conflicts.find(({ role, other }) => roles.includes(role) && roles.includes(other));
  if (pair !== undefined) findings.cell(row, 'roles', row.cells.roles, 'roles-incompatible', `${pair.role};${pair.other}`);
}
