import { generateKeyPairSync, randomUUID, type JsonWebKey } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Provider } from 'oidc-provider';
import { createExchange } from '../../../broker/identity/oidc/exchange.ts';
import { startTlsListener } from './tls-listener.ts';

export type Account = { readonly sub: string; readonly claims?: Readonly<Record<string, unknown>>; readonly acr?: string; readonly amr?: readonly string[] };
export type TrueProvider = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Whoever comes to it next is this one, and is asked nothing. Undefined: is asked at a page with a button. */
  signsIn: Account | undefined;
  /** Changes its signing key; the old one is gone from its list. */
  rotateKeys(): void;
  stop(): Promise<void>;
  start(): Promise<void>;
};

/**
 * A real OpenID provider (the package oidc-provider), over TLS on the loopback, that strictly does as the standard says.
 * @param product the origin of Sekisho and the CA of its certificate, once they are known
 */
export async function startTrueProvider({ directory, id, product }: { directory: string; id: string; product: () => { readonly origin: string; readonly ca: string } }): Promise<TrueProvider> {
  const listener = await startTlsListener(directory);
  const issuer = listener.origin;
  const [clientId, clientSecret] = [`sekisho-${id}`, randomUUID()];
  let handle: ((request: IncomingMessage, response: ServerResponse) => unknown) | undefined;
  const accounts = new Map<string, Account>();
  const cookieKey = randomUUID();
  // What survives a change of keys: the sessions of people who are signed in there.
  const kept = new Map<string, Stored>();

  const make = () => {
    const provider: Provider = new Provider(issuer, {
      clients: [
        {
          client_id: clientId,
          client_secret: clientSecret,
          redirect_uris: [`${product().origin}/sign-in/provider/${id}`],
          response_types: ['code'],
          grant_types: ['authorization_code'],
          token_endpoint_auth_method: 'client_secret_basic',
          backchannel_logout_uri: `${product().origin}/api/providers/${id}/back-channel-logout`,
          backchannel_logout_session_required: true,
        },
      ],
      adapter: adapterOver(kept),
      ttl: { Interaction: 600, Grant: 3_600, Session: 3_600, AccessToken: 600, IdToken: 600 },
      jwks: { keys: [signingKey()] },
      cookies: { keys: [cookieKey] },
      conformIdTokenClaims: false,
      claims: { openid: ['sub', 'amr', 'acr', 'sid', 'auth_time'], profile: ['name', 'preferred_username', 'department', 'employee_number', 'groups', 'title'] },
      acrValues: ['urn:example:two-factors', 'urn:example:one-factor'],
      features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true }, rpInitiatedLogout: { enabled: true, logoutSource: autoLogout } },
      interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
      findAccount: (_context: unknown, sub: string) => ({ accountId: sub, claims: async () => ({ ...accounts.get(sub)?.claims, sub }) }),
      loadExistingGrant: async (context: { oidc: { session: { accountId: string }; client: { clientId: string } } }) => {
        const grant = new provider.Grant({ accountId: context.oidc.session.accountId, clientId: context.oidc.client.clientId });
        grant.addOIDCScope('openid profile');
        await grant.save();
        return grant;
      },
      fetch: (url: string | URL, options: RequestInit) => createExchange({ ca: product().ca })(String(url), { method: options.method ?? 'GET', headers: new Headers(options.headers), body: options.body }),
      fetchResponseBodyLimits: undefined,
    });
    provider.proxy = false;
    handle = provider.callback();
    listener.answer((request, response) => void serve(provider, request, response));
  };

  const serve = async (provider: Provider, request: IncomingMessage, response: ServerResponse) => {
    if (request.url?.startsWith('/interaction/') !== true) return handle!(request, response);
    const account = self.signsIn;
    if (account === undefined && request.method !== 'POST') return response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(LOGIN_PAGE);
    const person = account ?? { sub: 'city-0001' };
    accounts.set(person.sub, person);
    await provider.interactionFinished(request, response, { login: { accountId: person.sub, ...(person.acr !== undefined && { acr: person.acr }), ...(person.amr && { amr: person.amr }) } });
    return undefined;
  };

  const self: TrueProvider = { issuer, clientId, clientSecret, signsIn: undefined, rotateKeys: make, stop: () => listener.stop(), start: () => listener.start() };
  // The product's own address is known only once it listens; nobody comes before that.
  listener.answer((request, response) => {
    make();
    void handle!(request, response);
  });
  return self;
}

const LOGIN_PAGE = '<!doctype html><html lang="ja"><meta charset="utf-8"><title>庁内認証</title><body><main><h1>庁内認証</h1><form method="post"><button type="submit">サインイン</button></form></main></body></html>';

/** Says yes for the person to the question whether to sign out. */
function autoLogout(context: { body: string }, form: string): void {
  context.body = `<!doctype html><html lang="ja"><title>sign-out</title><body>${form}</body></html>`;
}

function signingKey(): JsonWebKey & { kid: string; use: string; alg: string } {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), use: 'sig', alg: 'RS256' };
}

type Stored = Record<string, unknown> & { uid?: string; grantId?: string };

/** Keeps everything in memory, across makings of the provider. */
function adapterOver(kept: Map<string, Stored>) {
  return class {
    readonly model: string;
    constructor(model: string) {
      this.model = model;
    }
    async upsert(id: string, payload: Stored) {
      kept.set(`${this.model} ${id}`, payload);
    }
    async find(id: string) {
      return kept.get(`${this.model} ${id}`);
    }
    async findByUid(uid: string) {
      return [...kept].find(([key, value]) => key.startsWith(`${this.model} `) && value.uid === uid)?.[1];
    }
    async findByUserCode() {
      return undefined;
    }
    async consume(id: string) {
      kept.get(`${this.model} ${id}`)!['consumed'] = Math.floor(Date.now() / 1000);
    }
    async destroy(id: string) {
      kept.delete(`${this.model} ${id}`);
    }
    async revokeByGrantId(grantId: string) {
      for (const [key, value] of kept) if (value.grantId === grantId) kept.delete(key);
    }
  };
}
