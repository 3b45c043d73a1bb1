import type { useTexts } from '../i18n/use-texts.ts';

type Texts = ReturnType<typeof useTexts>['t'];

/** Whole seconds from `now` (milliseconds since 1970) to an instant; zero once it has passed. */
export function secondsUntil(instant: string, now: number): number {
  return Math.max(0, Math.ceil((Date.parse(instant) - now) / 1000));
}

/** `4分5秒`, `45秒`: for what runs out while one looks. */
export function countdown(t: Texts, seconds: number): string {
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  if (minutes === 0) return t('yield.seconds', { seconds: rest });
  return rest === 0 ? t('yield.minutes', { minutes }) : t('yield.minutesSeconds', { minutes, seconds: rest });
}

/** Seconds left at which a countdown is said aloud: each second would drown everything else. */
const SAID_AT = [300, 60, 30, 10] as const;

/** The last of them that has been reached; undefined before the first. */
export function lastSaid(seconds: number): number | undefined {
  return SAID_AT.findLast((at) => seconds <= at);
}
