import type { ImportError } from '../port.ts';
import { readCsv, type Cell, type CsvRow } from './csv/read.ts';
import { unshielded } from './csv/write.ts';
import { createFindings, type Findings } from './findings.ts';

/** Rows of a file, the header not counted. */
export const MOST_ROWS = 5_000;
/** Characters of a cell. */
const LONGEST_CELL = 500;

export type Column<Id extends string = string> = {
  readonly id: Id;
  readonly ja: string;
  readonly required?: true;
  /** Characters, where {@link LONGEST_CELL} is too few. */
  readonly longest?: number;
};

/** Cells by column, of those columns that the file has. Cells that cannot be used are left out, and found wrong. */
export type TableRow<Id extends string> = { readonly line: number; readonly cells: Partial<Readonly<Record<Id, Cell>>> };
export type Table<Id extends string> = { readonly rows: readonly TableRow<Id>[]; readonly findings: Findings<Id>; /** As the file names them. */ readonly names: Partial<Readonly<Record<Id, string>>> };

/** Reads a file whose first row names its columns, in Japanese or English and in any order. */
export function readTable<Id extends string>(csv: string, columns: readonly Column<Id>[]): Table<Id> {
  const { rows: [header, ...rows], errors } = readCsv(csv);
  const place = header ?? { line: 1, cells: [] };
  const { order, names, wrong } = readHeader(place, columns);
  const findings = createFindings(names, place.line, [...wrong, ...errors]);
  const beyond = rows[MOST_ROWS];
  if (beyond !== undefined) findings.row(beyond, 'too-many-rows', String(rows.length));
  // Without its columns a row means nothing.
  const meant = wrong.length > 0 ? [] : rows.slice(0, MOST_ROWS);
  return { names, findings, rows: meant.map((row) => readRow(row, order, findings)) };
}

function readHeader<Id extends string>({ line, cells }: CsvRow, columns: readonly Column<Id>[]) {
  const wrong: ImportError[] = [];
  const names: Partial<Record<Id, string>> = {};
  const order = cells.map(({ text, line: at }): Column<Id> | undefined => {
    const name = text.normalize('NFKC').trim();
    const column = columns.find(({ id, ja }) => id === name.toLowerCase().replaceAll(/[ -]/g, '_') || ja === name);
    if (column === undefined) wrong.push({ line: at, column: name.slice(0, 100), cause: 'header-unknown', detail: name.slice(0, 100) });
    else if (names[column.id] !== undefined) wrong.push({ line: at, column: name, cause: 'twice-in-file', detail: name });
    else names[column.id] = name;
    return column;
  });
  for (const { id, ja } of columns.filter((column) => column.required === true && names[column.id] === undefined)) wrong.push({ line, column: id, cause: 'header-missing', detail: ja });
  return { order, names, wrong };
}

function readRow<Id extends string>(row: CsvRow, order: readonly (Column<Id> | undefined)[], findings: Findings<Id>): TableRow<Id> {
  const cells: Partial<Record<Id, Cell>> = {};
  if (row.cells.length !== order.length) {
    findings.row(row, 'cell-count', `${row.cells.length} / ${order.length}`);
    return { line: row.line, cells };
  }
  for (const [index, column] of order.entries()) {
    if (column === undefined) continue;
    const cell = tidied(row.cells[index]!);
    const { text } = cell;
    // Half of a surrogate pair would be stored as another text.
    if (text.includes('\ufffd') || !text.isWellFormed()) findings.cell(row, column.id, cell, 'encoding', text.toWellFormed());
    else if (/\p{Cc}/u.test(text)) findings.cell(row, column.id, cell, 'not-allowed', text.replaceAll(/\p{Cc}/gu, ' '));
    else if ([...text].length > (column.longest ?? LONGEST_CELL)) findings.cell(row, column.id, cell, 'too-long');
    else if (text === '' && column.required === true) findings.cell(row, column.id, cell, 'missing');
    else cells[column.id] = cell;
  }
  return { line: row.line, cells };
}

/** The line ends around a cell's text are a slip of the hand, and so are blanks. */
function tidied({ text, line }: Cell): Cell {
  return { text: unshielded(text).normalize('NFC').trim(), line };
}
