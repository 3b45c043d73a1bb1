import { Refusal, type Broker, type FinishedAtProvider } from '../../broker/port.ts';
import { forgetCookie, readCookie, setPendingCookie } from '../auth/cookies.ts';
import { isReturnPath } from './page-paths.ts';
import { route, type Answer, type Route } from './route.ts';
import { BackChannelLogout, ProviderAnswer, ProviderBegin, ProviderDone, ProviderList, ProviderLocation, ProviderParameter } from './schemas/index.ts';
import { halfDone, signedIn, type SignInDeps } from './sign-in.ts';
import { userView } from './views/user.ts';

type ProvidersDeps = SignInDeps & { readonly providers: Broker['providers']; readonly publicOrigin: () => string };

/** Of everything that an answer can be refused for, so that a provider can be told from another by nothing but its own. */
const ANSWERS = ['provider-sign-in-over', 'provider-state-wrong', 'provider-issuer-wrong', 'provider-declined', 'provider-code-refused', 'provider-token-refused', 'provider-account-unknown', 'provider-claims-missing', 'provider-unavailable', 'provider-unknown', 'account-disabled', 'policy-missing'] as const;

/**
 * Signing in by identity providers. The provider sends the browser back to a page of ours, and that page, which is of our own site, asks with the answer:
 * so every cookie can stay SameSite=Strict, and nobody is signed in by a GET.
 */
export function providerRoutes({ providers, desktops, clock, publicOrigin }: ProvidersDeps): Route[] {
  const callbackOf = (provider: string) => `${publicOrigin()}/sign-in/provider/${provider}`;
  return [
    route({
      method: 'get',
      path: '/api/sign-in/providers',
      who: 'public',
      why: 'One chooses a provider before one is anybody; the names are on the sign-in page.',
      summary: 'Identity providers, and whether they answer.',
      answers: { status: 200, schema: ProviderList },
      handle: async ({ language }) => {
        const { items, required } = await providers.list();
        return { status: 200, json: { items: items.map(({ id, name, state }) => ({ id, name: name[language], state })), next: null, required } };
      },
    }),
    route({
      method: 'post',
      path: '/api/sign-in/provider',
      who: 'public',
      why: 'It is the first step of becoming somebody.',
      summary: 'Begins a sign-in at an identity provider.',
      accepts: { body: ProviderBegin },
      answers: { status: 200, schema: ProviderLocation },
      refusals: ['provider-unknown', 'provider-unavailable', 'policy-missing', 'too-many-attempts'],
      handle: async ({ body: { provider, returnTo }, origin }) => {
        if (!isReturnPath(returnTo)) throw new Refusal('request-invalid', { fields: [{ path: 'returnTo', expected: 'a page of the product that needs a sign-in' }] });
        const { location, token, expiresAt } = await providers.begin({ provider, callback: callbackOf(provider), returnTo, origin });
        return { status: 200, json: { location }, cookies: [setPendingCookie(token, expiresAt, clock.now(), 'provider')] };
      },
    }),
    route({
      method: 'post',
      path: '/api/sign-in/provider/answer',
      who: 'public',
      why: 'The answer of a provider, in the browser that was sent there, makes one somebody.',
      summary: 'Finishes a sign-in at an identity provider: complete, or with the second factor still to come.',
      accepts: { body: ProviderAnswer },
      answers: { status: 200, schema: ProviderDone },
      refusals: ANSWERS,
      handle: async ({ body: { provider, answer }, header, origin }) => {
        const token = readCookie({ cookie: header('cookie') ?? '' }, 'provider');
        const finished = await providers.finish({ token, provider, callback: callbackOf(provider), answer, origin });
        const answered = await answerOf(finished);
        return { ...answered, json: { ...answered.json, returnTo: finished.returnTo }, cookies: [...(answered.cookies ?? []), forgetCookie('provider')] };
      },
    }),
    route({
      method: 'post',
      path: '/api/providers/:provider/back-channel-logout',
      who: 'public',
      why: 'The provider itself calls it; its signed token says who it is, and no cookie is read.',
      machine: true,
      summary: 'Ends what the provider says has ended (OpenID Connect Back-Channel Logout 1.0).',
      accepts: { params: ProviderParameter, body: BackChannelLogout },
      answers: { status: 200 },
      refusals: ['provider-unknown', 'provider-unavailable', 'logout-token-invalid', 'policy-missing'],
      handle: async ({ params: { provider }, body, origin }) => {
        await providers.logOut({ provider, logoutToken: body.logout_token, origin });
        return { status: 200 };
      },
    }),
  ];

  async function answerOf(finished: FinishedAtProvider): Promise<Answer> {
    if ('half' in finished) return halfDone(finished.half, clock.now());
    const { complete } = finished;
    return signedIn(complete, userView(complete.signedIn, await desktops.levelFor(complete.signedIn), clock.now()));
  }
}
