import type { Broker, CompleteSignIn } from '../../broker/port.ts';
import { route, type Answer, type Route } from './route.ts';
import { Assertion, IdParameter, NewPasskey, Nothing, PasskeyAlone, PasskeyCreation, PasskeyRequest, SignInDone, StepUpDone } from './schemas/index.ts';
import { shown } from './shown.ts';

const OFFERED = ['passkeys-not-offered', 'policy-missing'] as const;
const ANSWERED = [...OFFERED, 'passkey-refused', 'passkey-challenge-over'] as const;
const CHANGING = ['step-up-required', 're-proof-required'] as const;

/** Passkeys at the entrance: after the password, or alone. */
export function passkeySignInRoutes({ passkeys, done }: { passkeys: Broker['passkeys']; done: (complete: CompleteSignIn) => Promise<Answer> }): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/sign-in/passkey/challenge',
      who: 'half-signed-in',
      summary: 'What a browser needs to ask for one of the own passkeys.',
      accepts: { body: Nothing },
      answers: { status: 200, schema: PasskeyRequest },
      refusals: [...OFFERED, 'passkey-refused'],
      handle: async ({ token, origin }) => shown(PasskeyRequest, await passkeys.forSecondStep({ token, origin })),
    }),
    route({
      method: 'post',
      path: '/api/sign-in/passkey',
      who: 'half-signed-in',
      summary: 'Second step: a passkey.',
      accepts: { body: Assertion },
      answers: { status: 200, schema: SignInDone },
      refusals: [...ANSWERED, 'too-many-attempts'],
      handle: async ({ body, token, origin }) => done(await passkeys.withPasskey({ token, response: body, origin })),
    }),
    route({
      method: 'get',
      path: '/api/sign-in/passkey-alone',
      who: 'public',
      why: 'The entrance shows the way only where there is one.',
      summary: 'Whether a passkey alone signs in here.',
      answers: { status: 200, schema: PasskeyAlone },
      handle: async () => ({ status: 200, json: { offered: await passkeys.aloneOffered() } }),
    }),
    route({
      method: 'post',
      path: '/api/sign-in/passkey-alone/challenge',
      who: 'public',
      why: 'It is how one becomes somebody by a passkey alone.',
      summary: 'What a browser needs to ask for whichever passkey the person chooses.',
      accepts: { body: Nothing },
      answers: { status: 200, schema: PasskeyRequest },
      refusals: OFFERED,
      handle: async ({ origin }) => shown(PasskeyRequest, await passkeys.forAlone({ origin })),
    }),
    route({
      method: 'post',
      path: '/api/sign-in/passkey-alone',
      who: 'public',
      why: 'It is how one becomes somebody by a passkey alone.',
      summary: 'The only step: a passkey that checked its owner, where the policy allows it.',
      accepts: { body: Assertion },
      answers: { status: 200, schema: SignInDone },
      refusals: ANSWERED,
      handle: async ({ body, origin }) => done(await passkeys.alone({ response: body, origin })),
    }),
  ];
}

/** A person's own passkeys. */
export function passkeyRoutes({ passkeys }: { passkeys: Broker['passkeys'] }): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/me/passkeys/challenge',
      who: 'signed-in',
      summary: 'What a browser needs to make a passkey.',
      accepts: { body: Nothing },
      answers: { status: 200, schema: PasskeyCreation },
      refusals: [...CHANGING, ...OFFERED, 'passkeys-full'],
      handle: async ({ person, origin }) => shown(PasskeyCreation, await passkeys.forRegistration({ person, origin })),
    }),
    route({
      method: 'post',
      path: '/api/me/passkeys',
      who: 'signed-in',
      summary: 'Registers the passkey that was made.',
      accepts: { body: NewPasskey },
      answers: { status: 204 },
      refusals: [...CHANGING, ...ANSWERED, 'passkeys-full'],
      handle: async ({ person, origin, body }) => {
        await passkeys.register({ person, origin, ...body });
        return { status: 204 };
      },
    }),
    route({
      method: 'delete',
      path: '/api/me/passkeys/:id',
      who: 'signed-in',
      summary: 'Removes a passkey, never the last factor.',
      accepts: { params: IdParameter },
      answers: { status: 204 },
      refusals: [...CHANGING, 'not-found', 'last-factor'],
      handle: async ({ person, origin, params }) => {
        await passkeys.remove({ person, origin, passkeyId: params.id });
        return { status: 204 };
      },
    }),
    route({
      method: 'post',
      path: '/api/me/step-up/passkey/challenge',
      who: 'signed-in',
      summary: 'What a browser needs to ask for one of the own passkeys once more.',
      accepts: { body: Nothing },
      answers: { status: 200, schema: PasskeyRequest },
      refusals: [...OFFERED, 'passkey-refused'],
      handle: async ({ person }) => shown(PasskeyRequest, await passkeys.forStepUp(person)),
    }),
    route({
      method: 'post',
      path: '/api/me/step-up/passkey',
      who: 'signed-in',
      summary: 'Proves a passkey once more, for what asks for a fresh second factor.',
      accepts: { body: Assertion },
      answers: { status: 200, schema: StepUpDone },
      refusals: ANSWERED,
      handle: async ({ person, origin, body }) => shown(StepUpDone, await passkeys.stepUp({ person, response: body, origin })),
    }),
  ];
}
