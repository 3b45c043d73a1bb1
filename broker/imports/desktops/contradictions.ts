import type { Protocol } from '../../port.ts';
import type { DesktopPlanning, FoundDesktop } from './planning.ts';
import type { KnownPool } from './state.ts';

/** What a desktop would be. */
export type Outcome = {
  readonly protocol: Protocol;
  readonly kind: 'exclusive' | 'multi-session';
  readonly sessions: number;
  readonly credentials: 'stored' | 'ask';
  readonly pool: KnownPool | null | undefined;
};

/** What the database, or admission, would refuse: a screen that several people would share. */
export function refuseContradictions(row: FoundDesktop, { protocol, kind, sessions, credentials, pool }: Outcome, { findings }: Pick<DesktopPlanning, 'findings'>): void {
  const { cells } = row;
  if (kind === 'multi-session' && protocol === 'vnc') findings.cell(row, 'kind', cells.kind, 'contradiction', 'vnc');
  if (kind === 'exclusive' && sessions !== 1) findings.cell(row, 'sessions', cells.sessions, 'contradiction', 'exclusive');
  if (kind === 'multi-session' && credentials === 'stored') findings.cell(row, 'credentials', cells.credentials, 'contradiction', 'multi-session');
  if (pool?.logIn === 'personal' && credentials === 'stored') findings.cell(row, 'pool', cells.pool, 'contradiction', 'stored');
}
