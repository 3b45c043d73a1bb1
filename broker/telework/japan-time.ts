/** Japan has had no daylight saving since 1951: its days always begin at 15:00 UTC. */
const AHEAD = 9 * 3_600_000;
const DAY = 86_400_000;

/** The day in Japan, `2026-11-24`. */
export function dayOf(at: Date): string {
  return new Date(at.getTime() + AHEAD).toISOString().slice(0, 10);
}

/** When a day begins; undefined for what is no day of the calendar. */
export function beginningOf(day: string): Date | undefined {
  const midnight = new Date(/^\d{4}-\d\d-\d\d$/.test(day) ? `${day}T00:00:00.000Z` : Number.NaN);
  // 2026-02-30 is read as a day of March.
  return Number.isNaN(midnight.getTime()) || midnight.toISOString().slice(0, 10) !== day ? undefined : new Date(midnight.getTime() - AHEAD);
}

export const daysAfter = (at: Date, days: number): Date => new Date(at.getTime() + days * DAY);
