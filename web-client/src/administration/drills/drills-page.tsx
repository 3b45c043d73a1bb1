import { useMemo, useState } from 'react';
import { Link } from 'react-aria-components';
import type { Drill, User } from '../../../../gateway/http/schemas/index.ts';
import { ConsolePage } from '../../console/console-page.tsx';
import { DataTable, type Column } from '../../console/data-table.tsx';
import { EmptyState } from '../../console/empty-state.tsx';
import { StatusBadge } from '../../console/status-badge.tsx';
import { useCursorList } from '../../console/use-cursor-list.ts';
import { dayAndTime } from '../../format/time.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Button } from '../../ui/button.tsx';
import { percent } from './percent.ts';
import { StartDialog } from './start-dialog.tsx';
import './drills.css';

/** Drills (訓練): begin one, look at the one under way, and what those before have shown. */
export function DrillsPage({ user }: { user: User }) {
  const { t, language } = useTexts();
  const [starting, setStarting] = useState(false);
  const list = useCursorList<Drill>({ key: ['drills'], path: '/api/drills', refetchInterval: 30_000 });
  const columns = useMemo<readonly Column<Drill>[]>(
    () => [
      { id: 'name', header: t('administration.drills.name'), names: true, cell: ({ id, name }) => <Link href={`/administration/drills/${id}`}>{name}</Link> },
      { id: 'state', header: t('administration.drills.state'), cell: ({ endedAt }) => (endedAt === undefined ? <StatusBadge tone="warning" icon="clock">{t('administration.drills.running')}</StatusBadge> : <StatusBadge tone="off">{t('administration.drills.over')}</StatusBadge>) },
      { id: 'started', header: t('administration.drills.startedAt'), cell: ({ startedAt }) => dayAndTime(startedAt, language) },
      { id: 'event', header: t('administration.level.event'), cell: ({ event, level }) => `${t(`level.events.${event}`)} · ${t(`level.${level}.name`)}` },
      { id: 'seats', header: t('administration.drills.seats'), align: 'end', cell: ({ seats }) => seats },
      { id: 'took', header: t('administration.drills.tookPart'), align: 'end', cell: ({ tookPart }) => tookPart },
      { id: 'met', header: t('administration.drills.met'), align: 'end', cell: ({ result }) => (result === undefined ? t('administration.board.seats.none') : percent(result.metTarget)) },
    ],
    [t, language],
  );
  const running = list.items?.some(({ endedAt }) => endedAt === undefined) === true;
  return (
    <ConsolePage
      title={t('administration.drills.title')}
      intro={t('administration.drills.intro')}
      actions={
        user.may.includes('drills.run') && (
          <Button isDisabled={running} onPress={() => setStarting(true)}>
            {t('administration.drills.start.open')}
          </Button>
        )
      }
    >
      {running && <p className="soft">{t('administration.drills.oneAtATime')}</p>}
      <DataTable label={t('administration.drills.title')} columns={columns} list={list} keyOf={({ id }) => id} empty={<EmptyState icon="clock" title={t('administration.drills.empty')} help={t('administration.drills.emptyHelp')} />} />
      {starting && <StartDialog onClose={() => setStarting(false)} />}
    </ConsolePage>
  );
}
