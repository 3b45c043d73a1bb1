import { Refusal } from '../port.ts';
import { beginningOf, daysAfter } from './japan-time.ts';
import type { Range } from './store.ts';

const LONGEST_DAYS = 62;
/** What belongs to a day may have begun before it or reach beyond it, in days. */
const MARGIN = 2;

/** What must be read to know the days from `from` to `to` (JST dates, both included). @throws Refusal `request-invalid` */
export function rangeOf(from: string, to: string): Range {
  const [first, last] = [beginningOf(from), beginningOf(to)];
  if (first === undefined) throw invalid('from', 'a day such as 2026-11-24');
  if (last === undefined) throw invalid('to', 'a day such as 2026-11-24');
  if (last < first) throw invalid('to', 'not before from');
  if (last >= daysAfter(first, LONGEST_DAYS)) throw invalid('to', `at most ${LONGEST_DAYS} days`);
  return { from: daysAfter(first, -MARGIN), to: daysAfter(last, 1 + MARGIN) };
}

const invalid = (path: string, expected: string) => new Refusal('request-invalid', { fields: [{ path, expected }] });
