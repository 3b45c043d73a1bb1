import { useMemo } from 'react';
import type { AcknowledgementListed } from '../../../../gateway/http/schemas/index.ts';
import { ConsolePage } from '../../console/console-page.tsx';
import { DataTable, type Column } from '../../console/data-table.tsx';
import { FilterBar, FilterSelect } from '../../console/filter-bar.tsx';
import { ListEmpty } from '../../console/list-empty.tsx';
import { StatusBadge } from '../../console/status-badge.tsx';
import { useCursorList } from '../../console/use-cursor-list.ts';
import { useFilters } from '../../console/use-filters.ts';
import { dayAndTime } from '../../format/time.ts';
import { useTexts } from '../../i18n/use-texts.ts';

/** Who has acknowledged the rules of telework in force, and when. */
export function AcknowledgementsPage() {
  const { t, language } = useTexts();
  const filters = useFilters(['standing']);
  const list = useCursorList<AcknowledgementListed>({ key: ['people', 'acknowledgements'], path: '/api/acknowledgements', query: filters.query });
  const columns = useMemo(
    (): readonly Column<AcknowledgementListed>[] => [
      {
        id: 'name',
        header: t('administration.people.name'),
        cell: ({ person }) => (
          <>
            <div>{person.displayName}</div>
            <small>{person.username}</small>
          </>
        ),
      },
      { id: 'unit', header: t('administration.people.unit'), cell: ({ person }) => person.unitName },
      { id: 'standing', header: t('acknowledgements.standing'), cell: ({ acknowledgedAt }) => <StatusBadge tone={acknowledgedAt === undefined ? 'warning' : 'good'}>{t(`acknowledgements.is.${acknowledgedAt === undefined ? 'missing' : 'given'}`)}</StatusBadge> },
      { id: 'at', header: t('acknowledgements.at'), cell: ({ acknowledgedAt }) => (acknowledgedAt === undefined ? t('oversight.none') : <time dateTime={acknowledgedAt}>{dayAndTime(acknowledgedAt, language)}</time>) },
      { id: 'before', header: t('acknowledgements.before'), cell: ({ before }) => (before === undefined ? t('oversight.none') : t('acknowledgements.beforeAt', { version: before.version, time: dayAndTime(before.at, language) })) },
    ],
    [t, language],
  );
  return (
    <ConsolePage title={t('acknowledgements.title')} intro={t('acknowledgements.intro')}>
      <FilterBar filters={filters}>
        <FilterSelect filters={filters} name="standing" label={t('acknowledgements.standing')} options={(['missing', 'given'] as const).map((standing) => ({ value: standing, name: t(`acknowledgements.is.${standing}`) }))} />
      </FilterBar>
      <DataTable label={t('acknowledgements.title')} columns={columns} list={list} keyOf={({ person }) => person.id} empty={<ListEmpty filtered={filters.any} title={t('acknowledgements.empty.title')} help={t('acknowledgements.empty.help')} />} />
    </ConsolePage>
  );
}
