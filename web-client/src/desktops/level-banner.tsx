import type { User } from '../../../gateway/http/schemas/index.ts';
import { dayAndTime } from '../format/time.ts';
import { useTexts } from '../i18n/use-texts.ts';

/** The continuity level in force, since and until when and why, and what it means for the person reading it. */
export function LevelBanner({ level }: { level: User['level'] }) {
  const { t, language } = useTexts();
  const { level: value, since, until, provisional, event, reason } = level;
  const why = [event && t(`level.events.${event}`), reason].filter((part) => part !== undefined).join(language === 'ja' ? '、' : ', ');
  const raised = value !== '0' || provisional !== undefined;
  return (
    <section className={`level level-${provisional?.level ?? value}`} aria-label={t('level.label')} aria-live="polite">
      <p>
        <span className="level-label">{t('level.label')}</span>
        <strong className="level-value">{t(`level.${value}.name`)}</strong>
        <span>{t(`level.${value}.meaning`)}</span>
      </p>
      {provisional && (
        <p>
          <strong>{t('level.provisional', { name: t(`level.${provisional.level}.name`), until: dayAndTime(provisional.until, language) })}</strong>
        </p>
      )}
      {raised && (
        <p className="level-facts">
          {since !== undefined && <span>{t('level.since', { time: dayAndTime(since, language) })}</span>}
          {until !== undefined && <span>{t('level.until', { time: dayAndTime(until, language) })}</span>}
          {why !== '' && <span>{t('level.why', { reason: why })}</span>}
        </p>
      )}
    </section>
  );
}
