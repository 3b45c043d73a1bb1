import { events, type Actor } from '../audit/index.ts';
import { sql, type Transaction } from '../store/index.ts';
import type { SignInEnd } from '../port.ts';
import type { SignInsDeps } from './deps.ts';
import { isIdle } from './lapse.ts';

/**
 * Ends complete sign-ins, and with them their leases, in the transaction of the fact that ends them.
 * @param which one sign-in, these, or all of a person, but for one
 * @param idleAt ends it only if it is idle by then
 * @returns how many it ended; an ended one stays as it is
 */
export async function endSignIns(
  transaction: Transaction,
  { clock, trail, endLeasesOf }: Pick<SignInsDeps, 'clock' | 'trail' | 'endLeasesOf'>,
  { which, why, by, idleAt }: {
    which: { readonly signInId: string } | { readonly signInIds: readonly string[] } | { readonly personId: string; readonly except?: string };
    why: SignInEnd;
    by: Actor & { readonly address?: string };
    idleAt?: Date;
  },
): Promise<number> {
  const chosen = transaction
    .selectFrom('sign_in')
    .where('ended_at', 'is', null)
    .$if('signInId' in which, (query) => query.where('id', '=', 'signInId' in which ? which.signInId : ''))
    .$if('signInIds' in which, (query) => query.where('id', '=', sql<string>`any(${'signInIds' in which ? which.signInIds : []}::uuid[])`))
    .$if('personId' in which, (query) => query.where('person_id', '=', 'personId' in which ? which.personId : ''))
    .$if('except' in which && which.except !== undefined, (query) => query.where('id', '<>', 'except' in which ? (which.except ?? '') : ''))
    .$if(idleAt !== undefined, (query) => query.where(isIdle(idleAt!)));
  const rows = await transaction
    .updateTable('sign_in')
    .from('person')
    .set({ ended_at: clock.now(), ended_because: why })
    .whereRef('person.id', '=', 'sign_in.person_id')
    .where('sign_in.id', 'in', chosen.select('id').orderBy('id').forUpdate())
    .returning(['sign_in.id', 'person.organisation_id as organisationId'])
    .execute();

  const { address, ...actor } = by;
  for (const { id } of rows) await endLeasesOf(transaction, { signInId: id }, why === 'account-disabled' ? 'account-disabled' : 'sign-in-ended', by);
  await trail.append(transaction, ...rows.map(({ id, organisationId }) => events.signedOut({ actor, organisationId, address, signInId: id, why })));
  return rows.length;
}
