import type { Desktops, DesktopView } from '../port.ts';
import type { Database } from '../store/index.ts';
import type { Reachability } from './reachability.ts';

export type DesktopsDeps = { readonly database: Database; readonly reachability: Reachability };

/** The desktops that a person may ask for, as the person may see them: whose session another one carries is not told. */
export function createDesktops({ database, reachability }: DesktopsDeps): Desktops {
  return {
    async listFor({ personId, organisationId }) {
      const rows = await assignedTo(database, personId, organisationId);
      return Promise.all(rows.map((row) => viewOf(row, personId, reachability)));
    },
  };
}

function assignedTo(database: Database, personId: string, organisationId: string) {
  return database
    .selectFrom('desktop_assignment')
    .innerJoin('desktop', 'desktop.id', 'desktop_assignment.desktop_id')
    .leftJoin('lease', (join) => join.onRef('lease.desktop_id', '=', 'desktop.id').on('lease.state', '<>', 'ended'))
    .where('desktop_assignment.person_id', '=', personId)
    .where('desktop.organisation_id', '=', organisationId)
    .select(['desktop.id', 'desktop.name', 'desktop.protocol', 'desktop.credentials', 'desktop.status', 'desktop.host', 'desktop.port'])
    .select(['lease.id as leaseId', 'lease.person_id as holderId'])
    .orderBy('desktop.name')
    .orderBy('desktop.id')
    .execute();
}

type Row = Awaited<ReturnType<typeof assignedTo>>[number];

async function viewOf({ id, name, protocol, credentials, status, host, port, leaseId, holderId }: Row, personId: string, reachability: Reachability): Promise<DesktopView> {
  const view = { id, name, protocol, credentials };
  const mine = leaseId !== null && holderId === personId ? { leaseId } : {};
  if (status === 'disabled') return { ...view, ...mine, state: 'disabled' };
  if (leaseId !== null) return { ...view, ...mine, state: holderId === personId ? 'in-use-by-me' : 'in-use' };
  const { reachable, at } = await reachability.measure({ host, port });
  return { ...view, state: reachable ? 'ready' : 'unreachable', checkedAt: at };
}
