import type { Broker } from '../../broker/port.ts';
import { route, type Route } from './route.ts';
import { CursorQuery, IdParameter, SignIn, SignInList } from './schemas/index.ts';
import { paged } from './shown.ts';

/** A person's own sign-ins, and nobody else's. */
export function signInsRoutes({ signIns }: { signIns: Pick<Broker['signIns'], 'history' | 'endOwn'> }): Route[] {
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
