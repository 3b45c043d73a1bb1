import { beginningOf, dayOf, daysAfter } from '../telework/japan-time.ts';
import { DAYS } from './documents/telework.ts';
import type { DayName, Hours, OpenHours } from './policy.ts';

const MINUTE = 60_000;
/** How far ahead an opening is looked for, in days: the longest closure of an office is a week or so. */
const AHEAD = 35;

/** Whether these hours allow telework at this time. */
export function isOpen({ open }: Hours, holidays: readonly string[], at: Date): boolean {
  const day = dayOf(at);
  const minutes = (at.getTime() - midnight(day)) / MINUTE;
  return openOn(open, holidays, day).some(({ from, until }) => from <= minutes && minutes < until);
}

/** When they close, for a time at which they are open; hours that follow on each other are one. Undefined: not within five weeks. */
export function closesAt(hours: Hours, holidays: readonly string[], at: Date): Date | undefined {
  return spans(hours, holidays, at)
    .map(({ until }) => until)
    .find((until) => until > at && !isOpen(hours, holidays, until));
}

/** The next times at which they open, the nearest first. */
export function openings(hours: Hours, holidays: readonly string[], at: Date): readonly Date[] {
  return spans(hours, holidays, at)
    .map(({ from }) => from)
    .filter((from) => from > at);
}

function spans({ open }: Hours, holidays: readonly string[], at: Date): readonly { readonly from: Date; readonly until: Date }[] {
  return Array.from({ length: AHEAD + 1 }, (_, ahead) => dayOf(daysAfter(at, ahead))).flatMap((day) =>
    openOn(open, holidays, day)
      .toSorted((one, other) => one.from - other.from)
      .map(({ from, until }) => ({ from: new Date(midnight(day) + from * MINUTE), until: new Date(midnight(day) + until * MINUTE) })),
  );
}

const openOn = (open: readonly OpenHours[], holidays: readonly string[], day: string): readonly OpenHours[] => open.filter(({ days }) => days.includes(nameOf(day, holidays)));

/** A holiday is no day of the week, and may be allowed of its own. */
function nameOf(day: string, holidays: readonly string[]): DayName {
  // Sunday is 0 there and last here.
  return holidays.includes(day) ? 'holiday' : DAYS[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7]!;
}

const midnight = (day: string): number => beginningOf(day)!.getTime();
