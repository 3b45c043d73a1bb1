import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link } from 'react-aria-components';
import type { DesktopListed, User } from '../../../../gateway/http/schemas/index.ts';
import { ConsolePage } from '../../console/console-page.tsx';
import { DataTable, type Column } from '../../console/data-table.tsx';
import { FilterBar, FilterSelect, FilterText } from '../../console/filter-bar.tsx';
import { ListEmpty } from '../../console/list-empty.tsx';
import { useCursorList } from '../../console/use-cursor-list.ts';
import { useFilters } from '../../console/use-filters.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Button } from '../../ui/button.tsx';
import { poolRecords } from '../queries.ts';
import { AddDesktopDialog } from './add-desktop-dialog.tsx';
import { DesktopBadge, ResidualBadge } from './badges.tsx';

/** Every desktop: where it is, who may use it, what runs on it. */
export function DesktopsPage({ user }: { user: User }) {
  const { t } = useTexts();
  const [adding, setAdding] = useState(false);
  const filters = useFilters(['search', 'status', 'poolId', 'residual']);
  const list = useCursorList<DesktopListed>({ key: ['desktop-records'], path: '/api/desktop-records', query: filters.query });
  const pools = useQuery(poolRecords);
  const columns = useColumns();
  return (
    <ConsolePage
      title={t('administration.desktops.title')}
      intro={t('administration.desktops.intro')}
      actions={
        user.may.includes('desktops.manage') && (
          <Button icon="plus" onPress={() => setAdding(true)}>
            {t('administration.desktops.add.open')}
          </Button>
        )
      }
    >
      <FilterBar filters={filters}>
        <FilterText filters={filters} name="search" label={t('administration.desktops.search')} />
        <FilterSelect
          filters={filters}
          name="status"
          label={t('administration.desktops.status')}
          options={(['active', 'disabled'] as const).map((status) => ({ value: status, name: t(`administration.desktops.is.${status}`) }))}
        />
        <FilterSelect filters={filters} name="poolId" label={t('administration.desktops.pool')} options={(pools.data?.items ?? []).map(({ id, name }) => ({ value: id, name }))} />
        <FilterSelect filters={filters} name="residual" label={t('administration.desktops.residual.title')} options={[{ value: 'yes', name: t('administration.desktops.residual.some') }]} />
      </FilterBar>
      <DataTable
        label={t('administration.desktops.title')}
        columns={columns}
        list={list}
        keyOf={({ id }) => id}
        empty={<ListEmpty filtered={filters.any} icon="monitor" title={t('administration.desktops.empty.title')} help={t('administration.desktops.empty.help')} />}
      />
      {adding && <AddDesktopDialog pools={pools.data?.items ?? []} onClose={() => setAdding(false)} />}
    </ConsolePage>
  );
}

function useColumns(): readonly Column<DesktopListed>[] {
  const { t } = useTexts();
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('administration.desktops.name'),
        cell: ({ id, name, host, port, protocol }) => (
          <>
            <Link href={`/administration/desktops/${id}`}>{name}</Link>
            <small>
              {protocol.toUpperCase()} {host}:{port}
            </small>
          </>
        ),
      },
      { id: 'status', header: t('administration.desktops.status'), cell: ({ status }) => <DesktopBadge status={status} /> },
      { id: 'kind', header: t('administration.desktops.kind'), cell: ({ kind }) => t(`administration.desktops.kinds.${kind}`) },
      { id: 'pool', header: t('administration.desktops.pool'), cell: ({ pool }) => pool?.name },
      {
        id: 'assigned',
        header: t('administration.desktops.assigned'),
        cell: ({ assignedTo, assigned }) => (
          <>
            {assignedTo.slice(0, 3).map((username) => (
              <div key={username}>{username}</div>
            ))}
            {assigned > 3 && <div className="soft">{t('administration.desktops.more', { count: assigned - Math.min(3, assignedTo.length) })}</div>}
          </>
        ),
      },
      { id: 'open', header: t('administration.desktops.openSessions'), align: 'end', cell: ({ openSessions }) => openSessions },
      { id: 'residual', header: t('administration.desktops.residual.title'), cell: ({ residualSessions }) => residualSessions > 0 && <ResidualBadge count={residualSessions} /> },
    ],
    [t],
  );
}
