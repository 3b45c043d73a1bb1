import { beginningOf, dayOf, daysAfter } from '../../telework/japan-time.ts';
import type { FoundRow, Planning } from './planning.ts';
import type { KnownPerson } from './state.ts';

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

/** Where somebody new comes from, and the end of the account: both or neither, and no longer than the policy allows. */
export function loanOf(row: FoundRow, { scope, findings }: Pick<Planning, 'scope' | 'findings'>): { readonly from: string; readonly endsAt: Date } | undefined {
  const { endsAt, loanedFrom } = row;
  if (endsAt === undefined && loanedFrom === undefined) return undefined;
  // What could not be read has been found already.
  if (endsAt === undefined && row.cells.ends_at !== undefined && row.cells.ends_at.text !== '') return undefined;
  if (endsAt === undefined || loanedFrom === undefined) {
    findings.cell(row, endsAt === undefined ? 'ends_at' : 'loaned_from', endsAt === undefined ? row.cells.ends_at : row.cells.loaned_from, 'missing');
    return undefined;
  }
  const { now, longest } = scope.loans ?? { now: endsAt, longest: 0 };
  if (endsAt <= now || endsAt.getTime() - now.getTime() > longest * 1000) findings.cell(row, 'ends_at', row.cells.ends_at, 'not-allowed');
  return { from: loanedFrom, endsAt };
}

/** The end of an account that is there is changed by hand, with a reason. */
export function refuseAnotherTerm(row: FoundRow, known: KnownPerson, { findings }: Pick<Planning, 'findings'>): void {
  if (row.endsAt !== undefined && row.endsAt.getTime() !== (known.endsAt === null ? undefined : Date.parse(known.endsAt))) findings.cell(row, 'ends_at', row.cells.ends_at, 'contradiction', 'by-hand');
  if (row.loanedFrom !== undefined && row.loanedFrom !== known.loanedFrom) findings.cell(row, 'loaned_from', row.cells.loaned_from, 'contradiction', 'by-hand');
}
