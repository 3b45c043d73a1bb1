import type { LevelInForce } from '../../../../gateway/http/schemas/index.ts';
import { duration } from '../../console/duration.ts';
import { useNow } from '../../console/use-now.ts';
import { dayAndTime } from '../../format/time.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Notice } from '../../ui/notice.tsx';

/** The level in force: since and until when, why, and how long ago it happened. */
export function InForce({ inForce: { level, since, until, provisional, event, onset, reason } }: { inForce: LevelInForce }) {
  const { t, language } = useTexts();
  const now = useNow();
  const left = (instant: string): string => duration(t, (Date.parse(instant) - now) / 1000);
  const facts: (readonly [string, string])[] = [
    ...(since === undefined ? [] : [[t('administration.level.since'), dayAndTime(since, language)] as const]),
    ...(until === undefined ? [] : [[t('administration.level.until'), t('administration.level.untilLeft', { time: dayAndTime(until, language), left: left(until) })] as const]),
    ...(event === undefined ? [] : [[t('administration.level.event'), t(`level.events.${event}`)] as const]),
    ...(onset === undefined ? [] : [[t('administration.level.onset'), t('administration.level.onsetAgo', { time: dayAndTime(onset, language), ago: duration(t, (now - Date.parse(onset)) / 1000) })] as const]),
    ...(reason === undefined ? [] : [[t('administration.level.reason'), reason] as const]),
  ];
  return (
    <section className={`panel in-force in-force-${level}`} aria-labelledby="in-force-title">
      <div>
        <h2 id="in-force-title" className="in-force-title">
          {t('administration.level.inForce')}
        </h2>
        <p className="in-force-level">{t(`level.${level}.name`)}</p>
        <p className="soft">{t(`level.${level}.meaning`)}</p>
      </div>
      {facts.length > 0 && (
        <dl className="facts">
          {facts.map(([name, text]) => (
            <div key={name} className="facts-pair">
              <dt>{name}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      )}
      {provisional && (
        <Notice tone="warning" title={t('administration.level.provisional.title', { name: t(`level.${provisional.level}.name`) })}>
          <p>{t('administration.level.provisional.help', { time: dayAndTime(provisional.until, language), left: left(provisional.until), name: t(`level.${level}.name`) })}</p>
        </Notice>
      )}
    </section>
  );
}
