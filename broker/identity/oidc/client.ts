import { jwtVerify } from 'jose';
import * as openid from 'openid-client';
import type { Clock } from '../../environment.ts';
import type { ProviderRules } from '../../policy/index.ts';
import type { Claims } from './claims.ts';
import type { Exchange } from './exchange.ts';
import { FIGURES } from './figures.ts';
import { createKeys } from './keys.ts';
import { AnswerRefused } from './reasons.ts';
import { reasonOf } from './reason-of.ts';
import { same, type TransactionSecrets } from './secrets.ts';

/** A provider as it described itself. Made by {@link discover}; holds no state of anybody's sign-in. */
export type ProviderClient = {
  readonly issuer: string;
  /** Where to send the browser. */
  authorizationUrl(input: { callback: string; secrets: TransactionSecrets; challenge: string }): URL;
  /** Redeems the code of an answer. @throws AnswerRefused unless the answer, and the token for it, are for this browser and this provider */
  redeem(input: { callback: string; answer: URLSearchParams; secrets: TransactionSecrets }): Promise<Claims & { readonly sub: string }>;
  /** The claims of a token that this provider signed for us, whatever it is for. @throws Error */
  verify(token: string, also?: { readonly oldest?: number; readonly required?: readonly string[] }): Promise<Claims>;
};

type ClientDeps = { readonly exchange: Exchange; readonly clock: Clock; readonly secret: string };

/** @throws Error where the provider does not answer, or calls itself otherwise than the policy does */
export async function discover(rules: ProviderRules, { exchange, clock, secret }: ClientDeps): Promise<ProviderClient> {
  const { clientId, signedWith, scopes, secondFactor } = rules;
  const client: openid.ClientMetadata = {
    client_id: clientId,
    id_token_signed_response_alg: signedWith,
    [openid.clockTolerance]: FIGURES.tolerance,
    // Read at each check: the difference between the product's clock and the library's.
    get [openid.clockSkew]() {
      return Math.round((clock.now().getTime() - Date.now()) / 1000);
    },
  };
  const config = await openid.discovery(new URL(rules.issuer), clientId, client, openid.ClientSecretBasic(secret), { [openid.customFetch]: exchange, timeout: FIGURES.patience });
  const metadata = config.serverMetadata();
  const { issuer, jwks_uri: jwksUri } = metadata;
  if (issuer !== rules.issuer || jwksUri === undefined) throw new Error('the provider calls itself otherwise than the policy does, or has no keys');
  const keys = createKeys(jwksUri, exchange);

  const verify: ProviderClient['verify'] = async (token, { oldest, required = [] } = {}) => {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience: clientId,
      algorithms: [signedWith],
      currentDate: clock.now(),
      clockTolerance: FIGURES.tolerance,
      requiredClaims: [...required],
      ...(oldest !== undefined && { maxTokenAge: oldest }),
    });
    return payload;
  };

  return {
    issuer,
    verify,

    authorizationUrl: ({ callback, secrets, challenge }) =>
      openid.buildAuthorizationUrl(config, {
        redirect_uri: callback,
        scope: ['openid', ...scopes].join(' '),
        state: secrets.state,
        nonce: secrets.nonce,
        code_challenge: challenge,
        code_challenge_method: 'S256',
        ...(secondFactor && { max_age: String(secondFactor.maxAge) }),
        ...(secondFactor && secondFactor.acr.length > 0 && { acr_values: secondFactor.acr.join(' ') }),
      }),

    async redeem({ callback, answer, secrets }) {
      const one = (name: string) => {
        const [value, ...more] = answer.getAll(name);
        if (more.length > 0) throw new AnswerRefused('answer-malformed');
        return value;
      };
      if (!same(one('state') ?? '', secrets.state)) throw new AnswerRefused('state-wrong');
      const from = one('iss');
      if (from === undefined ? metadata.authorization_response_iss_parameter_supported === true : from !== issuer) throw new AnswerRefused('issuer-wrong');
      if (one('error') !== undefined) throw new AnswerRefused('declined');
      const code = one('code');
      if (code === undefined) throw new AnswerRefused('answer-malformed');

      const url = new URL(callback);
      url.search = new URLSearchParams({ code, state: secrets.state, iss: issuer }).toString();
      try {
        const tokens = await openid.authorizationCodeGrant(config, url, {
          expectedState: secrets.state,
          expectedNonce: secrets.nonce,
          pkceCodeVerifier: secrets.verifier,
          idTokenExpected: true,
          ...(secondFactor && { maxAge: secondFactor.maxAge }),
        });
        // The library believes the line; the signature is asked for as well, with keys that are fetched anew when they have changed.
        await verify(tokens.id_token!);
        return tokens.claims()!;
      } catch (cause) {
        throw new AnswerRefused(reasonOf(cause), { cause });
      }
    },
  };
}
