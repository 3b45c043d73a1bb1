import { Link } from 'react-aria-components';
import type { SessionListed } from '../../../gateway/http/schemas/index.ts';
import type { Column } from '../console/data-table.tsx';
import { StatusBadge, type Tone } from '../console/status-badge.tsx';
import { dayAndTime } from '../format/time.ts';
import type { Language } from '../i18n/languages.ts';
import type { useTexts } from '../i18n/use-texts.ts';
import { becauseText } from './because-text.ts';

const tones: Readonly<Record<SessionListed['state'], Tone>> = { granted: 'info', active: 'good', parked: 'warning', ended: 'off', wait: 'warning', refuse: 'bad' };

/** The columns of the list of sessions; the person's name leads to the timeline where there is one. */
export function sessionColumns(t: ReturnType<typeof useTexts>['t'], language: Language): readonly Column<SessionListed>[] {
  return [
    {
      id: 'person',
      header: t('oversight.column.person'),
      names: true,
      cell: ({ id, person, unit }) => (
        <>
          <Link href={`/oversight/sessions/${id}`}>{person.displayName}</Link>
          <span className="soft session-unit">{unit.name}</span>
        </>
      ),
    },
    { id: 'state', header: t('oversight.column.state'), cell: ({ state }) => <StatusBadge tone={tones[state]}>{t(`oversight.state.${state}`)}</StatusBadge> },
    { id: 'desktop', header: t('oversight.column.desktop'), cell: ({ desktop }) => desktop?.name ?? t('oversight.none') },
    { id: 'duty', header: t('oversight.column.duty'), cell: ({ duty }) => (duty === null ? t('oversight.none') : `${duty.name} (${duty.class})`) },
    { id: 'at', header: t('oversight.column.at'), cell: ({ at }) => <time dateTime={at}>{dayAndTime(at, language)}</time> },
    { id: 'site', header: t('oversight.column.site'), cell: ({ site, address }) => `${site === null ? t('oversight.none') : t(`site.${site}`)} (${address})` },
    { id: 'reason', header: t('oversight.column.reason'), cell: ({ endedBecause, reasons }) => (endedBecause === undefined ? reasons : [endedBecause]).map((because) => becauseText(t, because)).join(' / ') },
    { id: 'lifted', header: t('oversight.column.lifted'), cell: ({ lifted }) => lifted.map((rule) => <StatusBadge key={rule} tone="warning">{t(`lifted.${rule}`)}</StatusBadge>) },
    { id: 'refused', header: t('oversight.column.refused'), align: 'end', cell: ({ refusedChannels }) => String(refusedChannels) },
  ];
}
