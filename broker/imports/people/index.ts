import { readTable } from '../table.ts';
import type { ImportOf } from '../import-of.ts';
import { LANGUAGE, ROLE, sayAll, STATUS } from '../words.ts';
import { applyPeople } from './apply.ts';
import { PEOPLE_COLUMNS, type PeopleColumn } from './columns.ts';
import { peopleRows } from './export.ts';
import { planPeople } from './plan.ts';
import { readPersonRow } from './row.ts';
import { holdPeople, readPeopleState } from './state.ts';
import type { PeopleWork } from './work.ts';

/** People, known by their usernames. Who is not in the file stays as they are. */
export const peopleImport: ImportOf<PeopleColumn, PeopleWork> = {
  columns: PEOPLE_COLUMNS,
  open(csv) {
    const { rows: cells, findings, names } = readTable(csv, PEOPLE_COLUMNS);
    const rows = cells.map((row) => readPersonRow(row, findings));
    const usernames = [...new Set(rows.flatMap(({ username }) => username ?? []))];
    return {
      names,
      hold: (transaction, organisationId) => holdPeople(transaction, organisationId, usernames),
      plan: async (connection, scope) => planPeople(rows, { state: await readPeopleState(connection, scope.organisationId, usernames), scope, findings }),
    };
  },
  apply: applyPeople,
  givesRights: ({ grantsRoles }) => grantsRoles,
  rows: peopleRows,
  say: (column, text, language) => (column === 'language' ? sayAll(LANGUAGE, text, language) : column === 'roles' ? sayAll(ROLE, text, language) : column === 'status' ? sayAll(STATUS, text, language) : text),
};
