import type { Language } from '../i18n/languages.ts';

/** The first and the last day of a month in Japan, as `2026-11-01`. */
export type Month = { readonly from: string; readonly to: string };

/** The month that holds an instant (milliseconds since 1970), or one that many months from it. */
export function monthOf(instant: number, offset = 0): Month {
  const [year = 0, month = 1] = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo', year: 'numeric', month: '2-digit' }).format(instant).split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + offset, 1));
  const last = new Date(Date.UTC(year, month + offset, 0));
  return { from: first.toISOString().slice(0, 10), to: last.toISOString().slice(0, 10) };
}

/** `2026年11月` or `November 2026`. */
export function monthName({ from }: Month, language: Language): string {
  return new Intl.DateTimeFormat(language === 'ja' ? 'ja-JP' : 'en-GB', { timeZone: 'UTC', year: 'numeric', month: 'long' }).format(new Date(`${from}T00:00:00Z`));
}

/** `11月24日(火)` or `Tue 24 Nov` of a day such as `2026-11-24`. */
export function dayName(day: string, language: Language): string {
  return new Intl.DateTimeFormat(language === 'ja' ? 'ja-JP' : 'en-GB', { timeZone: 'UTC', month: language === 'ja' ? 'long' : 'short', day: 'numeric', weekday: 'short' }).format(new Date(`${day}T00:00:00Z`));
}

/** `7:05`: hours and minutes. */
export function hoursAndMinutes(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}
