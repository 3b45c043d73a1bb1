import type { User } from '../../../gateway/http/schemas.ts';
import { useTexts } from '../i18n/use-texts.ts';

/** The continuity level in force, and what it means for the person reading it. */
export function LevelBanner({ level }: { level: User['level']['value'] }) {
  const { t } = useTexts();
  return (
    <section className={`level level-${level}`} aria-label={t('level.label')}>
      <p>
        <span className="level-label">{t('level.label')}</span>
        <strong className="level-value">{t(`level.${level}.name`)}</strong>
        <span>{t(`level.${level}.meaning`)}</span>
      </p>
    </section>
  );
}
