import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import { startTlsListener } from './tls-listener.ts';

/** What this provider does otherwise than it should. Everything else is done properly. */
export type Lies = {
  /** Over the claims of the ID token; undefined leaves one out. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** `none`: unsigned. `foreign`: by a key that it does not publish. `hmac`: by its client's secret, as if that were the algorithm. */
  readonly signed?: 'none' | 'foreign' | 'hmac';
  /** Over the parameters with which it sends the browser back; null leaves one out. */
  readonly answer?: Readonly<Record<string, string | null>>;
  /** What its token endpoint answers instead. */
  readonly token?: { readonly status: number; readonly body: string; readonly type?: string };
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly subject?: string;
};

export type LyingProvider = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  lies: Lies;
  /** Codes that its token endpoint was shown, with whoever showed them. */
  readonly shown: { readonly code: string; readonly client: string }[];
  /** A token of its own making, signed by its published key. */
  sign(claims: JWTPayload, header?: Readonly<Record<string, string>>): Promise<string>;
  rotateKeys(): Promise<void>;
  stop(): Promise<void>;
  start(): Promise<void>;
};

/** A small OpenID provider that does as it is told. */
export async function startLyingProvider({ directory, id }: { directory: string; id: string }): Promise<LyingProvider> {
  const listener = await startTlsListener(directory);
  const issuer = listener.origin;
  const codes = new Map<string, { readonly nonce: string; readonly challenge: string; readonly maxAge: boolean }>();
  let keys = await newKey();

  const self: LyingProvider = {
    issuer,
    clientId: `sekisho-${id}`,
    clientSecret: randomUUID(),
    lies: {},
    shown: [],
    sign: (claims, header = {}) => new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: keys.kid, ...header }).sign(keys.privateKey),
    async rotateKeys() {
      keys = await newKey();
    },
    stop: () => listener.stop(),
    start: () => listener.start(),
  };

  const metadata = () => ({
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256', 'none', 'HS256'],
    authorization_response_iss_parameter_supported: true,
    ...self.lies.metadata,
  });

  const authorize = (query: URLSearchParams, response: ServerResponse) => {
    const code = randomUUID();
    codes.set(code, { nonce: query.get('nonce') ?? '', challenge: query.get('code_challenge') ?? '', maxAge: query.has('max_age') });
    const given = Object.entries({ code, state: query.get('state'), iss: issuer, ...self.lies.answer }).filter((entry): entry is [string, string] => entry[1] !== null);
    response.writeHead(302, { location: `${query.get('redirect_uri')}?${new URLSearchParams(given).toString()}` }).end();
  };

  const token = async (request: IncomingMessage, response: ServerResponse) => {
    const form = new URLSearchParams(await textOf(request));
    const code = form.get('code') ?? '';
    self.shown.push({ code, client: request.headers.authorization ?? '' });
    if (self.lies.token) return json(response, self.lies.token.status, self.lies.token.body, self.lies.token.type);
    const known = codes.get(code);
    codes.delete(code);
    const verifies = known !== undefined && createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url') === known.challenge;
    if (!verifies) return json(response, 400, JSON.stringify({ error: 'invalid_grant' }));
    const now = Math.floor(Date.now() / 1000);
    const honest = { iss: issuer, aud: self.clientId, sub: self.lies.subject ?? 'liar-1', iat: now, exp: now + 300, nonce: known.nonce, ...(known.maxAge && { auth_time: now }) };
    const claims = JSON.parse(JSON.stringify({ ...honest, ...self.lies.claims })) as JWTPayload;
    return json(response, 200, JSON.stringify({ access_token: randomUUID(), token_type: 'Bearer', id_token: await made(claims) }));
  };

  const made = async (claims: JWTPayload): Promise<string> => {
    const { signed } = self.lies;
    if (signed === 'none') return `${part({ alg: 'none' })}.${part(claims)}.`;
    if (signed === 'hmac') return new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(self.clientSecret));
    if (signed === 'foreign') return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: keys.kid }).sign((await newKey()).privateKey);
    return self.sign(claims);
  };

  listener.answer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', issuer);
    if (pathname === '/.well-known/openid-configuration') return json(response, 200, JSON.stringify(metadata()));
    if (pathname === '/jwks') return json(response, 200, JSON.stringify({ keys: [keys.public] }));
    if (pathname === '/authorize') return authorize(searchParams, response);
    if (pathname === '/token') return void token(request, response);
    response.writeHead(404).end();
  });
  return self;
}

async function newKey() {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const kid = randomUUID();
  return { kid, privateKey, public: { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'RS256' } };
}

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

function json(response: ServerResponse, status: number, body: string, type = 'application/json'): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
