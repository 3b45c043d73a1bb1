import { useQuery } from '@tanstack/react-query';
import type { LevelEffect } from '../../../../gateway/http/schemas/index.ts';
import { Asked } from '../../console/asked.tsx';
import { ClassBadge } from '../../console/class-badge.tsx';
import { duration } from '../../console/duration.ts';
import { dayAndTime } from '../../format/time.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Icon } from '../../ui/icons.tsx';
import { levelEffect } from '../queries.ts';
import type { Level } from './ranks.ts';

/** Whether what the level would do stands on the screen: nothing is pressed before it does. */
export function useEffectKnown(level: Level, provisional: boolean): boolean {
  const { isSuccess, isPlaceholderData } = useQuery(levelEffect(level, provisional));
  return isSuccess && !isPlaceholderData;
}

/** What a level would do: to open sessions, to people, and to each duty that changes. */
export function Effect({ level, provisional }: { level: Level; provisional: boolean }) {
  const { t } = useTexts();
  const effect = useQuery(levelEffect(level, provisional));
  return (
    <section className="effect" aria-label={t('administration.level.effect.title')} aria-live="polite" aria-busy={effect.isFetching}>
      <h3>{t('administration.level.effect.title')}</h3>
      <Asked of={effect}>{(found) => <Numbers effect={found} />}</Asked>
    </section>
  );
}

function Numbers({ effect }: { effect: LevelEffect }) {
  const { t, language } = useTexts();
  const { sessionsEnding, graceSeconds, peopleGaining, peopleLosing, until, duties } = effect;
  const changed = duties.filter(({ sitesNow, sitesThen }) => sitesNow.join() !== sitesThen.join());
  return (
    <>
      <ul className="effect-numbers" role="list">
        <li className={sessionsEnding > 0 ? 'effect-loss' : undefined}>
          <Icon name={sessionsEnding > 0 ? 'warning' : 'check'} />
          <span>{sessionsEnding > 0 ? t('administration.level.effect.sessionsEnding', { count: sessionsEnding, grace: duration(t, graceSeconds) }) : t('administration.level.effect.noSessionsEnding')}</span>
        </li>
        <li className={peopleGaining > 0 ? 'effect-gain' : undefined}>
          <Icon name="person" />
          <span>{peopleGaining > 0 ? t('administration.level.effect.peopleGaining', { count: peopleGaining }) : t('administration.level.effect.nobodyGaining')}</span>
        </li>
        <li className={peopleLosing > 0 ? 'effect-loss' : undefined}>
          <Icon name={peopleLosing > 0 ? 'warning' : 'check'} />
          <span>{peopleLosing > 0 ? t('administration.level.effect.peopleLosing', { count: peopleLosing }) : t('administration.level.effect.nobodyLosing')}</span>
        </li>
        {until !== undefined && (
          <li>
            <Icon name="clock" />
            <span>{t('administration.level.effect.until', { time: dayAndTime(until, language) })}</span>
          </li>
        )}
      </ul>
      {changed.length > 0 && (
        <ul className="effect-duties" role="list" aria-label={t('administration.level.effect.duties')}>
          {changed.map((duty) => (
            <EffectOnDuty key={duty.dutyId} duty={duty} />
          ))}
        </ul>
      )}
      <p className="soft">{changed.length === 0 ? t('administration.level.effect.noDuty') : t('administration.level.effect.otherDuties', { count: duties.length - changed.length })}</p>
    </>
  );
}

function EffectOnDuty({ duty: { name, class: priority, people, sitesNow, sitesThen } }: { duty: LevelEffect['duties'][number] }) {
  const { t } = useTexts();
  const opening = sitesThen.filter((site) => !sitesNow.includes(site));
  const closing = sitesNow.filter((site) => !sitesThen.includes(site));
  const named = (sites: LevelEffect['duties'][number]['sitesNow']): string => sites.map((site) => t(`site.${site}`)).join(t('administration.level.effect.comma'));
  return (
    <li>
      <p>
        <ClassBadge of={priority} /> <strong>{name}</strong> <span className="soft">{t('administration.level.effect.people', { count: people })}</span>
      </p>
      {opening.length > 0 && (
        <p className="effect-gain">
          <Icon name="plus" />
          {t('administration.level.effect.opens', { sites: named(opening) })}
        </p>
      )}
      {closing.length > 0 && (
        <p className="effect-loss">
          <Icon name="cross" />
          {sitesThen.length === 0 ? t('administration.level.effect.closesAll') : t('administration.level.effect.closes', { sites: named(closing) })}
        </p>
      )}
    </li>
  );
}
