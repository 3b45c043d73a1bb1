import type { ImportCause, ImportError } from '../port.ts';
import type { Cell } from './csv/read.ts';

/** Characters of a cell that are told back. */
const SHOWN = 100;
/** Findings of one column of a row: a cell that lists a thousand wrong names is told by the first of them. */
const MOST_OF_A_CELL = 10;

/** What is wrong with a file, by line and column, as it is found. */
export type Findings<Id extends string = string> = {
  /** Of one cell of a row, the first ten; `detail` is the cell's text unless said otherwise. */
  cell(row: { readonly line: number }, column: Id, cell: Cell | undefined, cause: ImportCause, detail?: string): void;
  /** Of the whole row. */
  row(row: { readonly line: number }, cause: ImportCause, detail: string): void;
  /** Of the header's cell. */
  header(column: Id, cause: ImportCause, detail: string): void;
  /** Whether something is wrong with this row. */
  spoils(row: { readonly line: number }): boolean;
  /** By line. */
  all(): readonly ImportError[];
};

/** @param names the columns as the file's header names them */
export function createFindings<Id extends string>(names: Partial<Readonly<Record<Id, string>>>, headerLine: number, found: readonly ImportError[]): Findings<Id> {
  const errors = [...found];
  const spoilt = new Set<number>();
  const told = new Set<string>();
  const counts = new Map<string, number>();
  const add = (line: number, column: string, cause: ImportCause, detail: string) => errors.push({ line, column, cause, detail: [...detail].slice(0, SHOWN).join('') });
  return {
    cell(row, column, cell, cause, detail = cell?.text ?? '') {
      spoilt.add(row.line);
      const count = (counts.get(`${row.line} ${column}`) ?? 0) + 1;
      counts.set(`${row.line} ${column}`, count);
      if (count > MOST_OF_A_CELL) return;
      add(cell?.line ?? row.line, names[column] ?? column, cause, detail);
    },
    row(row, cause, detail) {
      spoilt.add(row.line);
      add(row.line, '', cause, detail);
    },
    header(column, cause, detail) {
      if (told.has(`${column} ${cause}`)) return;
      told.add(`${column} ${cause}`);
      add(headerLine, names[column] ?? column, cause, detail);
    },
    spoils: ({ line }) => spoilt.has(line),
    all: () => errors.toSorted((a, b) => a.line - b.line),
  };
}
