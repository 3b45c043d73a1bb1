import { useQuery } from '@tanstack/react-query';
import { CODES, type Code } from '../../../broker/codes.ts';
import { FilterBar, FilterSelect, FilterText, FilterTime } from '../console/filter-bar.tsx';
import type { Filters } from '../console/use-filters.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { becauseText } from './because-text.ts';
import { units } from '../console/units.ts';
import { duties } from './queries.ts';

export const filterNames = ['state', 'person', 'desktop', 'dutyId', 'unitId', 'from', 'to', 'outcome', 'reason'] as const;
export type FilterName = (typeof filterNames)[number];

/** Why sessions end by themselves or by their owner; the other reasons are codes of decisions. */
const endReasons = ['ended-by-owner', 'not-used', 'desktop-ended', 'parking-expired', 'sign-in-ended', 'duty-changed'] as const;
/** Reasons of admission, and those for which a session is ended. */
const reasons = (Object.keys(CODES) as Code[]).filter((code) => CODES[code].support.startsWith('SEK-12') || ['ended-by-officer', 'lease-expired', 'sign-in-required'].includes(code));

/** What narrows the list of sessions down. */
export function SessionFilters({ filters }: { filters: Filters<FilterName> }) {
  const { t } = useTexts();
  const { data: known } = useQuery(units);
  const { data: catalogue } = useQuery(duties);
  return (
    <FilterBar filters={filters}>
      <FilterSelect
        filters={filters}
        name="state"
        label={t('oversight.filter.state')}
        options={[
          { value: 'live', name: t('oversight.filter.live') },
          { value: 'past', name: t('oversight.filter.past') },
          { value: 'refused', name: t('oversight.filter.refusedOnly') },
        ]}
      />
      <FilterText filters={filters} name="person" label={t('oversight.filter.person')} />
      <FilterText filters={filters} name="desktop" label={t('oversight.filter.desktop')} />
      <FilterSelect filters={filters} name="dutyId" label={t('oversight.filter.duty')} options={(catalogue?.items ?? []).map(({ id, name, class: priority }) => ({ value: id, name: `${name} (${priority})` }))} />
      <FilterSelect filters={filters} name="unitId" label={t('oversight.filter.unit')} options={(known?.items ?? []).map(({ id, path }) => ({ value: id, name: path }))} />
      <FilterTime filters={filters} name="from" label={t('oversight.filter.from')} />
      <FilterTime filters={filters} name="to" label={t('oversight.filter.to')} />
      <FilterSelect filters={filters} name="outcome" label={t('oversight.filter.outcome')} options={(['admit', 'wait', 'refuse'] as const).map((outcome) => ({ value: outcome, name: t(`oversight.outcome.${outcome}`) }))} />
      <FilterSelect filters={filters} name="reason" label={t('oversight.filter.reason')} options={[...reasons, ...endReasons].map((reason) => ({ value: reason, name: becauseText(t, reason) }))} />
    </FilterBar>
  );
}
