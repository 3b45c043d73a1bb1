import { useMemo } from 'react';
import type { Board } from '../../../../gateway/http/schemas/index.ts';
import { ClassBadge } from '../../console/class-badge.tsx';
import { DataTable, type Column } from '../../console/data-table.tsx';
import { duration } from '../../console/duration.ts';
import { useTexts } from '../../i18n/use-texts.ts';

type ClassNow = Board['classes'][number];

/** Who is at work and who waits, by priority class. */
export function ClassesNow({ classes }: { classes: Board['classes'] }) {
  const { t } = useTexts();
  const columns = useMemo<readonly Column<ClassNow>[]>(
    () => [
      { id: 'class', header: t('administration.board.classes.class'), cell: (one) => <ClassBadge of={one.class} meaning /> },
      { id: 'sessions', header: t('administration.board.classes.sessions'), align: 'end', cell: (one) => one.sessions },
      { id: 'surplus', header: t('administration.board.classes.surplus'), align: 'end', cell: (one) => one.surplus },
      { id: 'waiting', header: t('administration.board.classes.waiting'), align: 'end', cell: (one) => (one.waiting > 0 ? <strong>{one.waiting}</strong> : 0) },
      { id: 'longest', header: t('administration.board.classes.longest'), align: 'end', cell: (one) => (one.longestWait === undefined ? t('administration.board.seats.none') : duration(t, one.longestWait)) },
    ],
    [t],
  );
  return (
    <section className="stack" aria-labelledby="classes-title">
      <h2 id="classes-title" className="section-title">
        {t('administration.board.classes.title')}
      </h2>
      <DataTable label={t('administration.board.classes.title')} columns={columns} list={{ items: classes, error: null, busy: false, again: () => undefined }} keyOf={(one) => one.class} empty={null} />
    </section>
  );
}
