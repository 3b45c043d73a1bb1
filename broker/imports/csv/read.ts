import { CsvError, parse } from 'csv-parse/sync';
import type { ImportError } from '../../port.ts';

/** A cell and the line on which it begins, as a text editor counts. */
export type Cell = { readonly text: string; readonly line: number };
export type CsvRow = { readonly line: number; readonly cells: readonly Cell[] };

export const MOST_RECORDS = 20_000;

/**
 * Reads CSV (RFC 4180) with line ends of any kind and with or without a byte order mark. Rows in which nothing stands are left
 * out. What cannot be read ends the reading, with an error that names where its row begins; what came before it is given. So do
 * more than {@link MOST_RECORDS}, empty ones included: a file of nothing but line ends must not keep everybody else waiting.
 */
export function readCsv(text: string): { readonly rows: readonly CsvRow[]; readonly errors: readonly ImportError[] } {
  const rows: CsvRow[] = [];
  let line = 1;
  let records = 0;
  const take = (record: readonly string[]): null => {
    const begins = line;
    records += 1;
    const cells = record.map((cell) => {
      const placed = { text: cell, line };
      line += lineEnds(cell);
      return placed;
    });
    line += 1;
    if (record.some((cell) => cell.trim() !== '')) rows.push({ line: begins, cells });
    return null;
  };
  try {
    parse(text, { bom: true, record_delimiter: ['\r\n', '\n', '\r'], relax_column_count: true, to: MOST_RECORDS + 1, on_record: take });
    const tooMany = records > MOST_RECORDS;
    return { rows, errors: tooMany ? [{ line: line - 1, column: '', cause: 'too-many-rows', detail: String(MOST_RECORDS) }] : [] };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { rows, errors: [{ line, column: '', cause: 'not-csv', detail: error.code }] };
  }
}

function lineEnds(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}
