import type { Findings } from '../findings.ts';
import type { Change, Plan } from '../plan.ts';
import { reaches } from '../scope.ts';
import { plainPath } from '../unit-paths.ts';
import type { PeopleColumn } from './columns.ts';
import { changesOf, planChange } from './plan-change.ts';
import { planNew } from './plan-new.ts';
import type { FoundRow, Planning } from './planning.ts';
import type { PersonRow } from './row.ts';
import type { ChangedRow, NewRow, PeopleWork } from './work.ts';

/** What the rows of a file would do to the people there are. Pure: it sees the state that it is given. */
export function planPeople(rows: readonly PersonRow[], planning: Planning): Plan<PeopleWork> {
  const { state, scope, findings } = planning;
  const found = rows.map((row) => lookUp(row, planning));
  refuseTwice(found, findings);
  const add: NewRow[] = [];
  const change: ChangedRow[] = [];
  const changes: Change[] = [];
  let unchanged = 0;
  for (const row of found) {
    const known = row.username === undefined ? undefined : state.people.get(row.username);
    if (known !== undefined && (known.organisationId !== scope.organisationId || !reaches(scope.people, known.unitId))) findings.cell(row, 'username', row.cells.username, 'taken');
    else if (known !== undefined) {
      const planned = planChange(row, known, planning);
      if (findings.spoils(row)) continue;
      const columns = changesOf(row, known, planned, state);
      if (columns.length === 0) unchanged += 1;
      else {
        change.push(planned);
        changes.push({ line: row.line, kind: 'change', name: known.username, columns });
      }
    } else {
      const planned = planNew(row, planning);
      if (planned === undefined || findings.spoils(row)) continue;
      add.push(planned.work);
      changes.push({ line: row.line, kind: 'add', name: planned.work.username, columns: planned.columns });
    }
  }
  keepAnAdministrator(found, { add, change }, planning);
  const grantsRoles = change.some(({ grant, revoke }) => grant.length + revoke.length > 0) || add.some(({ roles }) => roles.some((role) => role !== 'staff'));
  return { rows: rows.length, added: add.length, changed: change.length, unchanged, changes, errors: findings.all(), work: { add, change, grantsRoles } };
}

function lookUp(row: PersonRow, { state, scope, findings }: Planning): FoundRow {
  const unitId = row.unit === undefined ? undefined : state.units.get(plainPath(row.unit));
  const reached = unitId !== undefined && reaches(scope.people, unitId);
  if (row.unit !== undefined && !reached) findings.cell(row, 'unit', row.cells.unit, 'unknown-unit');
  const dutyIds = row.duties?.flatMap((name) => {
    const id = state.duties.get(name);
    if (id === undefined) findings.cell(row, 'duties', row.cells.duties, 'unknown-duty', name);
    return id ?? [];
  });
  return { ...row, ...(reached && { unitId }), ...(dutyIds !== undefined && { dutyIds }) };
}

function refuseTwice(rows: readonly FoundRow[], findings: Findings<PeopleColumn>): void {
  const seen = new Set<string>();
  for (const row of rows) {
    if (row.username === undefined) continue;
    if (seen.has(row.username)) findings.cell(row, 'username', row.cells.username, 'twice-in-file');
    seen.add(row.username);
  }
}

/** Somebody who can let the others in again stays: who is suspended cannot. The last row that would take one is told. */
function keepAnAdministrator(rows: readonly FoundRow[], { add, change }: Pick<PeopleWork, 'add' | 'change'>, { state, findings }: Planning): void {
  const left = new Set(state.administrators);
  const known = new Map([...state.people.values()].map((person) => [person.id, person]));
  let last: ChangedRow | undefined;
  for (const planned of change) {
    const { personId, grant, revoke } = planned;
    const { status = 'disabled', roles = [] } = known.get(personId) ?? {};
    const active = (planned.status ?? status) === 'active';
    const held = grant.includes('system-admin') || (roles.includes('system-admin') && !revoke.includes('system-admin'));
    if (active && held) left.add(personId);
    else if (left.delete(personId)) last = planned;
  }
  const added = add.some(({ roles, status, grantedUnit }) => status === 'active' && grantedUnit === null && roles.includes('system-admin'));
  if (last === undefined || added || left.size > 0) return;
  const row = rows.find(({ username }) => username !== undefined && state.people.get(username)?.id === last.personId)!;
  const column = last.status === 'disabled' ? 'status' : 'roles';
  findings.cell(row, column, row.cells[column], 'contradiction', 'last-administrator');
}
