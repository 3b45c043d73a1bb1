import { useEffect, useState } from 'react';
import { timeLeft } from '../format/time.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Icon } from '../ui/icons.tsx';

/** From here on the person is told once more, so that there is time to save. */
const warnAtMinutes = 10;

export function TimeLeftClock({ until, onRunningOut }: { until: string; onRunningOut: () => void }) {
  const { t } = useTexts();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const tick = setInterval(() => setNow(Date.now()), 10_000);
    return () => clearInterval(tick);
  }, []);
  const left = timeLeft(until, now);
  const short = left.totalMinutes <= warnAtMinutes;
  useEffect(() => {
    if (short) onRunningOut();
    // Once, when it becomes short.
  }, [short]);
  return (
    <p className={short ? 'bar-time bar-time-short' : 'bar-time'}>
      <Icon name="clock" />
      <span>{left.hours > 0 ? t('time.hours', left) : t('time.minutes', left)}</span>
    </p>
  );
}
