import type { Action, Broker, ImportKind } from '../../broker/port.ts';
import { csvAnswer } from './csv.ts';
import { route, type Route } from './route.ts';
import { CheckedImportFile, ImportFile, ImportPreview, LONGEST_IMPORT } from './schemas/index.ts';
import { shown } from './shown.ts';

const ACTIONS: Readonly<Record<ImportKind, Action>> = { people: 'people.manage', desktops: 'desktops.manage' };
const CSV = { status: 200, type: 'text/csv' } as const;

type ImportDeps = { readonly people: Pick<Broker['people'], 'previewImport' | 'applyImport' | 'exportRows' | 'importColumns'> };

/** Whole lists as CSV, in and out. An import is looked at first and then done as it was looked at, or not at all. */
export function importRoutes({ people }: ImportDeps): Route[] {
  return (Object.keys(ACTIONS) as ImportKind[]).flatMap((kind) => [
    route({
      method: 'post',
      path: `/api/imports/${kind}/preview`,
      who: 'signed-in',
      action: ACTIONS[kind],
      summary: 'Says what a file would do, naming every bad cell by line and column. Changes nothing.',
      accepts: { body: ImportFile },
      longestBody: LONGEST_IMPORT,
      answers: { status: 200, schema: ImportPreview },
      handle: async ({ person, body, origin }) => shown(ImportPreview, await people.previewImport({ person, origin, kind, csv: body.csv })),
    }),
    route({
      method: 'post',
      path: `/api/imports/${kind}`,
      who: 'signed-in',
      action: ACTIONS[kind],
      summary: 'Does what the preview of this digest said, all or nothing.',
      accepts: { body: CheckedImportFile },
      longestBody: LONGEST_IMPORT,
      answers: { status: 200, schema: ImportPreview },
      refusals: ['import-has-errors', 'import-out-of-date', 'conflict'],
      handle: async ({ person, body, origin }) => shown(ImportPreview, await people.applyImport({ person, origin, kind, ...body })),
    }),
    route({
      method: 'get',
      path: `/api/imports/${kind}/rows.csv`,
      who: 'signed-in',
      action: ACTIONS[kind],
      summary: 'What there is now, in the columns that an import reads.',
      answers: CSV,
      handle: async ({ person, origin }) => csvAnswer(`${kind}.csv`, await people.exportRows({ person, origin, kind })),
    }),
    route({
      method: 'get',
      path: `/api/imports/${kind}/template.csv`,
      who: 'signed-in',
      action: ACTIONS[kind],
      summary: 'The header of a file to fill in.',
      answers: CSV,
      handle: async ({ language }) => csvAnswer(`${kind}-template.csv`, one(people.importColumns(kind, language))),
    }),
  ]);
}

async function* one<Row>(row: Row): AsyncGenerator<Row> {
  yield row;
}
