import { beginningOf, dayOf, daysAfter } from '../../telework/japan-time.ts';

/** `2027-03-31`, to the end of that day in Japan, or `2027-03-31 17:15`. Undefined for any other text. */
export function readEnd(text: string): Date | undefined {
  const [, day, hours = '24', minutes = '00'] = /^(\d{4}-\d\d-\d\d)(?:[ T]([01]\d|2[0-3]):([0-5]\d))?$/.exec(text.normalize('NFKC').trim()) ?? [];
  const beginning = day === undefined ? undefined : beginningOf(day);
  return beginning && new Date(beginning.getTime() + (Number(hours) * 60 + Number(minutes)) * 60_000);
}

/** As {@link readEnd} reads it. */
export function sayEnd(at: Date): string {
  const inJapan = new Date(at.getTime() + 9 * 3_600_000).toISOString();
  return inJapan.slice(11, 16) === '00:00' ? dayOf(daysAfter(at, -1)) : inJapan.slice(0, 16).replace('T', ' ');
}
