import { events } from '../../audit/index.ts';
import { Refusal } from '../../port.ts';
import type { Transaction } from '../../store/index.ts';
import { refusal } from '../refusals.ts';
import { readName } from '../typed.ts';
import type { DirectoryDeps } from './deps.ts';
import { holdPerson } from './person.ts';

/** Of loaned staff (応援職員): where they come from, and when the account ends by itself. */
export type Loan = { readonly from: string; readonly endsAt: Date };
/** Seconds from now to the furthest end. Undefined: the policy allows no such account. */
type Longest = { readonly longest: number } | undefined;

/** @throws Refusal `request-invalid` for an end that is over, `span-too-long`, also where the policy says nothing of such accounts */
export function assertTerm(endsAt: Date, rules: Longest, now: Date): void {
  if (endsAt <= now) throw new Refusal('request-invalid', { fields: [{ path: 'endsAt', expected: 'later than now' }] });
  if (rules === undefined || endsAt.getTime() - now.getTime() > rules.longest * 1000) throw refusal('span-too-long');
}

/** Somebody who was just added. */
export async function loanPerson(transaction: Transaction, { trail, clock, actor, address }: DirectoryDeps, { personId, organisationId, from, endsAt }: Loan & { personId: string; organisationId: string }, rules: Longest): Promise<void> {
  assertTerm(endsAt, rules, clock.now());
  const loanedFrom = readName(from, 'loan.from');
  await transaction.updateTable('person').set({ ends_at: endsAt, loaned_from: loanedFrom }).where('id', '=', personId).execute();
  await trail.append(transaction, events.personLoaned({ actor, address, organisationId, personId, from: loanedFrom, endsAt: endsAt.toISOString() }));
}

/** Another end, later or earlier. Warnings are told anew. An account that has ended is enabled apart from this. @throws Refusal `conflict` for one that does not end by itself */
export async function changeTerm(transaction: Transaction, { trail, clock, actor, address }: DirectoryDeps, personId: string, { endsAt, reason }: { endsAt: Date; reason: string }, rules: Longest): Promise<void> {
  const { organisationId } = await holdPerson(transaction, personId);
  const was = await transaction.selectFrom('person').where('id', '=', personId).select('ends_at as endsAt').executeTakeFirstOrThrow();
  if (was.endsAt === null) throw refusal('conflict');
  assertTerm(endsAt, rules, clock.now());
  await transaction.updateTable('person').set({ ends_at: endsAt, end_warnings: 0 }).where('id', '=', personId).execute();
  await trail.append(transaction, events.personTermChanged({ actor, address, organisationId, personId, from: was.endsAt.toISOString(), endsAt: endsAt.toISOString(), reason }));
}
