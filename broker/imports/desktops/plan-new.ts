import type { Change } from '../plan.ts';
import { refuseContradictions } from './contradictions.ts';
import { usualPort, type DesktopPlanning, type FoundDesktop } from './planning.ts';
import type { NewDesktopRow } from './work.ts';

/** A desktop to be added, with what the preview shows; undefined where the row does not say enough. */
export function planNewDesktop(row: FoundDesktop, { findings }: DesktopPlanning): { readonly work: NewDesktopRow; readonly columns: Change['columns'] } | undefined {
  const { name, protocol, host, kind = 'exclusive', sessions = 1, weight = 1, pool = null, status = 'active', people = [] } = row;
  const port = usualPort(row);
  if (row.credentials === 'keep') findings.cell(row, 'credentials', row.cells.credentials, 'contradiction', 'new');
  if (protocol !== undefined) refuseContradictions(row, { protocol, kind, sessions, credentials: 'ask', pool }, { findings });
  if (name === undefined || protocol === undefined || host === undefined || port === undefined) return undefined;
  const shown = [
    ['name', name],
    ['protocol', protocol],
    ['host', host],
    ['port', String(port)],
    ['kind', kind],
    ['sessions', String(sessions)],
    ['weight', String(weight)],
    ['pool', pool?.name ?? ''],
    ['credentials', 'ask'],
    ['assigned_to', (row.assignedTo ?? []).join(';')],
    ['status', status],
  ] as const;
  return {
    work: { name, protocol, host, port, kind, sessions, weight, poolId: pool?.id ?? null, status, assign: people },
    columns: shown.filter(([, after]) => after !== '').map(([column, after]) => ({ column, before: null, after })),
  };
}
