import { CsvError, parse } from 'csv-parse/sync';
import type { ImportError } from '../../port.ts';

/** A cell and the line on which it begins, as a text editor counts. */
export type Cell = { readonly text: string; readonly line: number };
export type CsvRow = { readonly line: number; readonly cells: readonly Cell[] };

export const MOST_RECORDS = 20_000;
/** Characters of a row, its commas not counted. The widest column that a table has takes 50,000. */
const LONGEST_RECORD = 200_000;
/** In a file: more than that many records of any table have. */
const MOST_COMMAS = 400_000;
/** Cells of a row that are kept: more than any table has columns. */
const MOST_CELLS = 100;

/**
 * Reads CSV (RFC 4180) with line ends of any kind and with or without a byte order mark. Rows in which nothing stands are left
 * out. What cannot be read ends the reading, with an error that names where its row begins; what came before it is given. So do
 * more than {@link MOST_RECORDS}, empty ones included: a file of nothing but line ends must not keep everybody else waiting. Nor
 * must one of nothing but commas: more than {@link MOST_COMMAS} are not read at all, nor is a row of more than {@link LONGEST_RECORD}
 * characters, and of one with more than {@link MOST_CELLS} cells the others are left out.
 */
export function readCsv(text: string): { readonly rows: readonly CsvRow[]; readonly errors: readonly ImportError[] } {
  if (isMoreThan(MOST_COMMAS, ',', text)) {
    const long = isMoreThan(MOST_RECORDS, '\n', text);
    return { rows: [], errors: [{ line: 1, column: '', ...(long ? { cause: 'too-many-rows', detail: String(MOST_RECORDS) } : { cause: 'not-csv', detail: 'CSV_TOO_MANY_CELLS' }) }] };
  }
  const rows: CsvRow[] = [];
  let line = 1;
  let records = 0;
  const take = (record: readonly string[]): null => {
    const begins = line;
    records += 1;
    const cells = record.slice(0, MOST_CELLS).map((cell) => {
      const placed = { text: cell, line };
      line += lineEnds(cell);
      return placed;
    });
    for (const cell of record.slice(MOST_CELLS)) line += lineEnds(cell);
    line += 1;
    if (record.some((cell) => cell.trim() !== '')) rows.push({ line: begins, cells });
    return null;
  };
  try {
    parse(text, { bom: true, record_delimiter: ['\r\n', '\n', '\r'], relax_column_count: true, max_record_size: LONGEST_RECORD, to: MOST_RECORDS + 1, on_record: take });
    const tooMany = records > MOST_RECORDS;
    return { rows, errors: tooMany ? [{ line: line - 1, column: '', cause: 'too-many-rows', detail: String(MOST_RECORDS) }] : [] };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { rows, errors: [{ line, column: '', cause: 'not-csv', detail: error.code }] };
  }
}

function isMoreThan(most: number, character: string, text: string): boolean {
  let found = 0;
  for (let at = text.indexOf(character); at >= 0 && found <= most; at = text.indexOf(character, at + 1)) found += 1;
  return found > most;
}

function lineEnds(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}
