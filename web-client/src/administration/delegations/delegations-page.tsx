import { useMemo, useState } from 'react';
import type { Delegation, User } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { ConfirmDialog } from '../../console/confirm-dialog.tsx';
import { ConsolePage } from '../../console/console-page.tsx';
import { DataTable } from '../../console/data-table.tsx';
import { FilterBar, FilterSelect } from '../../console/filter-bar.tsx';
import { ListEmpty } from '../../console/list-empty.tsx';
import { useChange } from '../../console/use-change.ts';
import { useCursorList } from '../../console/use-cursor-list.ts';
import { useFilters } from '../../console/use-filters.ts';
import { delegationColumns } from '../../duties/delegation-columns.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { Button } from '../../ui/button.tsx';
import { NewDelegationDialog } from './new-delegation-dialog.tsx';

/** Duties that were handed over in the units that one looks after. */
export function DelegationsPage({ user }: { user: User }) {
  const { t, language } = useTexts();
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<Delegation | null>(null);
  const filters = useFilters(['standing']);
  const list = useCursorList<Delegation>({ key: ['people', 'delegations'], path: '/api/delegations', query: filters.query });
  const mayDelegate = user.may.includes('duties.delegate');
  const columns = useMemo(
    () => [
      ...delegationColumns(t, language),
      ...(mayDelegate
        ? [
            {
              id: 'actions',
              header: t('delegations.actions'),
              cell: (delegation: Delegation) =>
                delegation.state !== 'ended' && (
                  <span className="row-actions">
                    <Button look="danger-outline" size="small" onPress={() => setEnding(delegation)} aria-label={t('delegations.end.named', { duty: delegation.duty.name, name: delegation.to.displayName })}>
                      {t('delegations.end.open')}
                    </Button>
                  </span>
                ),
            },
          ]
        : []),
    ],
    [t, language, mayDelegate],
  );
  return (
    <ConsolePage
      title={t('delegations.title')}
      intro={t('delegations.intro')}
      actions={
        mayDelegate && (
          <Button icon="plus" onPress={() => setAdding(true)}>
            {t('delegations.add.open')}
          </Button>
        )
      }
    >
      <FilterBar filters={filters}>
        <FilterSelect filters={filters} name="standing" label={t('delegations.state')} options={(['open', 'ended'] as const).map((standing) => ({ value: standing, name: t(`delegations.standing.${standing}`) }))} />
      </FilterBar>
      <DataTable label={t('delegations.title')} columns={columns} list={list} keyOf={({ id }) => id} empty={<ListEmpty filtered={filters.any} title={t('delegations.empty.title')} help={t('delegations.empty.help')} />} />
      {adding && <NewDelegationDialog onClose={() => setAdding(false)} />}
      {ending !== null && <EndDialog delegation={ending} onClose={() => setEnding(null)} />}
    </ConsolePage>
  );
}

function EndDialog({ delegation: { id, duty, to }, onClose }: { delegation: Delegation; onClose: () => void }) {
  const { t } = useTexts();
  const end = useChange<Delegation>({
    change: () => call<Delegation>('POST', `/api/delegations/${id}/end`, {}),
    refresh: [['people', 'delegations']],
    said: () => ({ text: t('delegations.end.done', { duty: duty.name, name: to.displayName }) }),
    onDone: onClose,
  });
  return (
    <ConfirmDialog title={t('delegations.end.title', { duty: duty.name, name: to.displayName })} confirm={t('delegations.end.confirm')} look="danger" isPending={end.isPending} error={end.error} onConfirm={() => end.mutate()} onClose={onClose}>
      <p>{t('delegations.end.help')}</p>
    </ConfirmDialog>
  );
}
