import type { Clock, Log } from '../../environment.ts';
import type { ProviderRules } from '../../policy/index.ts';
import { discover, type ProviderClient } from './client.ts';
import { createExchange } from './exchange.ts';
import { FIGURES } from './figures.ts';

export type RegistryDeps = {
  readonly clock: Clock;
  readonly log: Log;
  /** The client secret of a provider by its id; undefined where nobody has put one there. */
  readonly secretOf: (providerId: string) => Promise<string | undefined>;
  /** PEM of the CA of the providers' certificates; absent: the system's. */
  readonly ca?: string | undefined;
};

/** The providers as they answer now, of this process. */
export type Registry = {
  /** The provider's own description, fresh enough; one that was silent is tried again. Undefined where it does not answer. */
  client(rules: ProviderRules): Promise<ProviderClient | undefined>;
  /** Whether it answers, without waiting for it where that was known lately. */
  state(rules: ProviderRules): Promise<'up' | 'down'>;
};

/**
 * Asks each provider for its description again and again while people need it. One that answered stays `up` until it is found silent, and the other way round:
 * nobody waits for a provider that was silent a moment ago.
 */
export function createRegistry({ clock, log, secretOf, ca }: RegistryDeps): Registry {
  const exchange = createExchange({ ca });
  const known = new Map<string, Known>();

  const look = (rules: ProviderRules): Promise<Known> => {
    const key = keyOf(rules);
    const before = known.get(key);
    if (before?.looking) return before.looking;
    const looking = ask(rules).then((found) => {
      if (before === undefined || (before.client === undefined) !== (found === undefined)) log.info('state of an identity provider', { provider: rules.id, state: found === undefined ? 'down' : 'up' });
      const now: Known = { client: found, at: clock.now().getTime() };
      known.set(key, now);
      return now;
    });
    known.set(key, { client: before?.client, at: before?.at ?? Number.NEGATIVE_INFINITY, looking });
    return looking;
  };

  const ask = async (rules: ProviderRules): Promise<ProviderClient | undefined> => {
    try {
      const secret = await secretOf(rules.id);
      if (secret === undefined) throw new Error('there is no file with its client secret');
      return await discover(rules, { exchange, clock, secret });
    } catch (error) {
      log.warn('an identity provider does not answer', { provider: rules.id, error });
      return undefined;
    }
  };

  const fresh = async (rules: ProviderRules): Promise<Known> => {
    const found = known.get(keyOf(rules));
    const age = found === undefined ? Infinity : clock.now().getTime() - found.at;
    if (found === undefined || age > FIGURES.stale * 1000) return look(rules);
    if (age > FIGURES.healthy * 1000) void look(rules);
    return found;
  };

  return {
    async client(rules) {
      const found = await fresh(rules);
      const silent = found.client === undefined && clock.now().getTime() - found.at > FIGURES.silent * 1000;
      return (silent ? await look(rules) : found).client;
    },
    state: async (rules) => ((await fresh(rules)).client === undefined ? 'down' : 'up'),
  };
}

/** `looking`: the question that is under way. */
type Known = { readonly client: ProviderClient | undefined; readonly at: number; readonly looking?: Promise<Known> };

/** Whatever of the rules changes makes it another provider. */
function keyOf(rules: ProviderRules): string {
  return JSON.stringify([rules.id, rules.issuer, rules.clientId, rules.signedWith, rules.scopes, rules.secondFactor]);
}
