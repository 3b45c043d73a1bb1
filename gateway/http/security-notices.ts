import type { Broker } from '../../broker/port.ts';
import { route, type Route } from './route.ts';
import { IdParameter, Nothing, SecurityNotice, SecurityNoticeList } from './schemas/index.ts';
import { listed } from './shown.ts';

/** What happened on the own account and was not read yet. */
export function securityNoticeRoutes({ factors }: { factors: Pick<Broker['factors'], 'notices' | 'readNotice'> }): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/me/notices',
      who: 'signed-in',
      summary: 'What happened on the own account, the newest first: a used code played again, a recovery code used, factors changed.',
      answers: { status: 200, schema: SecurityNoticeList },
      handle: async ({ person }) => listed(SecurityNotice, await factors.notices(person)),
    }),
    route({
      method: 'post',
      path: '/api/me/notices/:id/reading',
      who: 'signed-in',
      summary: 'The notice was read and is shown no more.',
      accepts: { params: IdParameter, body: Nothing },
      answers: { status: 204 },
      refusals: ['not-found'],
      handle: async ({ person, params }) => {
        await factors.readNotice({ person, noticeId: params.id });
        return { status: 204 };
      },
    }),
  ];
}
