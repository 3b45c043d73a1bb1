import type { Language, Role } from '../../port.ts';
import type { Cell } from '../csv/read.ts';
import type { Findings } from '../findings.ts';
import type { TableRow } from '../table.ts';
import { LANGUAGE, listed, readWord, ROLE, STATUS } from '../words.ts';
import type { PeopleColumn } from './columns.ts';
import { readEnd } from './end-time.ts';

const LONGEST_NAME = 200;
const LONGEST_USERNAME = 100;

/** What a row says of a person. What it does not say, or says wrongly, is absent. */
export type PersonRow = {
  readonly line: number;
  readonly cells: Partial<Readonly<Record<PeopleColumn, Cell>>>;
  readonly username?: string;
  readonly displayName?: string;
  /** Names from the top. */
  readonly unit?: string;
  readonly language?: Language;
  readonly roles?: readonly Role[];
  /** Names. */
  readonly duties?: readonly string[];
  readonly status?: 'active' | 'disabled';
  readonly endsAt?: Date;
  readonly loanedFrom?: string;
};

/** Reads a row's cells by themselves, without asking what there is. */
export function readPersonRow({ line, cells }: TableRow<PeopleColumn>, findings: Findings<PeopleColumn>): PersonRow {
  const row = { line };
  const word = <Value extends string>(column: PeopleColumn, read: (text: string) => Value | undefined): Value | undefined => {
    const cell = cells[column];
    if (cell === undefined || cell.text === '') return undefined;
    const value = read(cell.text);
    if (value === undefined) findings.cell(row, column, cell, 'not-allowed');
    return value;
  };
  const username = word('username', (text) => readUsername(text));
  const tooLong = cells.display_name !== undefined && [...cells.display_name.text].length > LONGEST_NAME;
  if (tooLong) findings.cell(row, 'display_name', cells.display_name, 'too-long');
  const language = word('language', (text) => readWord(LANGUAGE, text));
  const status = word('status', (text) => readWord(STATUS, text));
  const end = cells.ends_at === undefined || cells.ends_at.text === '' ? undefined : readEnd(cells.ends_at.text);
  if (cells.ends_at !== undefined && cells.ends_at.text !== '' && end === undefined) findings.cell(row, 'ends_at', cells.ends_at, 'not-allowed');
  const from = cells.loaned_from === undefined || cells.loaned_from.text === '' ? undefined : cells.loaned_from.text.normalize('NFC');
  if (from !== undefined && [...from].length > LONGEST_NAME) findings.cell(row, 'loaned_from', cells.loaned_from, 'too-long');
  const roles = readRoles(row, cells.roles, findings);
  return {
    line,
    cells,
    ...(username !== undefined && { username }),
    ...(cells.display_name !== undefined && !tooLong && { displayName: cells.display_name.text }),
    ...(cells.unit !== undefined && { unit: cells.unit.text }),
    ...(language !== undefined && { language }),
    ...(roles !== undefined && { roles }),
    ...(cells.duties !== undefined && { duties: listed(cells.duties.text) }),
    ...(status !== undefined && { status }),
    ...(end !== undefined && { endsAt: end }),
    ...(from !== undefined && { loanedFrom: from }),
  };
}

/** As it is stored: NFKC and lower case. */
export function readUsername(text: string): string | undefined {
  const username = text.normalize('NFKC').trim().toLowerCase();
  return /^[\p{L}\p{M}\p{N}._@+-]+$/u.test(username) && [...username].length <= LONGEST_USERNAME ? username : undefined;
}

function readRoles(row: { readonly line: number }, cell: Cell | undefined, findings: Findings<PeopleColumn>): readonly Role[] | undefined {
  if (cell === undefined) return undefined;
  const roles: Role[] = [];
  for (const part of listed(cell.text)) {
    const role = readWord(ROLE, part);
    if (role === undefined) findings.cell(row, 'roles', cell, 'not-allowed', part);
    else roles.push(role);
  }
  return [...new Set(roles)];
}
