import { canonicalHost } from '../../desktops/host.ts';
import type { Protocol } from '../../port.ts';
import type { Cell } from '../csv/read.ts';
import type { Findings } from '../findings.ts';
import { readUsername } from '../people/row.ts';
import type { TableRow } from '../table.ts';
import { CREDENTIALS, KIND, listed, PROTOCOL, readWord, STATUS } from '../words.ts';
import type { DesktopColumn } from './columns.ts';

const LONGEST_NAME = 200;

/** What a row says of a desktop. What it does not say, or says wrongly, is absent. */
export type DesktopRow = {
  readonly line: number;
  readonly cells: Partial<Readonly<Record<DesktopColumn, Cell>>>;
  readonly name?: string;
  readonly protocol?: Protocol;
  readonly host?: string;
  readonly port?: number;
  readonly kind?: 'exclusive' | 'multi-session';
  readonly sessions?: number;
  readonly weight?: number;
  /** By name; null: out of any. */
  readonly pool?: string | null;
  readonly credentials?: 'ask' | 'keep';
  /** Usernames. */
  readonly assignedTo?: readonly string[];
  readonly status?: 'active' | 'disabled';
};

/** Reads a row's cells by themselves, without asking what there is. */
export function readDesktopRow({ line, cells }: TableRow<DesktopColumn>, findings: Findings<DesktopColumn>): DesktopRow {
  const row = { line };
  const value = <Value>(column: DesktopColumn, read: (text: string) => Value | undefined): Value | undefined => {
    const cell = cells[column];
    if (cell === undefined || cell.text === '') return undefined;
    const found = read(cell.text);
    if (found === undefined) findings.cell(row, column, cell, 'not-allowed');
    return found;
  };
  const tooLong = cells.name !== undefined && [...cells.name.text].length > LONGEST_NAME;
  if (tooLong) findings.cell(row, 'name', cells.name, 'too-long');
  const read = {
    name: tooLong ? undefined : cells.name?.text,
    protocol: value('protocol', (text) => readWord(PROTOCOL, text)),
    host: value('host', (text) => canonicalHost(text.normalize('NFKC'))),
    port: value('port', numberUpTo(65_535)),
    kind: value('kind', (text) => readWord(KIND, text)),
    sessions: value('sessions', numberUpTo(500)),
    weight: value('weight', numberUpTo(100)),
    pool: cells.pool === undefined ? undefined : cells.pool.text || null,
    credentials: value('credentials', (text) => readWord(CREDENTIALS, text)),
    assignedTo: readUsernames(row, cells.assigned_to, findings),
    status: value('status', (text) => readWord(STATUS, text)),
  };
  return { line, cells, ...(Object.fromEntries(Object.entries(read).filter(([, found]) => found !== undefined)) as Omit<DesktopRow, 'line' | 'cells'>) };
}

const numberUpTo = (most: number) => (text: string): number | undefined => {
  const digits = text.normalize('NFKC');
  const number = /^\d{1,5}$/.test(digits) ? Number(digits) : 0;
  return number >= 1 && number <= most ? number : undefined;
};

function readUsernames(row: { readonly line: number }, cell: Cell | undefined, findings: Findings<DesktopColumn>): readonly string[] | undefined {
  if (cell === undefined) return undefined;
  const usernames = listed(cell.text).flatMap((part) => {
    const username = readUsername(part);
    if (username === undefined) findings.cell(row, 'assigned_to', cell, 'not-allowed', part);
    return username ?? [];
  });
  return [...new Set(usernames)];
}
