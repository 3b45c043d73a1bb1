import type { Broker } from '../../broker/port.ts';
import { route, type Route } from './route.ts';
import { LanguageChoice, User } from './schemas.ts';
import { userView } from './views.ts';

/** The person who is signed in. */
export function meRoutes({ signIns }: { signIns: Pick<Broker['signIns'], 'setLanguage'> }): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/me',
      who: 'signed-in',
      summary: 'Who is signed in, with roles, duties and language.',
      answers: { status: 200, schema: User },
      handle: async ({ person }) => ({ status: 200, json: userView(person) }),
    }),
    route({
      method: 'put',
      path: '/api/me/language',
      who: 'signed-in',
      summary: 'Chooses the language.',
      accepts: { body: LanguageChoice },
      answers: { status: 204 },
      handle: async ({ person, body }) => {
        await signIns.setLanguage({ person, language: body.language });
        return { status: 204 };
      },
    }),
  ];
}
