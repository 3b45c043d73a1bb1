/** What a spreadsheet would run as a formula, with the apostrophes that keep it text. */
const FORMULA = /^(?<kept>'*)[=+\-@＝＋－＠\t\r]/;

/** One row with its line end (RFC 4180). */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** Text as a cell: what a spreadsheet would run as a formula gets an apostrophe before it, which {@link unshielded} takes off again. */
export function csvCell(text: string): string {
  return quoted(FORMULA.test(text) ? `'${text}` : text);
}

export function unshielded(cell: string): string {
  return FORMULA.exec(cell)?.groups?.['kept'] ? cell.slice(1) : cell;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
