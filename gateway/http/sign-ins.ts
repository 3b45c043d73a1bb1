import type { Broker } from '../../broker/port.ts';
import { forgetCookie } from '../auth/cookies.ts';
import { route, type Route } from './route.ts';
import { CursorQuery, IdParameter, OpenSignInList, SignIn, SignInList, SignInsEnded } from './schemas/index.ts';
import { paged, shown } from './shown.ts';

/** A person's own sign-ins, and nobody else's. */
export function signInsRoutes({ signIns }: { signIns: Pick<Broker['signIns'], 'history' | 'endOwn' | 'open' | 'endOthers' | 'endAll'> }): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/me/sign-ins',
      who: 'signed-in',
      summary: 'The own sign-ins, newest first.',
      accepts: { query: CursorQuery },
      answers: { status: 200, schema: SignInList },
      handle: async ({ person, query }) => paged(SignIn, await signIns.history({ person, ...query })),
    }),
    route({
      method: 'delete',
      path: '/api/me/sign-ins',
      who: 'signed-in',
      summary: 'Ends all of the own sign-ins, this one as well, and the sessions they hold.',
      answers: { status: 204 },
      handle: async ({ person, origin }) => {
        await signIns.endAll({ person, origin });
        return { status: 204, cookies: [forgetCookie('session'), forgetCookie('pending')] };
      },
    }),
    route({
      method: 'get',
      path: '/api/me/sign-ins/open',
      who: 'signed-in',
      summary: 'The own sign-ins that stand, newest first.',
      answers: { status: 200, schema: OpenSignInList },
      handle: async ({ person }) => shown(OpenSignInList, { items: await signIns.open({ person }) }),
    }),
    route({
      method: 'delete',
      path: '/api/me/sign-ins/others',
      who: 'signed-in',
      summary: 'Ends all of the own sign-ins but this one, and the sessions they hold.',
      answers: { status: 200, schema: SignInsEnded },
      handle: async ({ person, origin }) => shown(SignInsEnded, await signIns.endOthers({ person, origin })),
    }),
    route({
      method: 'delete',
      path: '/api/me/sign-ins/:id',
      who: 'signed-in',
      summary: 'Ends one of the own sign-ins and the sessions it holds.',
      accepts: { params: IdParameter },
      answers: { status: 204 },
      refusals: ['not-found'],
      handle: async ({ person, params, origin }) => {
        await signIns.endOwn({ person, signInId: params.id, origin });
        return { status: 204 };
      },
    }),
  ];
}
