import type { Change } from '../plan.ts';
import { refuseContradictions } from './contradictions.ts';
import type { DesktopPlanning, FoundDesktop } from './planning.ts';
import type { KnownDesktop } from './state.ts';
import type { ChangedDesktopRow } from './work.ts';

/** What becomes of a desktop that is there, with what the preview shows. */
export function planDesktopChange(row: FoundDesktop, known: KnownDesktop, { findings }: DesktopPlanning): { readonly work: ChangedDesktopRow; readonly columns: Change['columns'] } {
  const { host, port, kind, sessions, weight, status, pool, people } = row;
  const held = known.assignedTo.map(({ id }) => id);
  const work: ChangedDesktopRow = {
    desktopId: known.id,
    ...(host !== undefined && host !== known.host && { host }),
    ...(port !== undefined && port !== known.port && { port }),
    ...(kind !== undefined && kind !== known.kind && { kind }),
    ...(sessions !== undefined && sessions !== known.sessions && { sessions }),
    ...(weight !== undefined && weight !== known.weight && { weight }),
    ...(pool !== undefined && (pool?.id ?? null) !== known.poolId && { poolId: pool?.id ?? null, poolBefore: known.poolId }),
    ...(row.credentials === 'ask' && known.credentials === 'stored' && { credentials: 'ask' as const }),
    ...(status !== undefined && status !== known.status && { status }),
    assign: people?.filter((id) => !held.includes(id)) ?? [],
    unassign: people === undefined ? [] : held.filter((id) => !people.includes(id)),
  };
  refuseUnsafe(row, known, work, { findings });
  const credentials = work.credentials ?? known.credentials;
  // Of a pool that stays nothing new is asked.
  refuseContradictions(row, { protocol: known.protocol, kind: kind ?? known.kind, sessions: sessions ?? known.sessions, credentials, pool: work.poolId === undefined ? undefined : pool }, { findings });
  return { work, columns: columnsOf(row, known, work) };
}

/** What would show one person the screen of another, or a stored password to another machine. */
function refuseUnsafe(row: FoundDesktop, known: KnownDesktop, { host, port, kind, poolId, credentials }: ChangedDesktopRow, { findings }: Pick<DesktopPlanning, 'findings'>): void {
  const { cells } = row;
  if (row.protocol !== undefined && row.protocol !== known.protocol) findings.cell(row, 'protocol', cells.protocol, 'contradiction', known.protocol);
  const moved = host !== undefined ? ('host' as const) : port !== undefined ? ('port' as const) : undefined;
  if (moved !== undefined && known.credentials === 'stored' && credentials === undefined) findings.cell(row, moved, cells[moved], 'contradiction', 'stored');
  if (row.credentials === 'keep' && known.credentials === 'ask') findings.cell(row, 'credentials', cells.credentials, 'contradiction', 'ask');
  if (!known.occupied) return;
  const column = moved ?? (kind !== undefined ? ('kind' as const) : poolId !== undefined ? ('pool' as const) : undefined);
  if (column !== undefined) findings.cell(row, column, cells[column], 'contradiction', 'desktop-in-use');
}

function columnsOf(row: FoundDesktop, known: KnownDesktop, { host, port, kind, sessions, weight, poolId, credentials, status, assign, unassign }: ChangedDesktopRow): Change['columns'] {
  return [
    ...(host === undefined ? [] : [{ column: 'host', before: known.host, after: host }]),
    ...(port === undefined ? [] : [{ column: 'port', before: String(known.port), after: String(port) }]),
    ...(kind === undefined ? [] : [{ column: 'kind', before: known.kind, after: kind }]),
    ...(sessions === undefined ? [] : [{ column: 'sessions', before: String(known.sessions), after: String(sessions) }]),
    ...(weight === undefined ? [] : [{ column: 'weight', before: String(known.weight), after: String(weight) }]),
    ...(poolId === undefined ? [] : [{ column: 'pool', before: known.pool ?? '', after: row.pool?.name ?? '' }]),
    ...(credentials === undefined ? [] : [{ column: 'credentials', before: 'keep', after: credentials }]),
    ...(assign.length + unassign.length === 0 ? [] : [{ column: 'assigned_to', before: known.assignedTo.map(({ username }) => username).join(';'), after: (row.assignedTo ?? []).join(';') }]),
    ...(status === undefined ? [] : [{ column: 'status', before: known.status, after: status }]),
  ];
}
