import type { Clock, Ids } from '../../environment.ts';
import type { NoticeKind } from '../../port.ts';
import { sql, type Transaction } from '../../store/index.ts';
import type { Place } from '../origin.ts';

/**
 * Tells a person what happened on their account: at once on every page of theirs that is open, and on the next ones until it is
 * read. The same thing from the same address is one notice that counts.
 * @param signInId the complete sign-in in which it happened, whose own pages need not be told
 */
export async function tellPerson(
  transaction: Transaction,
  { clock, ids }: { readonly clock: Clock; readonly ids: Pick<Ids, 'uuid'> },
  { personId, kind, place, signInId }: { personId: string; kind: NoticeKind; place: Pick<Place, 'address' | 'userAgent'>; signInId?: string | undefined },
): Promise<void> {
  const now = clock.now();
  await sql`
    insert into security_notice as known (id, person_id, kind, first_at, at, address, user_agent, sign_in_id)
    values (${ids.uuid()}, ${personId}, ${kind}, ${now}, ${now}, ${place.address}, ${place.userAgent}, ${signInId ?? null})
    on conflict (person_id, kind, address) where read_at is null do update
    set at = greatest(known.at, excluded.at), count = known.count + 1, user_agent = excluded.user_agent, sign_in_id = excluded.sign_in_id`.execute(transaction);
}
