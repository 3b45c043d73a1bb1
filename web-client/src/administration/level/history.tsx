import { useMemo } from 'react';
import type { LevelChange } from '../../../../gateway/http/schemas/index.ts';
import { DataTable, type Column } from '../../console/data-table.tsx';
import { EmptyState } from '../../console/empty-state.tsx';
import { useCursorList } from '../../console/use-cursor-list.ts';
import { dayAndTime } from '../../format/time.ts';
import { useTexts } from '../../i18n/use-texts.ts';

/** Changes of level, newest first: what, when, by whom, why. */
export function History() {
  const { t, language } = useTexts();
  const list = useCursorList<LevelChange>({ key: ['level', 'history'], path: '/api/level/history' });
  const columns = useMemo<readonly Column<LevelChange>[]>(
    () => [
      { id: 'since', header: t('administration.level.history.since'), cell: ({ since }) => dayAndTime(since, language) },
      { id: 'level', header: t('administration.level.history.level'), cell: ({ level }) => t(`level.${level}.name`) },
      { id: 'how', header: t('administration.level.history.how'), cell: ({ how }) => t(`administration.level.history.${how}`) },
      { id: 'who', header: t('administration.level.history.who'), cell: (change) => <Who change={change} /> },
      {
        id: 'why',
        header: t('administration.level.history.why'),
        cell: ({ event, reason }) => (
          <>
            {event !== undefined && <strong>{t(`level.events.${event}`)} </strong>}
            {reason}
          </>
        ),
      },
      { id: 'until', header: t('administration.level.until'), cell: ({ until }) => until && dayAndTime(until, language) },
    ],
    [t, language],
  );
  return (
    <section className="stack" aria-labelledby="history-title">
      <h2 id="history-title" className="section-title">
        {t('administration.level.history.title')}
      </h2>
      <DataTable
        label={t('administration.level.history.title')}
        columns={columns}
        list={list}
        keyOf={({ id }) => id}
        empty={<EmptyState icon="clock" title={t('administration.level.history.empty')} help={t('administration.level.history.emptyHelp')} />}
      />
    </section>
  );
}

function Who({ change: { how, proposedBy, approvedBy, actedBy } }: { change: LevelChange }) {
  const { t } = useTexts();
  if (how === 'expired' || how === 'reverted') return t('administration.level.history.byItself');
  const lines = [
    ...(proposedBy === undefined ? [] : [t('administration.level.history.proposedBy', { name: proposedBy })]),
    ...(approvedBy.length === 0 ? [] : [t('administration.level.history.approvedBy', { names: approvedBy.join(t('administration.level.effect.comma')) })]),
    ...(actedBy === undefined || actedBy === proposedBy || approvedBy.includes(actedBy) ? [] : [actedBy]),
  ];
  return lines.map((line) => <div key={line}>{line}</div>);
}
