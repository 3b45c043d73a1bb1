import { dayOf } from '../telework/japan-time.ts';
import type { DayLimit } from './policy.ts';

/** Whether this limit is used up, for one who worked by telework on these days (JST). A further session on a day that counts already is no further day. */
export function isUsedUp({ week, month }: DayLimit, worked: readonly string[], at: Date): boolean {
  if (worked.includes(dayOf(at))) return false;
  const used = countDays(worked, at);
  return (week !== undefined && used.week >= week) || (month !== undefined && used.month >= month);
}

/** How many of these days count in the week and the month of this time, up to its day. */
export function countDays(worked: readonly string[], at: Date): { readonly week: number; readonly month: number } {
  const today = dayOf(at);
  const since = (first: string) => [...new Set(worked)].filter((day) => first <= day && day <= today).length;
  return { week: since(mondayOf(today)), month: since(firstOfMonth(today)) };
}

/** From this day on what was worked counts now for some limit. */
export function countsFrom(at: Date): string {
  const today = dayOf(at);
  return mondayOf(today) < firstOfMonth(today) ? mondayOf(today) : firstOfMonth(today);
}

const firstOfMonth = (day: string): string => `${day.slice(0, 7)}-01`;

function mondayOf(day: string): string {
  const midnight = new Date(`${day}T00:00:00Z`);
  return new Date(midnight.getTime() - ((midnight.getUTCDay() + 6) % 7) * 86_400_000).toISOString().slice(0, 10);
}
