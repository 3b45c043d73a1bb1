export type Modules = { readonly size: number; isDark(row: number, column: number): boolean };

/** Blank modules around the code that a reader needs (ISO/IEC 18004, section 6.3.8). */
export const quietZone = 4;

/** The dark modules of a code as one SVG path, each run of a row as one rectangle; one unit a module, quiet zone included. */
export function qrPath({ size, isDark }: Modules): string {
  let path = '';
  for (let row = 0; row < size; row += 1) {
    let column = 0;
    while (column < size) {
      const start = column;
      while (column < size && isDark(row, column)) column += 1;
      if (column > start) path += `M${start + quietZone} ${row + quietZone}h${column - start}v1h-${column - start}z`;
      column += 1;
    }
  }
  return path;
}
