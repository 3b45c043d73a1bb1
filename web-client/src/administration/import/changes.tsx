import { useMemo } from 'react';
import type { ImportPreview } from '../../../../gateway/http/schemas/index.ts';
import { DataTable, type Column } from '../../console/data-table.tsx';
import { StatusBadge } from '../../console/status-badge.tsx';
import { usePages } from '../../console/use-pages.ts';
import { useTexts } from '../../i18n/use-texts.ts';

type Change = ImportPreview['changes'][number];

/** What would be added and changed, cell by cell, as far as the gateway tells. */
export function Changes({ preview: { changes, added, changed } }: { preview: ImportPreview }) {
  const { t } = useTexts();
  const list = usePages<Change>(changes);
  const columns = useMemo<readonly Column<Change>[]>(
    () => [
      { id: 'line', header: t('administration.import.error.line'), cell: ({ line }) => t('administration.import.error.lineNumber', { line }) },
      { id: 'kind', header: t('administration.import.change.kind'), cell: ({ kind }) => <StatusBadge tone="info" icon={kind === 'add' ? 'plus' : 'refresh'}>{t(`administration.import.change.${kind}`)}</StatusBadge> },
      { id: 'name', header: t('administration.import.change.name'), names: true, cell: ({ name }) => name },
      { id: 'columns', header: t('administration.import.change.columns'), cell: (change) => <Cells change={change} /> },
    ],
    [t],
  );
  if (changes.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="import-changes">
      <h2 id="import-changes" className="section-title">
        {t('administration.import.changes')}
      </h2>
      {added + changed > changes.length && <p className="soft">{t('administration.import.firstOnly', { count: changes.length })}</p>}
      <DataTable label={t('administration.import.changes')} columns={columns} list={list} keyOf={({ line }) => String(line)} empty={null} />
    </section>
  );
}

function Cells({ change: { columns } }: { change: Change }) {
  const { t } = useTexts();
  return (
    <dl className="cells">
      {columns.map(({ column, before, after }) => (
        <div key={column}>
          <dt>{column}</dt>
          <dd>
            {before !== null && before !== '' && (
              <>
                <del>
                  <span className="visually-hidden">{t('administration.import.change.before')} </span>
                  {before}
                </del>{' '}
                <span aria-hidden="true">→</span>{' '}
              </>
            )}
            <ins>{after === '' ? t('administration.import.change.empty') : after}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}
