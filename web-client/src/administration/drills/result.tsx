import { useMemo } from 'react';
import type { Drill } from '../../../../gateway/http/schemas/index.ts';
import { ClassBadge } from '../../console/class-badge.tsx';
import { DataTable, type Column } from '../../console/data-table.tsx';
import { duration } from '../../console/duration.ts';
import { EmptyState } from '../../console/empty-state.tsx';
import { StatusBadge } from '../../console/status-badge.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { percent } from './percent.ts';
import { TimesChart } from './times-chart.tsx';

type Shown = NonNullable<Drill['result']>;
type Duty = Shown['duties'][number];
const TONES = { met: 'good', missed: 'bad', running: 'info' } as const;

/** What the drill has shown: the achieved time of each duty against its target time. */
export function Result({ drillId, result }: { drillId: string; result: Shown }) {
  const { t } = useTexts();
  const columns = useMemo<readonly Column<Duty>[]>(
    () => [
      { id: 'duty', header: t('administration.board.duties.duty'), names: true, cell: ({ name }) => name },
      { id: 'class', header: t('administration.board.classes.class'), cell: (duty) => <ClassBadge of={duty.class} /> },
      { id: 'people', header: t('administration.drills.result.people'), align: 'end', cell: ({ people, tookPart }) => (tookPart === 0 ? people : t('administration.drills.result.inPerson', { people, tookPart })) },
      { id: 'admitted', header: t('administration.drills.result.admitted'), align: 'end', cell: ({ admitted }) => admitted },
      { id: 'target', header: t('administration.board.duties.target'), align: 'end', cell: ({ target }) => (target === 0 ? t('administration.drills.result.atOnce') : duration(t, target)) },
      { id: 'achieved', header: t('administration.drills.result.achieved'), align: 'end', cell: ({ achieved }) => (achieved === undefined ? t('administration.board.seats.none') : duration(t, achieved)) },
      { id: 'standing', header: t('administration.board.duties.standing'), cell: ({ standing }) => <StatusBadge tone={TONES[standing]}>{t(`administration.board.duties.standings.${standing}`)}</StatusBadge> },
      { id: 'median', header: t('administration.drills.result.medianWait'), align: 'end', cell: ({ medianWait }) => duration(t, medianWait) },
      { id: 'displaced', header: t('administration.drills.result.displaced'), align: 'end', cell: ({ displaced }) => displaced },
      { id: 'met', header: t('administration.drills.met'), align: 'end', cell: ({ metTarget }) => percent(metTarget) },
    ],
    [t],
  );
  return (
    <section className="stack" aria-labelledby="result-title">
      <h2 id="result-title" className="section-title">
        {t('administration.drills.result.title')}
      </h2>
      <p>{t('administration.drills.result.summary', { time: duration(t, result.elapsed), people: result.people, met: percent(result.metTarget), most: result.mostTaken, waiting: result.mostWaiting, preemptions: result.preemptions })}</p>
      <TimesChart duties={result.duties} />
      <DataTable label={t('administration.drills.result.title')} columns={columns} list={{ items: result.duties, error: null, busy: false, again: () => undefined }} keyOf={({ dutyId }) => dutyId} empty={<EmptyState title={t('administration.drills.result.empty')} />} />
      <p>
        <a className="button button-outline" href={`/api/drills/${drillId}/result.csv`} download>
          {t('administration.drills.result.file')}
        </a>
      </p>
    </section>
  );
}
