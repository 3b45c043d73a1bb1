import { useMemo } from 'react';
import type { ContinuityAct } from '../../../../gateway/http/schemas/index.ts';
import { DataTable, type Column } from '../../console/data-table.tsx';
import { EmptyState } from '../../console/empty-state.tsx';
import { useCursorList } from '../../console/use-cursor-list.ts';
import { dayAndTime } from '../../format/time.ts';
import { useTexts } from '../../i18n/use-texts.ts';

/** What people did about proposals, the order, deputies and exceptions, newest first. */
export function Acts() {
  const { t, language } = useTexts();
  const list = useCursorList<ContinuityAct>({ key: ['level', 'acts'], path: '/api/succession/acts' });
  const columns = useMemo<readonly Column<ContinuityAct>[]>(
    () => [
      { id: 'at', header: t('administration.acts.at'), cell: ({ at }) => dayAndTime(at, language) },
      {
        id: 'kind',
        header: t('administration.acts.kind'),
        cell: ({ kind, level, asDeputy }) => (
          <>
            {t(`administration.acts.${kind}`)}
            {level !== undefined && <div className="soft">{t(`level.${level}.name`)}</div>}
            {asDeputy && <div className="soft">{t('administration.acts.asDeputy')}</div>}
          </>
        ),
      },
      { id: 'by', header: t('administration.acts.by'), cell: ({ by }) => by ?? t('administration.level.history.byItself') },
      { id: 'about', header: t('administration.acts.about'), cell: ({ about }) => about },
      { id: 'reason', header: t('administration.level.reason'), cell: ({ reason }) => reason },
      { id: 'until', header: t('administration.level.until'), cell: ({ until }) => until && dayAndTime(until, language) },
    ],
    [t, language],
  );
  return (
    <section className="stack" aria-labelledby="acts-title">
      <h2 id="acts-title" className="section-title">
        {t('administration.acts.title')}
      </h2>
      <DataTable
        label={t('administration.acts.title')}
        columns={columns}
        list={list}
        keyOf={({ id, kind }) => `${id} ${kind}`}
        empty={<EmptyState icon="clock" title={t('administration.acts.empty')} help={t('administration.acts.emptyHelp')} />}
      />
    </section>
  );
}
