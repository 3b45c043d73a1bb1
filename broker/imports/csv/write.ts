/** One row with its line end (RFC 4180). What a spreadsheet would run as a formula gets an apostrophe before it. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => quoted(shielded(cell))).join(',')}\r\n`;
}

/** Takes {@link csvLine}'s apostrophe off again. */
export function unshielded(cell: string): string {
  return /^'+[=+\-@＝＋－＠\t\r]/.test(cell) ? cell.slice(1) : cell;
}

function shielded(cell: string): string {
  return /^'*[=+\-@＝＋－＠\t\r]/.test(cell) ? `'${cell}` : cell;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
