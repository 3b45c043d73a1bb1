import type { Board } from '../../../../gateway/http/schemas/index.ts';
import { StatusBadge } from '../../console/status-badge.tsx';
import { timeWithSeconds } from '../../format/time.ts';
import { useTexts } from '../../i18n/use-texts.ts';

const TONES = { running: 'warning', yielded: 'good', withdrawn: 'off', 'ended-otherwise': 'off' } as const;

/** Which duties yield to which, until when, and what came of it. */
export function Preemptions({ preemptions }: { preemptions: Board['preemptions'] }) {
  const { t } = useTexts();
  return (
    <section className="panel" aria-labelledby="preemptions-title">
      <h2 id="preemptions-title">{t('administration.board.preemptions.title')}</h2>
      {preemptions.length === 0 ? (
        <p>{t('administration.board.preemptions.empty')}</p>
      ) : (
        <ul className="board-preemptions" role="list">
          {preemptions.map((one) => (
            <li key={one.id}>
              <StatusBadge tone={TONES[one.outcome]}>{t(`administration.board.preemptions.outcomes.${one.outcome}`)}</StatusBadge>
              <span>{t('administration.board.preemptions.yields', { duty: one.dutyName, class: one.class, forDuty: one.forDutyName, forClass: one.forClass })}</span>
              {one.outcome === 'running' && <strong>{t('administration.board.preemptions.running', { time: timeWithSeconds(one.endsAt) })}</strong>}
              {one.extended && <span className="soft">{t('administration.board.preemptions.extended')}</span>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
