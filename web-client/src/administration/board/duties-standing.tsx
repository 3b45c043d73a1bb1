import { useMemo } from 'react';
import type { Board } from '../../../../gateway/http/schemas/index.ts';
import { ClassBadge } from '../../console/class-badge.tsx';
import { DataTable, type Column } from '../../console/data-table.tsx';
import { EmptyState } from '../../console/empty-state.tsx';
import { StatusBadge } from '../../console/status-badge.tsx';
import { dayAndTime } from '../../format/time.ts';
import { useTexts } from '../../i18n/use-texts.ts';

type DutyNow = Board['duties'][number];
const TONES = { met: 'good', running: 'info', missed: 'bad', 'not-asked-for': 'off' } as const;

/** Each duty against its target time: whether somebody who does it could work by then. */
export function DutiesStanding({ duties }: { duties: Board['duties'] }) {
  const { t, language } = useTexts();
  const columns = useMemo<readonly Column<DutyNow>[]>(
    () => [
      { id: 'duty', header: t('administration.board.duties.duty'), cell: (duty) => duty.name },
      { id: 'class', header: t('administration.board.classes.class'), cell: (duty) => <ClassBadge of={duty.class} /> },
      { id: 'people', header: t('administration.board.duties.people'), align: 'end', cell: (duty) => duty.people },
      { id: 'sessions', header: t('administration.board.duties.sessions'), align: 'end', cell: (duty) => duty.sessions },
      { id: 'waiting', header: t('administration.board.duties.waiting'), align: 'end', cell: (duty) => (duty.waiting > 0 ? <strong>{duty.waiting}</strong> : 0) },
      { id: 'target', header: t('administration.board.duties.target'), cell: (duty) => (duty.targetAt === undefined ? t('administration.board.seats.none') : dayAndTime(duty.targetAt, language)) },
      {
        id: 'standing',
        header: t('administration.board.duties.standing'),
        cell: (duty) => (
          <>
            <StatusBadge tone={TONES[duty.standing]}>{t(`administration.board.duties.standings.${duty.standing}`)}</StatusBadge>
            {duty.firstAdmittedAt !== undefined && <span className="soft"> {t('administration.board.duties.first', { time: dayAndTime(duty.firstAdmittedAt, language) })}</span>}
          </>
        ),
      },
    ],
    [t, language],
  );
  return (
    <section className="stack" aria-labelledby="standing-title">
      <h2 id="standing-title" className="section-title">
        {t('administration.board.duties.title')}
      </h2>
      <DataTable label={t('administration.board.duties.title')} columns={columns} list={{ items: duties, error: null, busy: false, again: () => undefined }} keyOf={({ dutyId }) => dutyId} empty={<EmptyState title={t('administration.board.duties.empty')} />} />
    </section>
  );
}
