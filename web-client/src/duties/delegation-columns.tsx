import type { Delegation } from '../../../gateway/http/schemas/index.ts';
import type { Column } from '../console/data-table.tsx';
import { StatusBadge, type Tone } from '../console/status-badge.tsx';
import { dayAndTime } from '../format/time.ts';
import type { Language } from '../i18n/languages.ts';
import type { useTexts } from '../i18n/use-texts.ts';

const tones: Readonly<Record<Delegation['state'], Tone>> = { 'to-come': 'info', running: 'good', ended: 'off' };

/** What a list shows of duties that are handed over: which, from whom to whom, when, why and how it stands. */
export function delegationColumns(t: ReturnType<typeof useTexts>['t'], language: Language): readonly Column<Delegation>[] {
  const named = ({ displayName, unitName }: Delegation['from']) => (
    <>
      <div>{displayName}</div>
      <small>{unitName}</small>
    </>
  );
  return [
    { id: 'duty', header: t('delegations.duty'), names: true, cell: ({ duty }) => duty.name },
    { id: 'from', header: t('delegations.from'), cell: ({ from }) => named(from) },
    { id: 'to', header: t('delegations.to'), cell: ({ to }) => named(to) },
    { id: 'span', header: t('delegations.span'), cell: ({ beginsAt, endsAt }) => t('delegations.fromUntil', { from: dayAndTime(beginsAt, language), until: dayAndTime(endsAt, language) }) },
    {
      id: 'state',
      header: t('delegations.state'),
      cell: ({ state, endedBecause }) => (
        <>
          <StatusBadge tone={tones[state]}>{t(`delegations.is.${state}`)}</StatusBadge>
          {endedBecause !== undefined && (
            <div>
              <small>{t(`delegations.because.${endedBecause}`)}</small>
            </div>
          )}
        </>
      ),
    },
    {
      id: 'reason',
      header: t('delegations.reason'),
      cell: ({ reason, madeBy, from }) => (
        <>
          <div>{reason}</div>
          {madeBy !== from.displayName && <small>{t('delegations.madeBy', { name: madeBy })}</small>}
        </>
      ),
    },
  ];
}
