import { readTable } from '../table.ts';
import type { ImportOf } from '../import-of.ts';
import { CREDENTIALS, KIND, PROTOCOL, sayAll, STATUS } from '../words.ts';
import { applyDesktops } from './apply.ts';
import { DESKTOP_COLUMNS, type DesktopColumn } from './columns.ts';
import { desktopRows } from './export.ts';
import { planDesktops } from './plan.ts';
import { readDesktopRow } from './row.ts';
import { holdDesktops, readDesktopsState } from './state.ts';
import type { DesktopsWork } from './work.ts';

const WORDS = { protocol: PROTOCOL, kind: KIND, credentials: CREDENTIALS, status: STATUS } as const;

/** Desktops, known by their names. What is not in the file stays as it is. */
export const desktopsImport: ImportOf<DesktopColumn, DesktopsWork> = {
  columns: DESKTOP_COLUMNS,
  open(csv) {
    const { rows: cells, findings, names } = readTable(csv, DESKTOP_COLUMNS);
    const rows = cells.map((row) => readDesktopRow(row, findings));
    const named = {
      names: [...new Set(rows.flatMap(({ name }) => name ?? []))],
      hosts: [...new Set(rows.flatMap(({ host }) => host ?? []))],
      usernames: [...new Set(rows.flatMap(({ assignedTo }) => assignedTo ?? []))],
    };
    return {
      names,
      hold: (transaction, organisationId) => holdDesktops(transaction, organisationId, named),
      plan: async (connection, scope) => planDesktops(rows, { state: await readDesktopsState(connection, scope.organisationId, named), findings }),
    };
  },
  apply: applyDesktops,
  givesRights: () => false,
  rows: desktopRows,
  say: (column, text, language) => (column === 'protocol' || column === 'kind' || column === 'credentials' || column === 'status' ? sayAll(WORDS[column], text, language) : text),
};
