import type { Change, Plan } from '../plan.ts';
import { planDesktopChange } from './plan-change.ts';
import { planNewDesktop } from './plan-new.ts';
import { usualPort, type DesktopPlanning, type FoundDesktop } from './planning.ts';
import type { DesktopRow } from './row.ts';
import { addressOf } from './state.ts';
import type { ChangedDesktopRow, DesktopsWork, NewDesktopRow } from './work.ts';

/** What the rows of a file would do to the desktops there are. Pure: it sees the state that it is given. */
export function planDesktops(rows: readonly DesktopRow[], planning: DesktopPlanning): Plan<DesktopsWork> {
  const { state, findings } = planning;
  const found = rows.map((row) => lookUp(row, planning));
  refuseTwice(found, planning);
  const add: NewDesktopRow[] = [];
  const change: ChangedDesktopRow[] = [];
  const changes: Change[] = [];
  let unchanged = 0;
  for (const row of found) {
    const known = row.name === undefined ? undefined : state.desktops.get(row.name);
    const planned = known === undefined ? undefined : planDesktopChange(row, known, planning);
    const fresh = known === undefined ? planNewDesktop(row, planning) : undefined;
    if (findings.spoils(row)) continue;
    if (fresh !== undefined) {
      add.push(fresh.work);
      changes.push({ line: row.line, kind: 'add', name: fresh.work.name, columns: fresh.columns });
    } else if (planned !== undefined && planned.columns.length > 0) {
      change.push(planned.work);
      changes.push({ line: row.line, kind: 'change', name: row.name ?? '', columns: planned.columns });
    } else if (planned !== undefined) unchanged += 1;
  }
  return { rows: rows.length, added: add.length, changed: change.length, unchanged, changes, errors: findings.all(), work: { add, change } };
}

function lookUp({ pool: poolName, ...row }: DesktopRow, { state, findings }: DesktopPlanning): FoundDesktop {
  const pool = poolName === undefined || poolName === null ? poolName : state.pools.get(poolName);
  if (typeof poolName === 'string' && pool === undefined) findings.cell(row, 'pool', row.cells.pool, 'unknown-pool');
  const people = row.assignedTo?.flatMap((username) => {
    const id = state.people.get(username);
    if (id === undefined) findings.cell(row, 'assigned_to', row.cells.assigned_to, 'unknown-person', username);
    return id ?? [];
  });
  return { ...row, ...(pool !== undefined && { pool }), ...(people !== undefined && { people }) };
}

/** Two records of one address would show one person another's screen. */
function refuseTwice(rows: readonly FoundDesktop[], { state, findings }: DesktopPlanning): void {
  const names = new Set<string>();
  const addresses = new Set<string>();
  for (const row of rows) {
    if (row.name !== undefined && names.has(row.name)) findings.cell(row, 'name', row.cells.name, 'twice-in-file');
    else if (row.name !== undefined) names.add(row.name);
    const known = row.name === undefined ? undefined : state.desktops.get(row.name);
    const port = row.port ?? known?.port ?? usualPort(row);
    if (row.host === undefined || port === undefined) continue;
    const address = addressOf({ host: row.host, port });
    const owner = state.addresses.get(address);
    if (addresses.has(address)) findings.cell(row, 'host', row.cells.host, 'twice-in-file', address);
    else if (owner !== undefined && owner !== known?.id) findings.cell(row, 'host', row.cells.host, 'taken', address);
    addresses.add(address);
  }
}

