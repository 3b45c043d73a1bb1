import { useQuery } from '@tanstack/react-query';
import type { SessionListed } from '../../../gateway/http/schemas/index.ts';
import { ConsolePage } from '../console/console-page.tsx';
import { DataTable } from '../console/data-table.tsx';
import { EmptyState } from '../console/empty-state.tsx';
import { StatusBadge } from '../console/status-badge.tsx';
import { useCursorList } from '../console/use-cursor-list.ts';
import { useFilters } from '../console/use-filters.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useLive } from '../live/use-live.ts';
import { useWatch } from '../live/use-watch.ts';
import { Icon } from '../ui/icons.tsx';
import { EntryStopNotice } from './entry-stop-notice.tsx';
import { lookAgainEveryMs, summary } from './queries.ts';
import { sessionColumns } from './session-columns.tsx';
import { filterNames, SessionFilters } from './session-filters.tsx';
import { SummaryFigures } from './summary-figures.tsx';

/** Sessions now and past and requests that were refused, newest first; it follows what happens by itself. */
export function SessionsPage() {
  const { t, language } = useTexts();
  useWatch(['lease', 'entry']);
  const line = useLive();
  const filters = useFilters(filterNames);
  // The page asks again by itself: the gateway logs one look an hour for each filter.
  const query = new URLSearchParams([...filters.query, ['refresh', 'yes']]);
  const list = useCursorList<SessionListed>({ key: ['sessions'], path: '/api/sessions', query, refetchInterval: lookAgainEveryMs });
  const { data } = useQuery(summary);
  return (
    <ConsolePage
      title={t('oversight.sessions.title')}
      intro={t('oversight.sessions.intro')}
      actions={
        <a className="button button-outline button-medium" href={`/api/sessions/export.csv?${filters.query.toString()}`} download>
          <Icon name="down" />
          <span>{t('oversight.csv')}</span>
        </a>
      }
    >
      <p role="status">
        <StatusBadge tone={line === 'live' ? 'good' : 'warning'}>{t(`oversight.line.${line}`)}</StatusBadge>
      </p>
      {data && <SummaryFigures summary={data} />}
      {data?.stops.map((stop) => <EntryStopNotice key={stop.id} stop={stop} />)}
      <SessionFilters filters={filters} />
      <DataTable
        label={t('oversight.sessions.title')}
        columns={sessionColumns(t, language)}
        list={list}
        keyOf={({ id }) => id}
        empty={<EmptyState icon="monitor" title={t('oversight.empty')} help={t('oversight.emptyHelp')} />}
      />
    </ConsolePage>
  );
}
