import type { Board } from '../../../../gateway/http/schemas/index.ts';
import { ClassBadge } from '../../console/class-badge.tsx';
import { duration } from '../../console/duration.ts';
import { StatusBadge } from '../../console/status-badge.tsx';
import { useNow } from '../../console/use-now.ts';
import { dayAndTime } from '../../format/time.ts';
import { useTexts } from '../../i18n/use-texts.ts';

/** Which classes are due by now, and when the others will be. */
export function PhaseClock({ phase, at }: { phase: Board['phase']; /** Milliseconds since 1970 on another clock than the office's. */ at?: number }) {
  const { t, language } = useTexts();
  const ticking = useNow();
  const now = at ?? ticking;
  return (
    <section className="panel" aria-labelledby="phase-title">
      <h2 id="phase-title">{t('administration.board.phase.title')}</h2>
      {phase === undefined ? (
        <p>{t('administration.board.phase.none')}</p>
      ) : (
        <>
          <p>{t('administration.board.phase.elapsed', { time: duration(t, (now - Date.parse(phase.onset)) / 1000) })}</p>
          <ol className="phase" role="list">
            {phase.classes.map(({ class: name, targetAt, dueAt, due }) => (
              <li key={name} className={due ? 'phase-due' : undefined}>
                <ClassBadge of={name} />
                {due ? <StatusBadge tone="good">{t('administration.board.phase.due')}</StatusBadge> : <StatusBadge tone="info" icon="clock">{t('administration.board.phase.notDue', { time: dayAndTime(dueAt, language) })}</StatusBadge>}
                <span className="soft">{t('administration.board.phase.target', { time: dayAndTime(targetAt, language) })}</span>
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}
