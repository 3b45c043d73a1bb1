import type { Change } from '../plan.ts';
import { reaches } from '../scope.ts';
import { refuseIncompatible } from './incompatible.ts';
import type { FoundRow, Planning } from './planning.ts';
import type { KnownPerson, PeopleState } from './state.ts';
import { refuseAnotherTerm } from './term.ts';
import type { ChangedRow } from './work.ts';

/** What becomes of somebody who is there. */
export function planChange(row: FoundRow, known: KnownPerson, planning: Planning): ChangedRow {
  const { displayName, unitId, language, status, roles, dutyIds } = row;
  const held = known.duties.map(({ id }) => id);
  const planned: ChangedRow = {
    personId: known.id,
    ...(displayName !== undefined && displayName !== known.displayName && { displayName }),
    ...(unitId !== undefined && unitId !== known.unitId && { unitId }),
    ...(language !== undefined && language !== known.language && { language }),
    ...(status !== undefined && status !== known.status && { status }),
    grant: roles?.filter((role) => !known.roles.includes(role)) ?? [],
    revoke: roles === undefined ? [] : known.roles.filter((role) => !roles.includes(role)),
    assign: dutyIds?.filter((id) => !held.includes(id)) ?? [],
    unassign: dutyIds === undefined ? [] : held.filter((id) => !dutyIds.includes(id)),
  };
  refuseForbidden(row, known, planned, planning);
  return planned;
}

/** The same rules as for a change by hand. */
function refuseForbidden(row: FoundRow, known: KnownPerson, { grant, revoke, assign, unassign, ...plain }: ChangedRow, { state, scope, findings }: Planning): void {
  const own = known.id === scope.personId;
  refuseAnotherTerm(row, known, { findings });
  if (plain.status === 'active' && known.endsAt !== null && Date.parse(known.endsAt) <= (scope.loans?.now.getTime() ?? Infinity)) findings.cell(row, 'status', row.cells.status, 'contradiction', 'term-over');
  if (grant.length > 0) refuseIncompatible(row, [...(row.roles ?? []), ...known.byProvider, ...known.narrower.map(({ role }) => role)], { state, findings });
  if (own && plain.status === 'disabled') findings.cell(row, 'status', row.cells.status, 'contradiction', 'own-account');
  if (own && grant.length > 0) findings.cell(row, 'roles', row.cells.roles, 'contradiction', 'own-account');
  if (grant.length + revoke.length > 0 && scope.roles !== 'all') findings.header('roles', 'not-allowed', 'roles.manage');
  if (assign.length + unassign.length > 0 && !reaches(scope.duties, known.unitId)) findings.header('duties', 'not-allowed', 'duties.assign');
  // Whoever administers a unit only must not get at somebody whose roles reach further.
  const above = [...known.roles, ...known.byProvider].some((role) => role !== 'staff') || known.narrower.some(({ role, unitId }) => role !== 'staff' && !reaches(scope.people, unitId));
  if (scope.people !== 'all' && above && Object.keys(plain).length > 1) findings.cell(row, 'username', row.cells.username, 'not-allowed', 'roles.manage');
}

/** Each column that becomes another. */
export function changesOf(row: FoundRow, known: KnownPerson, { displayName, unitId, language, status, grant, revoke, assign, unassign }: ChangedRow, { paths }: PeopleState): Change['columns'] {
  return [
    ...(displayName === undefined ? [] : [{ column: 'display_name', before: known.displayName, after: displayName }]),
    ...(unitId === undefined ? [] : [{ column: 'unit', before: paths.get(known.unitId) ?? '', after: paths.get(unitId) ?? '' }]),
    ...(language === undefined ? [] : [{ column: 'language', before: known.language, after: language }]),
    ...(grant.length + revoke.length === 0 ? [] : [{ column: 'roles', before: known.roles.join(';'), after: (row.roles ?? []).join(';') }]),
    ...(assign.length + unassign.length === 0 ? [] : [{ column: 'duties', before: known.duties.map(({ name }) => name).join(';'), after: (row.duties ?? []).join(';') }]),
    ...(status === undefined ? [] : [{ column: 'status', before: known.status, after: status }]),
  ];
}
