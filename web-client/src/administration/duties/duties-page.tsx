import { useMemo, useState } from 'react';
import type { DutyListed, User } from '../../../../gateway/http/schemas/index.ts';
import { ClassBadge } from '../../console/class-badge.tsx';
import { ConsolePage } from '../../console/console-page.tsx';
import { DataTable, type Column } from '../../console/data-table.tsx';
import { duration } from '../../console/duration.ts';
import { FilterBar, FilterSelect, FilterText } from '../../console/filter-bar.tsx';
import { ListEmpty } from '../../console/list-empty.tsx';
import { StatusBadge } from '../../console/status-badge.tsx';
import { useCursorList } from '../../console/use-cursor-list.ts';
import { useFilters } from '../../console/use-filters.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Button } from '../../ui/button.tsx';
import { DutyDialog } from './duty-dialog.tsx';
import { RetireDialog } from './retire-dialog.tsx';
import { ToUnitDialog } from './to-unit-dialog.tsx';

type Asked = { readonly what: 'change' | 'assign' | 'retire'; readonly duty: DutyListed } | { readonly what: 'add' };

/** The catalogue of duties: class, zone, target time, and how many people hold each. */
export function DutiesPage({ user }: { user: User }) {
  const { t } = useTexts();
  const [asked, setAsked] = useState<Asked | null>(null);
  const filters = useFilters(['search', 'status']);
  const list = useCursorList<DutyListed>({ key: ['duties'], path: '/api/duties', query: filters.query });
  const mayManage = user.may.includes('duties.manage');
  const mayAssign = user.may.includes('duties.assign');
  const columns = useColumns(mayManage, mayAssign, setAsked);
  const close = (): void => setAsked(null);
  return (
    <ConsolePage
      title={t('administration.duties.title')}
      intro={t('administration.duties.intro')}
      actions={
        mayManage && (
          <Button icon="plus" onPress={() => setAsked({ what: 'add' })}>
            {t('administration.duties.add.open')}
          </Button>
        )
      }
    >
      <FilterBar filters={filters}>
        <FilterText filters={filters} name="search" label={t('administration.duties.name')} />
        <FilterSelect
          filters={filters}
          name="status"
          label={t('administration.duties.status')}
          options={(['active', 'retired'] as const).map((status) => ({ value: status, name: t(`administration.duties.is.${status}`) }))}
        />
      </FilterBar>
      <DataTable
        label={t('administration.duties.title')}
        columns={columns}
        list={list}
        keyOf={({ id }) => id}
        empty={<ListEmpty filtered={filters.any} title={t('administration.duties.empty.title')} help={t('administration.duties.empty.help')} />}
      />
      {asked?.what === 'add' && <DutyDialog onClose={close} />}
      {asked?.what === 'change' && <DutyDialog duty={asked.duty} onClose={close} />}
      {asked?.what === 'assign' && <ToUnitDialog duty={asked.duty} onClose={close} />}
      {asked?.what === 'retire' && <RetireDialog duty={asked.duty} onClose={close} />}
    </ConsolePage>
  );
}

function useColumns(mayManage: boolean, mayAssign: boolean, onAsked: (asked: Asked) => void): readonly Column<DutyListed>[] {
  const { t } = useTexts();
  return useMemo(
    () => [
      { id: 'name', header: t('administration.duties.name'), cell: ({ name }) => name },
      { id: 'class', header: t('console.words.class'), cell: (duty) => <ClassBadge of={duty.class} meaning /> },
      { id: 'zone', header: t('console.words.zone'), cell: ({ zone }) => t(`console.zone.${zone}`) },
      { id: 'target', header: t('administration.duties.target'), cell: ({ targetSeconds }) => (targetSeconds === null ? t('administration.duties.targetOfClass') : duration(t, targetSeconds)) },
      { id: 'people', header: t('administration.level.duties.people'), align: 'end', cell: ({ people }) => people },
      { id: 'status', header: t('administration.duties.status'), cell: ({ status }) => <StatusBadge tone={status === 'active' ? 'good' : 'off'}>{t(`administration.duties.is.${status}`)}</StatusBadge> },
      ...(mayManage || mayAssign
        ? [
            {
              id: 'actions',
              header: t('administration.duties.actions'),
              cell: (duty: DutyListed) =>
                duty.status === 'active' && (
                  <span className="row-actions">
                    {mayAssign && (
                      <Button look="outline" size="small" onPress={() => onAsked({ what: 'assign', duty })} aria-label={t('administration.duties.assign.named', { name: duty.name })}>
                        {t('administration.duties.assign.open')}
                      </Button>
                    )}
                    {mayManage && (
                      <Button look="outline" size="small" onPress={() => onAsked({ what: 'change', duty })} aria-label={t('administration.duties.change.named', { name: duty.name })}>
                        {t('administration.duties.change.open')}
                      </Button>
                    )}
                    {mayManage && (
                      <Button look="danger-outline" size="small" onPress={() => onAsked({ what: 'retire', duty })} aria-label={t('administration.duties.retire.named', { name: duty.name })}>
                        {t('administration.duties.retire.open')}
                      </Button>
                    )}
                  </span>
                ),
            },
          ]
        : []),
    ],
    [t, mayManage, mayAssign, onAsked],
  );
}
