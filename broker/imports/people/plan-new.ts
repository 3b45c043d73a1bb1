import type { Change } from '../plan.ts';
import { reaches } from '../scope.ts';
import { refuseIncompatible } from './incompatible.ts';
import type { FoundRow, Planning } from './planning.ts';
import { sayEnd } from './end-time.ts';
import { loanOf } from './term.ts';
import type { NewRow } from './work.ts';

/** Somebody to be added, with what the preview shows; undefined where the row does not say enough. */
export function planNew(row: FoundRow, { state, scope, findings }: Planning): { readonly work: NewRow; readonly columns: Change['columns'] } | undefined {
  const { username, displayName, unitId, language = 'ja', status = 'active', roles, dutyIds = [] } = row;
  refuseIncompatible(row, roles ?? [], { state, findings });
  if (roles !== undefined && roles.some((role) => role !== 'staff') && scope.roles !== 'all') findings.header('roles', 'not-allowed', 'roles.manage');
  if (dutyIds.length > 0 && unitId !== undefined && !reaches(scope.duties, unitId)) findings.header('duties', 'not-allowed', 'duties.assign');
  const loan = loanOf(row, { scope, findings });
  if (username === undefined || displayName === undefined || unitId === undefined) return undefined;
  const work: NewRow = { username, displayName, unitId, language, status, roles: roles ?? ['staff'], grantedUnit: scope.people === 'all' ? null : unitId, dutyIds, ...(loan && { loan }) };
  const shown = [
    ['username', username],
    ['display_name', displayName],
    ['unit', state.paths.get(unitId) ?? ''],
    ['language', language],
    ['roles', work.roles.join(';')],
    ['duties', (row.duties ?? []).join(';')],
    ['status', status],
    ['ends_at', loan === undefined ? '' : sayEnd(loan.endsAt)],
    ['loaned_from', loan?.from ?? ''],
  ] as const;
  return { work, columns: shown.filter(([, after]) => after !== '').map(([column, after]) => ({ column, before: null, after })) };
}
