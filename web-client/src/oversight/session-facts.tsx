import type { ReactNode } from 'react';
import { Link } from 'react-aria-components';
import type { Timeline } from '../../../gateway/http/schemas/index.ts';
import { dayAndTime } from '../format/time.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { becauseText } from './because-text.ts';

/** Whose session it is, of what, from where, and how it stands. */
export function SessionFacts({ timeline: { session, policyVersion, expiresAt } }: { timeline: Timeline }) {
  const { t, language } = useTexts();
  const time = (instant: string | undefined): string => (instant === undefined ? t('oversight.none') : dayAndTime(instant, language));
  const because = session.endedBecause === undefined ? session.reasons.map((reason) => becauseText(t, reason)).join(' / ') : becauseText(t, session.endedBecause);
  const facts: readonly (readonly [name: string, value: ReactNode])[] = [
    [t('oversight.fact.state'), <strong key="state">{t(`oversight.state.${session.state}`)}</strong>],
    [
      t('oversight.fact.person'),
      <Link key="person" href={`/oversight/sessions?person=${encodeURIComponent(session.person.username)}`}>
        {session.person.displayName} ({session.person.username})
      </Link>,
    ],
    [t('oversight.fact.unit'), session.unit.name],
    [t('oversight.fact.desktop'), session.desktop?.name ?? t('oversight.none')],
    [t('oversight.fact.duty'), session.duty === null ? t('oversight.none') : `${session.duty.name} (${session.duty.class})`],
    [t('oversight.fact.site'), session.site === null ? t('oversight.none') : t(`site.${session.site}`)],
    [t('oversight.fact.address'), session.address],
    [t('oversight.fact.level'), t(`level.${session.level}.name`)],
    [t('oversight.fact.at'), time(session.at)],
    [t('oversight.fact.connected'), time(session.connectedAt)],
    [t('oversight.fact.ended'), time(session.endedAt)],
    ...(expiresAt === undefined || session.state === 'ended' ? [] : [[t('oversight.fact.expires'), time(expiresAt)] as const]),
    ...(because === '' ? [] : [[t('oversight.fact.because'), because] as const]),
    [t('oversight.fact.refused'), String(session.refusedChannels)],
    [t('oversight.fact.policy'), <code key="policy">{policyVersion.slice(0, 12)}</code>],
  ];
  return (
    <dl className="session-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
