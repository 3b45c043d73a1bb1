import { useMemo } from 'react';
import type { Bypass } from '../../../../gateway/http/schemas/index.ts';
import { DataTable, type Column } from '../../console/data-table.tsx';
import { EmptyState } from '../../console/empty-state.tsx';
import { useCursorList } from '../../console/use-cursor-list.ts';
import { dayAndTime } from '../../format/time.ts';
import { useTexts } from '../../i18n/use-texts.ts';

/** Every bypass there was, newest first. */
export function PastBypasses() {
  const { t, language } = useTexts();
  const list = useCursorList<Bypass>({ key: ['level', 'bypasses', 'all'], path: '/api/bypasses' });
  const columns = useMemo<readonly Column<Bypass>[]>(
    () => [
      { id: 'issuedAt', header: t('administration.bypass.past.issuedAt'), cell: ({ issuedAt }) => dayAndTime(issuedAt, language) },
      { id: 'person', header: t('administration.bypass.past.person'), cell: ({ person, shelter }) => t('administration.bypass.of', { person: person.displayName, shelter }) },
      { id: 'state', header: t('administration.bypass.past.state'), cell: ({ state }) => t(`administration.bypass.state.${state}`) },
      { id: 'issuedBy', header: t('administration.bypass.issuedBy'), cell: ({ issuedBy }) => issuedBy.displayName },
      { id: 'approvedBy', header: t('administration.bypass.approvedBy'), cell: ({ approvedBy }) => approvedBy?.displayName },
      { id: 'voucher', header: t('administration.bypass.voucher'), cell: ({ voucher }) => voucher.displayName },
      { id: 'used', header: t('administration.bypass.used'), cell: ({ usedAt, usedFrom }) => usedAt && t('administration.bypass.usedFrom', { time: dayAndTime(usedAt, language), address: usedFrom ?? '' }) },
      { id: 'endedBy', header: t('administration.bypass.past.endedBy'), cell: ({ endedBy, endReason }) => endedBy && `${endedBy.displayName} ${endReason ?? ''}` },
    ],
    [t, language],
  );
  return (
    <section className="stack" aria-labelledby="past-bypasses-title">
      <h2 id="past-bypasses-title" className="section-title">
        {t('administration.bypass.past.title')}
      </h2>
      <DataTable label={t('administration.bypass.past.title')} columns={columns} list={list} keyOf={({ id }) => id} empty={<EmptyState icon="clock" title={t('administration.bypass.past.empty')} help={t('administration.bypass.past.emptyHelp')} />} />
    </section>
  );
}
