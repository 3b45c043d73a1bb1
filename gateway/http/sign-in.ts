import type { Broker, CompleteSignIn, HalfSignIn } from '../../broker/port.ts';
import { forgetCookie, setBrowserCookie, setPendingCookie, setSessionCookie } from '../auth/cookies.ts';
import { passkeySignInRoutes } from './passkeys.ts';
import { recoveryRoutes } from './recovery.ts';
import { route, type Answer, type Route } from './route.ts';
import { BypassCode, Enrolment, NextStep, OneTimeCode, PasswordSignIn, SignInDone, type User } from './schemas/index.ts';
import { userView } from './views/user.ts';

export type SignInDeps = { readonly signIns: Broker['signIns']; readonly passkeys: Broker['passkeys']; readonly bypasses: Pick<Broker['bypasses'], 'use'>; readonly desktops: Pick<Broker['desktops'], 'levelFor'>; readonly clock: { now(): Date } };

/** Password first, then the one-time code; between them a token in a cookie of its own that opens nothing else. */
export function signInRoutes({ signIns, passkeys, bypasses, desktops, clock }: SignInDeps): Route[] {
  const done = async (complete: CompleteSignIn) => signedIn(complete, userView(complete.signedIn, await desktops.levelFor(complete.signedIn), clock.now()));
  return [
    route({
      method: 'post',
      path: '/api/sign-in',
      who: 'public',
      why: 'It is how one becomes somebody.',
      summary: 'First step: username and password.',
      accepts: { body: PasswordSignIn },
      answers: { status: 200, schema: NextStep },
      refusals: ['credentials-wrong', 'provider-down-for-class', 'provider-required', 'too-many-attempts', 'sign-in-busy'],
      handle: async ({ body, origin }) => halfDone(await signIns.withPassword({ ...body, origin }), clock.now()),
    }),
    route({
      method: 'get',
      path: '/api/sign-in/enrolment',
      who: 'half-signed-in',
      summary: 'The authenticator to enrol at the first sign-in.',
      answers: { status: 200, schema: Enrolment },
      refusals: ['enrolment-not-open'],
      handle: async ({ token, origin }) => ({ status: 200, json: await signIns.enrolment({ token, origin }) }),
    }),
    route({
      method: 'post',
      path: '/api/sign-in/enrolment',
      who: 'half-signed-in',
      summary: 'Confirms the authenticator with a code and completes the sign-in.',
      accepts: { body: OneTimeCode },
      answers: { status: 200, schema: SignInDone },
      refusals: ['enrolment-not-open', 'one-time-code-wrong', 'one-time-code-used', 'one-time-code-clock-drift', 'one-time-code-clock-untrusted', 'too-many-attempts'],
      handle: async ({ body, token, origin }) => done(await signIns.confirmEnrolment({ ...body, token, origin })),
    }),
    route({
      method: 'post',
      path: '/api/sign-in/totp',
      who: 'half-signed-in',
      summary: 'Second step: the one-time code.',
      accepts: { body: OneTimeCode },
      answers: { status: 200, schema: SignInDone },
      refusals: ['one-time-code-wrong', 'one-time-code-used', 'one-time-code-clock-drift', 'one-time-code-clock-untrusted', 'too-many-attempts'],
      handle: async ({ body, token, origin }) => done(await signIns.withTotp({ ...body, token, origin })),
    }),
    ...recoveryRoutes({ signIns, done }),
    ...passkeySignInRoutes({ passkeys, done }),
    route({
      method: 'post',
      path: '/api/sign-in/bypass',
      who: 'half-signed-in',
      summary: 'Second step by a shelter bypass: the code that the shelter manager passed on.',
      accepts: { body: BypassCode },
      answers: { status: 200, schema: SignInDone },
      refusals: ['bypass-code-wrong', 'bypass-not-at-site', 'bypass-not-now', 'policy-missing', 'provider-second-factor', 'too-many-attempts'],
      handle: async ({ body, token, origin }) => done(await bypasses.use({ ...body, token, origin })),
    }),
    route({
      method: 'post',
      path: '/api/sign-out',
      who: 'signed-in',
      summary: 'Ends this sign-in and the sessions it holds.',
      answers: { status: 204 },
      handle: async ({ token, origin }) => {
        await signIns.signOut({ token, origin });
        return { status: 204, cookies: [forgetCookie('session'), forgetCookie('pending')] };
      },
    }),
  ];
}

/** Answer to a step after which the second factor is still to come. */
export function halfDone({ next, ways, token, expiresAt }: HalfSignIn, now: Date): Answer {
  return { status: 200, json: { next, ways }, cookies: [setPendingCookie(token, expiresAt, now)] };
}

export function signedIn({ token, knownBrowser }: CompleteSignIn, user: User): Answer {
  return {
    status: 200,
    json: { user },
    cookies: [setSessionCookie(token), forgetCookie('pending'), setBrowserCookie(knownBrowser)],
  };
}
