import type { Factors } from '../../port.ts';
import type { SignInsDeps } from '../deps.ts';
import { assertId, refusal } from '../refusals.ts';

/** More than anybody reads; the rest comes up once these are read. */
const SHOWN = 20;

export function createNotices({ database, clock }: Pick<SignInsDeps, 'database' | 'clock'>): Pick<Factors, 'notices' | 'readNotice'> {
  return {
    notices: ({ personId, signInId }) =>
      database
        .selectFrom('security_notice')
        .where('person_id', '=', personId)
        .where('read_at', 'is', null)
        .where((is) => is.or([is('sign_in_id', 'is', null), is('sign_in_id', '<>', signInId)]))
        .orderBy('at', 'desc')
        .orderBy('id')
        .limit(SHOWN)
        .select(['id', 'kind', 'at', 'count', 'address', 'user_agent as userAgent'])
        .execute(),

    async readNotice({ person: { personId }, noticeId }) {
      assertId(noticeId);
      const read = await database
        .updateTable('security_notice')
        .set(({ fn, ref, val }) => ({ read_at: fn.coalesce(ref('read_at'), val(clock.now())) }))
        .where('id', '=', noticeId)
        .where('person_id', '=', personId)
        .returning('id')
        .executeTakeFirst();
      if (!read) throw refusal('not-found');
    },
  };
}
