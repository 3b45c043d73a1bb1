import { createHash } from 'node:crypto';
import { Refusal, type Providers } from '../../port.ts';
import { placeOf } from '../origin.ts';
import { tooManyAttempts } from '../refusals.ts';
import type { ProvidersDeps } from './deps.ts';
import { FIGURES } from './figures.ts';
import { providerRules } from './provider-rules.ts';
import { secretsOf } from './secrets.ts';
import { beginTransaction } from './transactions.ts';

/** The way to a provider: the browser gets a token, the database its hash, the provider what both are derived to. */
export function createBegin(deps: ProvidersDeps): Providers['begin'] {
  return async ({ provider, callback, returnTo, origin }) => {
    const rules = await providerRules(deps, provider);
    const client = await deps.registry.client(rules);
    if (client === undefined) throw new Refusal('provider-unavailable');
    const begun = await beginTransaction(deps.database, deps, { provider, returnTo, place: placeOf(origin) });
    if (begun === undefined) throw tooManyAttempts(FIGURES.transaction);
    const secrets = secretsOf(begun.token);
    const challenge = createHash('sha256').update(secrets.verifier).digest('base64url');
    return { ...begun, location: client.authorizationUrl({ callback, secrets, challenge }).href };
  };
}
