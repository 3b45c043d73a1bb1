import { events, type Actor } from '../audit/index.ts';
import type { Transaction } from '../store/index.ts';
import type { SignInTables } from '../store/schema/sign-ins.ts';
import type { SignInsDeps } from './deps.ts';

export type SignInEnd = NonNullable<SignInTables['sign_in']['ended_because']>;

/**
 * Ends complete sign-ins, and with them their leases, in the transaction of the fact that ends them.
 * @param which one sign-in, or all of a person
 * @param unseenSince ends it only if it was not seen after this
 * @returns how many it ended; an ended one stays as it is
 */
export async function endSignIns(
  transaction: Transaction,
  { clock, trail, endLeasesOf }: Pick<SignInsDeps, 'clock' | 'trail' | 'endLeasesOf'>,
  { which, why, by, unseenSince }: {
    which: { readonly signInId: string } | { readonly personId: string };
    why: SignInEnd;
    by: Actor & { readonly address?: string };
    unseenSince?: Date;
  },
): Promise<number> {
  const chosen = transaction
    .selectFrom('sign_in')
    .where('ended_at', 'is', null)
    .$if('signInId' in which, (query) => query.where('id', '=', 'signInId' in which ? which.signInId : ''))
    .$if('personId' in which, (query) => query.where('person_id', '=', 'personId' in which ? which.personId : ''))
    .$if(unseenSince !== undefined, (query) => query.where('last_seen_at', '<=', unseenSince!));
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
