import { useEffect, useState } from 'react';
import { Problem } from '../api/problem.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';

/** What came of the last attempt, if it failed, with the wait before the next one. */
export function Attempt({ error, throttle }: { error: Error | null; throttle: number }) {
  const { t } = useTexts();
  if (error === null) return null;
  const drift = error instanceof Problem ? error.document?.clockDrift : undefined;
  const throttled = error instanceof Problem && error.code === 'too-many-attempts';
  return (
    <ProblemNotice error={error}>
      {drift !== undefined && <p>{t(drift.phone === 'fast' ? 'drift.fast' : 'drift.slow', { minutes: drift.minutes })}</p>}
      {throttled && (
        <p role="timer" className="countdown">
          {throttle > 0 ? waiting(t, throttle) : t('throttle.over')}
        </p>
      )}
    </ProblemNotice>
  );
}

function waiting(t: ReturnType<typeof useTexts>['t'], seconds: number): string {
  return seconds >= 60 ? t('throttle.minutes', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 }) : t('throttle.seconds', { seconds });
}

/** Whole seconds until another attempt may be made; counts down to zero. `answeredTo` is when the refused attempt was made (ms since 1970). */
export function useThrottle(error: Error | null, answeredTo: number): number {
  const wait = error instanceof Problem ? (error.document?.retryAfterSeconds ?? 0) : 0;
  const until = answeredTo + wait * 1000;
  const [now, setNow] = useState(() => Date.now());
  const left = wait === 0 ? 0 : Math.max(0, Math.ceil((until - now) / 1000));
  useEffect(() => {
    if (wait === 0) return;
    setNow(Date.now());
    const tick = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(tick);
  }, [wait, until]);
  return left;
}
