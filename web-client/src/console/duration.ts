import type { useTexts } from '../i18n/use-texts.ts';

type Texts = ReturnType<typeof useTexts>['t'];

/** A length of time in the two largest units that say something: `3日4時間`, `2時間5分`, `12分`, `45秒`. */
export function duration(t: Texts, seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return t('console.duration.seconds', { seconds: whole });
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return t('console.duration.minutes', { minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? t('console.duration.hours', { hours }) : t('console.duration.hoursMinutes', { hours, minutes: minutes % 60 });
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 ? t('console.duration.days', { days }) : t('console.duration.daysHours', { days, hours: hours % 24 });
}
