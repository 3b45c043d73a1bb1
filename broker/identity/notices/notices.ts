import { NOTICE_KINDS, type Factors, type NoticeKind, type SignedIn } from '../../port.ts';
import type { SignInsDeps } from '../deps.ts';
import { provedOwnFactor } from '../factors/may-change.ts';
import { assertId, refusal } from '../refusals.ts';

/** More than anybody reads; the rest comes up once these are read. */
const SHOWN = 20;

/** Whoever came in by a sheet of paper or a bypass may be the one that the person is to be warned of, and is shown, and puts away, only that somebody vouched. */
const kindsFor = (person: SignedIn): readonly NoticeKind[] => (provedOwnFactor(person) ? NOTICE_KINDS : ['re-proved']);

export function createNotices({ database, clock }: Pick<SignInsDeps, 'database' | 'clock'>): Pick<Factors, 'notices' | 'readNotice'> {
  return {
    notices: (person) =>
      database
        .selectFrom('security_notice')
        .where('person_id', '=', person.personId)
        .where('read_at', 'is', null)
        .where('kind', 'in', kindsFor(person))
        .where((is) => is.or([is('sign_in_id', 'is', null), is('sign_in_id', '<>', person.signInId)]))
        .orderBy('at', 'desc')
        .orderBy('id')
        .limit(SHOWN)
        .select(['id', 'kind', 'at', 'count', 'address', 'user_agent as userAgent'])
        .execute(),

    async readNotice({ person, noticeId }) {
      assertId(noticeId);
      const read = await database
        .updateTable('security_notice')
        .set(({ fn, ref, val }) => ({ read_at: fn.coalesce(ref('read_at'), val(clock.now())) }))
        .where('id', '=', noticeId)
        .where('person_id', '=', person.personId)
        .where('kind', 'in', kindsFor(person))
        .returning('id')
        .executeTakeFirst();
      if (!read) throw refusal('not-found');
    },
  };
}
