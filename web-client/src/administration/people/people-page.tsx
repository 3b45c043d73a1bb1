import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link } from 'react-aria-components';
import type { PersonListed, User } from '../../../../gateway/http/schemas/index.ts';
import { ConsolePage } from '../../console/console-page.tsx';
import { DataTable, type Column } from '../../console/data-table.tsx';
import { FilterBar, FilterSelect, FilterText } from '../../console/filter-bar.tsx';
import { ListEmpty } from '../../console/list-empty.tsx';
import { useCursorList } from '../../console/use-cursor-list.ts';
import { useFilters } from '../../console/use-filters.ts';
import { dayAndTime } from '../../format/time.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Button } from '../../ui/button.tsx';
import { units } from '../../console/units.ts';
import { activeDuties } from '../queries.ts';
import { AddPersonDialog } from './add-person-dialog.tsx';
import { AddUnitDialog } from './add-unit-dialog.tsx';
import { AccountBadge, SignInBadge } from './badges.tsx';
import { roles } from './role-conflicts.ts';

/** Everybody of the organisation, or of one's units. */
export function PeoplePage({ user }: { user: User }) {
  const { t } = useTexts();
  const [adding, setAdding] = useState<'person' | 'unit' | null>(null);
  const filters = useFilters(['search', 'unitId', 'status', 'role', 'dutyId', 'loaned']);
  const list = useCursorList<PersonListed>({ key: ['people'], path: '/api/people', query: filters.query });
  const unitList = useQuery(units);
  const dutyList = useQuery(activeDuties);
  const columns = useColumns();
  return (
    <ConsolePage
      title={t('administration.people.title')}
      intro={t('administration.people.intro')}
      actions={
        <>
          {user.may.includes('units.manage') && (
            <Button look="outline" icon="plus" onPress={() => setAdding('unit')}>
              {t('administration.units.add.open')}
            </Button>
          )}
          {user.may.includes('people.manage') && (
            <Button icon="plus" onPress={() => setAdding('person')}>
              {t('administration.people.add.open')}
            </Button>
          )}
        </>
      }
    >
      <FilterBar filters={filters}>
        <FilterText filters={filters} name="search" label={t('administration.people.filter.search')} />
        <FilterSelect filters={filters} name="unitId" label={t('administration.people.unit')} options={(unitList.data?.items ?? []).map(({ id, path }) => ({ value: id, name: path }))} />
        <FilterSelect filters={filters} name="role" label={t('administration.people.roles')} options={roles.map((role) => ({ value: role, name: t(`console.role.${role}`) }))} />
        <FilterSelect filters={filters} name="dutyId" label={t('administration.people.duties')} options={(dutyList.data?.items ?? []).map(({ id, name }) => ({ value: id, name }))} />
        <FilterSelect
          filters={filters}
          name="status"
          label={t('administration.people.status')}
          options={(['active', 'disabled'] as const).map((status) => ({ value: status, name: t(`administration.people.is.${status}`) }))}
        />
        <FilterSelect filters={filters} name="loaned" label={t('administration.people.loan.kind')} options={(['no', 'yes'] as const).map((kind) => ({ value: kind, name: t(`administration.people.loan.is.${kind}`) }))} />
      </FilterBar>
      <DataTable
        label={t('administration.people.title')}
        columns={columns}
        list={list}
        keyOf={({ id }) => id}
        empty={<ListEmpty filtered={filters.any} icon="person" title={t('administration.people.empty.title')} help={t('administration.people.empty.help')} />}
      />
      {adding === 'person' && <AddPersonDialog units={unitList.data?.items ?? []} onClose={() => setAdding(null)} />}
      {adding === 'unit' && <AddUnitDialog units={unitList.data?.items ?? []} onClose={() => setAdding(null)} />}
    </ConsolePage>
  );
}

function useColumns(): readonly Column<PersonListed>[] {
  const { t, language } = useTexts();
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('administration.people.name'),
        cell: ({ id, displayName, username, loan }) => (
          <>
            <Link href={`/administration/people/${id}`}>{displayName}</Link>
            <small>{username}</small>
            {loan && (
              <small>
                <strong>{t('administration.people.loan.badge')}</strong> {t('administration.people.loan.until', { from: loan.from, time: dayAndTime(loan.endsAt, language) })}
              </small>
            )}
          </>
        ),
      },
      { id: 'unit', header: t('administration.people.unit'), cell: ({ unitName }) => unitName },
      {
        id: 'status',
        header: t('administration.people.status'),
        cell: ({ status, signIn }) => (status === 'disabled' ? <AccountBadge status={status} /> : <SignInBadge signIn={signIn} />),
      },
      { id: 'roles', header: t('administration.people.roles'), cell: ({ roles: held }) => held.map((role) => <div key={role}>{t(`console.role.${role}`)}</div>) },
      { id: 'duties', header: t('administration.people.duties'), cell: ({ duties }) => duties.map(({ id, name }) => <div key={id}>{name}</div>) },
      { id: 'desktops', header: t('administration.people.desktops'), align: 'end', cell: ({ desktops }) => desktops },
    ],
    [t, language],
  );
}
