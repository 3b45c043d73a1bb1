import type { Broker } from '../../broker/port.ts';
import { route, type Route } from './route.ts';
import { LanguageChoice, OneTimeCode, StepUpDone, User } from './schemas/index.ts';
import { shown } from './shown.ts';
import { userView } from './views/user.ts';

export type MeDeps = { readonly signIns: Pick<Broker['signIns'], 'setLanguage' | 'stepUp'>; readonly desktops: Pick<Broker['desktops'], 'levelFor'>; readonly clock: { now(): Date } };

/** The person who is signed in. */
export function meRoutes({ signIns, desktops, clock }: MeDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/me',
      who: 'signed-in',
      summary: 'Who is signed in, with roles and what they allow, duties, language and the level in force.',
      answers: { status: 200, schema: User },
      handle: async ({ person }) => ({ status: 200, json: userView(person, await desktops.levelFor(person), clock.now()) }),
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
    route({
      method: 'post',
      path: '/api/me/step-up',
      who: 'signed-in',
      summary: 'Proves the second factor once more, for what asks for a fresh one.',
      accepts: { body: OneTimeCode },
      answers: { status: 200, schema: StepUpDone },
      refusals: ['one-time-code-wrong', 'one-time-code-used', 'one-time-code-clock-drift', 'one-time-code-clock-untrusted', 'too-many-attempts', 'bypass-may-not'],
      handle: async ({ person, body, origin }) => shown(StepUpDone, await signIns.stepUp({ person, code: body.code, origin })),
    }),
  ];
}
