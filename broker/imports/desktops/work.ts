import type { Protocol } from '../../port.ts';

export type DesktopsWork = { readonly add: readonly NewDesktopRow[]; readonly change: readonly ChangedDesktopRow[] };

type Settings = { readonly host: string; readonly port: number; readonly kind: 'exclusive' | 'multi-session'; readonly sessions: number; readonly weight: number; readonly poolId: string | null };

/** Everybody types their own log-in; what is stored is stored by the command line. */
export type NewDesktopRow = Settings & { readonly name: string; readonly protocol: Protocol; readonly status: 'active' | 'disabled'; readonly assign: readonly string[] };

/** What is absent or empty stays. */
export type ChangedDesktopRow = Partial<Settings> & {
  readonly desktopId: string;
  /** Into which pool it was before, where that changes. */
  readonly poolBefore?: string | null;
  readonly credentials?: 'ask';
  readonly status?: 'active' | 'disabled';
  readonly assign: readonly string[];
  readonly unassign: readonly string[];
};
