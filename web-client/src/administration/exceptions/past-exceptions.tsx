import { useMemo } from 'react';
import type { ZoneException } from '../../../../gateway/http/schemas/index.ts';
import { DataTable, type Column } from '../../console/data-table.tsx';
import { EmptyState } from '../../console/empty-state.tsx';
import { useCursorList } from '../../console/use-cursor-list.ts';
import { dayAndTime } from '../../format/time.ts';
import { useTexts } from '../../i18n/use-texts.ts';

/** Every exception there was, newest first. */
export function PastExceptions() {
  const { t, language } = useTexts();
  const list = useCursorList<ZoneException>({ key: ['level', 'exceptions', 'all'], path: '/api/exceptions' });
  const columns = useMemo<readonly Column<ZoneException>[]>(
    () => [
      { id: 'askedAt', header: t('administration.exceptions.past.askedAt'), cell: ({ askedAt }) => dayAndTime(askedAt, language) },
      { id: 'person', header: t('administration.exceptions.ask.person'), cell: ({ person }) => person.displayName },
      { id: 'duty', header: t('administration.exceptions.ask.duty'), cell: ({ duty }) => duty.name },
      { id: 'state', header: t('administration.exceptions.past.state'), cell: ({ state }) => t(`administration.exceptions.state.${state}`) },
      { id: 'askedBy', header: t('administration.exceptions.askedBy'), cell: ({ askedBy }) => askedBy.displayName },
      { id: 'agreedBy', header: t('administration.exceptions.agreedBy'), cell: ({ agreedBy }) => agreedBy?.displayName },
      { id: 'endedBy', header: t('administration.exceptions.past.endedBy'), cell: ({ endedBy, endReason }) => endedBy && `${endedBy.displayName} ${endReason ?? ''}` },
    ],
    [t, language],
  );
  return (
    <section className="stack" aria-labelledby="past-exceptions-title">
      <h2 id="past-exceptions-title" className="section-title">
        {t('administration.exceptions.past.title')}
      </h2>
      <DataTable label={t('administration.exceptions.past.title')} columns={columns} list={list} keyOf={({ id }) => id} empty={<EmptyState icon="clock" title={t('administration.exceptions.past.empty')} help={t('administration.exceptions.past.emptyHelp')} />} />
    </section>
  );
}
