import { useMemo } from 'react';
import type { Board } from '../../../../gateway/http/schemas/index.ts';
import { ClassBadge } from '../../console/class-badge.tsx';
import { DataTable, type Column } from '../../console/data-table.tsx';
import { duration } from '../../console/duration.ts';
import { EmptyState } from '../../console/empty-state.tsx';
import { StatusBadge } from '../../console/status-badge.tsx';
import { useNow } from '../../console/use-now.ts';
import { useTexts } from '../../i18n/use-texts.ts';

type Place = Board['waiting'][number];

/** Who waits, in order, and why. */
export function Queue({ waiting, at }: { waiting: Board['waiting']; /** Milliseconds since 1970 on another clock than the office's. */ at?: number }) {
  const { t } = useTexts();
  const ticking = useNow();
  const now = at ?? ticking;
  const columns = useMemo<readonly Column<Place>[]>(
    () => [
      { id: 'place', header: t('administration.board.queue.place'), align: 'end', cell: (one) => one.place },
      { id: 'person', header: t('administration.board.queue.person'), names: true, cell: (one) => <Who place={one} /> },
      { id: 'class', header: t('administration.board.classes.class'), cell: (one) => <ClassBadge of={one.class} /> },
      { id: 'duty', header: t('administration.board.queue.duty'), cell: (one) => one.dutyName },
      { id: 'since', header: t('administration.board.queue.since'), align: 'end', cell: (one) => duration(t, (now - Date.parse(one.arrivedAt)) / 1000) },
      { id: 'why', header: t('administration.board.queue.why'), cell: (one) => one.reasons.map((reason) => t(`codes.${reason}.title`)).join(' · ') },
    ],
    [t, now],
  );
  return (
    <section className="stack" aria-labelledby="queue-title">
      <h2 id="queue-title" className="section-title">
        {t('administration.board.queue.title')}
      </h2>
      <DataTable label={t('administration.board.queue.title')} columns={columns} list={{ items: waiting, error: null, busy: false, again: () => undefined }} keyOf={({ id }) => id} empty={<EmptyState icon="check" title={t('administration.board.queue.empty')} />} />
    </section>
  );
}

function Who({ place: { person, unit, returning, lifted, present } }: { place: Place }) {
  const { t } = useTexts();
  return (
    <span className="board-who">
      <span>
        {person === '' ? t('administration.board.queue.played') : person} <span className="soft">{unit}</span>
      </span>
      {returning && <StatusBadge tone="info">{t('administration.board.queue.returning')}</StatusBadge>}
      {lifted && <StatusBadge tone="info" icon="up">{t('administration.board.queue.lifted')}</StatusBadge>}
      {!present && <StatusBadge tone="off">{t('administration.board.queue.away')}</StatusBadge>}
    </span>
  );
}
