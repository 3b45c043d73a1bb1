import type { Language } from '../i18n/languages.ts';

/** Every time on the screen is Japan's, whatever the clock of the machine at hand is set to. */
const zone = 'Asia/Tokyo';
const locales = { ja: 'ja-JP', en: 'en-GB' } as const satisfies Record<Language, string>;
const hour = { ja: 'numeric', en: '2-digit' } as const satisfies Record<Language, unknown>;

/** Day and time of an ISO 8601 instant in Japan: `2026年11月24日(火) 8:31` or `Tue, 24 Nov 2026, 08:31 JST`. */
export function dayAndTime(instant: string, language: Language): string {
  const text = new Intl.DateTimeFormat(locales[language], {
    timeZone: zone,
    year: 'numeric',
    month: language === 'ja' ? 'long' : 'short',
    day: 'numeric',
    weekday: 'short',
    hour: hour[language],
    minute: '2-digit',
  }).format(new Date(instant));
  return language === 'ja' ? text : `${text} JST`;
}

/** The day in Japan of an ISO 8601 instant, without its year: `11月24日(火)` or `Tue 24 Nov`. */
export function dayOf(instant: string, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], { timeZone: zone, month: language === 'ja' ? 'long' : 'short', day: 'numeric', weekday: 'short' }).format(new Date(instant));
}

/** Time of day in Japan, `8:31` or `08:31`. */
export function timeOfDay(instant: string, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], { timeZone: zone, hour: hour[language], minute: '2-digit' }).format(new Date(instant));
}

/** Time of day in Japan to the second, `08:31:05`, the same in every language: for what has to be told apart. */
export function timeWithSeconds(instant: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(new Date(instant));
}

/** `2026-11-24 08:31 JST`: the form that stands in the watermark, the same in every language. */
export function stamp(at: Date): string {
  const text = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).format(at);
  return `${text} JST`;
}

export type TimeLeft = { readonly hours: number; readonly minutes: number; readonly totalMinutes: number };

/** Whole minutes from `now` (milliseconds since 1970) to an instant, rounded up; zero once it has passed. */
export function timeLeft(until: string, now: number): TimeLeft {
  const totalMinutes = Math.max(0, Math.ceil((Date.parse(until) - now) / 60_000));
  return { hours: Math.floor(totalMinutes / 60), minutes: totalMinutes % 60, totalMinutes };
}
