import { useMemo } from 'react';
import type { ImportError, User } from '../../../../gateway/http/schemas/index.ts';
import { DataTable, type Column } from '../../console/data-table.tsx';
import { usePages } from '../../console/use-pages.ts';
import { useTexts } from '../../i18n/use-texts.ts';

type Action = User['may'][number];
type Numbered = ImportError & { readonly key: string };

/** Stand in the detail where whoever imports may not change such a column. */
const rights: ReadonlySet<string> = new Set(['duties.assign', 'roles.manage'] satisfies Action[]);

/** Every bad cell, by line and column, with what is wrong with it. */
export function Errors({ errors }: { errors: readonly ImportError[] }) {
  const { t } = useTexts();
  const numbered = useMemo(() => errors.map((error, index) => ({ ...error, key: String(index) })), [errors]);
  const list = usePages<Numbered>(numbered);
  const columns = useMemo<readonly Column<Numbered>[]>(
    () => [
      { id: 'line', header: t('administration.import.error.line'), cell: ({ line }) => t('administration.import.error.lineNumber', { line }) },
      { id: 'column', header: t('administration.import.error.column'), cell: ({ column }) => (column === '' ? t('administration.import.error.wholeLine') : column) },
      { id: 'cause', header: t('administration.import.error.cause'), cell: ({ cause, detail }) => (rights.has(detail) ? t('administration.import.noRight') : t(`administration.import.cause.${cause}`)) },
      { id: 'detail', header: t('administration.import.error.detail'), cell: ({ detail }) => (rights.has(detail) ? '' : detail) },
    ],
    [t],
  );
  return (
    <section className="stack" aria-labelledby="import-errors">
      <h2 id="import-errors" className="section-title">
        {t('administration.import.errors')}
      </h2>
      <DataTable label={t('administration.import.errors')} columns={columns} list={list} keyOf={({ key }) => key} empty={null} />
    </section>
  );
}
