import { csvCell } from '../../broker/port.ts';
import type { Answer } from './route.ts';

/** Undefined and null are empty. */
export type Cell = string | number | Date | null | undefined;

/** Characters gathered before they are sent. */
const PIECE = 32_768;
const BOM = '\ufeff';

/**
 * A file that opens right in Excel: UTF-8 with a byte order mark, RFC 4180, times in Japan's. It is sent as the rows come, so
 * that no export is ever held whole. What fails before the first row is refused as anything else is.
 */
export async function csvAnswer(file: `${string}.csv`, rows: AsyncIterable<readonly Cell[]>): Promise<Answer> {
  const iterator = rows[Symbol.asyncIterator]();
  const first = await iterator.next();
  return {
    status: 200,
    pieces: pieces(first, iterator),
    headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${file}"` },
  };
}

/** One line, with its line end. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(written).join(',')}\r\n`;
}

/** `2026-11-24 13:05:09`, in Japan. */
export function japanTime(at: Date): string {
  return new Date(at.getTime() + 9 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

async function* pieces(first: IteratorResult<readonly Cell[], unknown>, iterator: AsyncIterator<readonly Cell[], unknown>): AsyncGenerator<string> {
  let piece = BOM;
  try {
    for (let row = first; row.done !== true; row = await iterator.next()) {
      piece += csvLine(row.value);
      if (piece.length < PIECE) continue;
      yield piece;
      piece = '';
    }
    if (piece !== '') yield piece;
  } finally {
    await iterator.return?.();
  }
}

/** Numbers and times are never taken for a formula. */
function written(cell: Cell): string {
  if (cell === undefined || cell === null) return '';
  if (cell instanceof Date) return japanTime(cell);
  return typeof cell === 'number' ? String(cell) : csvCell(cell);
}
