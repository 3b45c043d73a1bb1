import type { Contradiction } from './contradiction.ts';
import type { Said } from './documents/index.ts';
import { isTelework } from './telework.ts';

/** What duties.yaml says of telework that cannot hold together. */
export function* inTelework({ 'duties.yaml': { duties, telework = {} } }: Said): Iterable<Contradiction> {
  const wrong = (path: readonly PropertyKey[], cause: string): Contradiction => ({ file: 'duties.yaml', path, cause });
  for (const [index, duty] of duties.entries()) {
    if (duty['not-teleworkable'] === undefined) continue;
    const of = (key: string) => ['duties', index, key];
    if (duty.sites?.some(isTelework) === true) yield wrong(of('sites'), 'a site of telework, and the duty is never done by telework');
    for (const key of ['outside-from-level', 'hours', 'days'] as const) if (duty[key] !== undefined) yield wrong(of(key), 'a rule of telework, and the duty is never done by telework');
  }
  for (const [path, { hours, days }] of [[['telework'], telework], ...duties.map((duty, index) => [['duties', index], duty] as const)] as const) {
    // Otherwise nobody notices that telework goes on through the holidays.
    if (hours !== undefined && telework.holidays === undefined) yield wrong([...path, 'hours'], 'hours without telework.holidays: name the holidays, or say [] where there are none');
    if (days?.week !== undefined && days.month !== undefined && days.month < days.week) yield wrong([...path, 'days', 'month'], 'fewer days a month than a week');
  }
  for (const [index, day] of (telework.holidays ?? []).entries()) if (telework.holidays?.indexOf(day) !== index) yield wrong(['telework', 'holidays', index], `${day} is named already`);
}
