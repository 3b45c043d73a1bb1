import { useMemo } from 'react';
import type { Situation } from '../../../../gateway/http/schemas/index.ts';
import { ClassBadge } from '../../console/class-badge.tsx';
import { DataTable, type Column } from '../../console/data-table.tsx';
import { duration } from '../../console/duration.ts';
import { EmptyState } from '../../console/empty-state.tsx';
import { StatusBadge } from '../../console/status-badge.tsx';
import { useNow } from '../../console/use-now.ts';
import { dayAndTime } from '../../format/time.ts';
import { useTexts } from '../../i18n/use-texts.ts';

type DutyNow = Situation['duties'][number];

/** Each duty: who holds it, who is at it, who was turned away, and whether it is due. */
export function DutiesNow({ duties, onset }: { duties: readonly DutyNow[]; onset: string | undefined }) {
  const { t } = useTexts();
  const columns = useMemo<readonly Column<DutyNow>[]>(
    () => [
      { id: 'name', header: t('administration.level.duties.name'), cell: (duty) => duty.name },
      { id: 'class', header: t('console.words.class'), cell: (duty) => <ClassBadge of={duty.class} meaning /> },
      { id: 'people', header: t('administration.level.duties.people'), align: 'end', cell: (duty) => duty.people },
      { id: 'sessions', header: t('administration.level.duties.sessions'), align: 'end', cell: (duty) => duty.sessions },
      { id: 'turnedAway', header: t('administration.level.duties.turnedAway'), align: 'end', cell: (duty) => (duty.turnedAway > 0 ? <strong>{duty.turnedAway}</strong> : 0) },
      ...(onset === undefined ? [] : [{ id: 'due', header: t('administration.level.duties.due'), cell: (duty: DutyNow) => <Due duty={duty} /> }]),
    ],
    [t, onset],
  );
  return (
    <section className="stack" aria-labelledby="duties-now-title">
      <h2 id="duties-now-title" className="section-title">
        {t('administration.level.duties.title')}
      </h2>
      <DataTable
        label={t('administration.level.duties.title')}
        columns={columns}
        list={{ items: duties, error: null, busy: false, again: () => undefined }}
        keyOf={({ dutyId }) => dutyId}
        empty={<EmptyState title={t('administration.duties.empty.title')} help={t('administration.duties.empty.help')} />}
      />
    </section>
  );
}

/** When it has to be under way, and whether it is. */
function Due({ duty: { dueAt, sessions } }: { duty: DutyNow }) {
  const { t, language } = useTexts();
  const now = useNow(60_000);
  if (dueAt === undefined) return null;
  const left = (Date.parse(dueAt) - now) / 1000;
  const badge =
    sessions > 0 ? (
      <StatusBadge tone="good">{t('administration.level.duties.underWay')}</StatusBadge>
    ) : left < 0 ? (
      <StatusBadge tone="bad" icon="warning">{t('administration.level.duties.late', { time: duration(t, -left) })}</StatusBadge>
    ) : (
      <StatusBadge tone="info" icon="clock">{t('administration.level.duties.left', { time: duration(t, left) })}</StatusBadge>
    );
  return (
    <span className="due">
      {badge}
      <span className="soft">{dayAndTime(dueAt, language)}</span>
    </span>
  );
}
