import type { SessionsSummary } from '../../../gateway/http/schemas/index.ts';
import { useTexts } from '../i18n/use-texts.ts';

/** How many there are now. */
export function SummaryFigures({ summary: { live, parked, people, refusedLastHour } }: { summary: SessionsSummary }) {
  const { t } = useTexts();
  const figures = { live, parked, people, refused: refusedLastHour } as const;
  return (
    <dl className="oversight-figures" aria-label={t('oversight.summary.label')}>
      {(Object.keys(figures) as (keyof typeof figures)[]).map((name) => (
        <div key={name}>
          <dt>{t(`oversight.summary.${name}`)}</dt>
          <dd>{figures[name]}</dd>
        </div>
      ))}
    </dl>
  );
}
