import type { FoundRow, Planning } from './planning.ts';
import type { KnownPerson } from './state.ts';

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
