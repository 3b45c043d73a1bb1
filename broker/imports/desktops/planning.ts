import type { Findings } from '../findings.ts';
import type { DesktopColumn } from './columns.ts';
import type { DesktopRow } from './row.ts';
import type { DesktopsState, KnownPool } from './state.ts';

/** A row whose names were looked up. `pool` null: out of any. */
export type FoundDesktop = Omit<DesktopRow, 'pool'> & { readonly pool?: KnownPool | null; readonly people?: readonly string[] };
export type DesktopPlanning = { readonly state: DesktopsState; readonly findings: Findings<DesktopColumn> };

const USUAL_PORT = { rdp: 3389, vnc: 5900 } as const;

/** The port of a row that names none. */
export const usualPort = ({ port, protocol }: Pick<DesktopRow, 'port' | 'protocol'>): number | undefined => port ?? (protocol && USUAL_PORT[protocol]);
