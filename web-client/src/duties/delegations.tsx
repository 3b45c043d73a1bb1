import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { DataTable } from '../console/data-table.tsx';
import { EmptyState } from '../console/empty-state.tsx';
import { usePages } from '../console/use-pages.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { delegationColumns } from './delegation-columns.tsx';
import { ownDelegations } from './queries.ts';

const none: never[] = [];

/** What one has handed over and was handed, over or not. */
export function Delegations() {
  const { t, language } = useTexts();
  const { data, error, isFetching, refetch } = useQuery(ownDelegations);
  const pages = usePages(data?.items ?? none);
  const columns = useMemo(() => delegationColumns(t, language), [t, language]);
  const list = { ...pages, items: data === undefined ? undefined : pages.items, error, busy: isFetching, again: () => void refetch() };
  return (
    <section className="stack" aria-labelledby="own-delegations">
      <h2 id="own-delegations">{t('duties.delegations')}</h2>
      <DataTable label={t('duties.delegations')} columns={columns} list={list} keyOf={({ id }) => id} empty={<EmptyState title={t('duties.noDelegation.title')} help={t('duties.noDelegation.help')} />} />
    </section>
  );
}
