import type { Providers } from '../../port.ts';
import { createThrottle } from '../throttle/throttle.ts';
import { createBackChannel } from './back-channel.ts';
import { createBegin } from './begin.ts';
import type { ProvidersDeps } from './deps.ts';
import { createFinish } from './finish.ts';

export { createLocalSignIn, type LocalSignIn } from './local-sign-in.ts';
export { createRegistry, type RegistryDeps } from './registry.ts';

/** Signing in by identity providers (OpenID Connect). */
export function createProviders(given: Omit<ProvidersDeps, 'throttle'>): Providers {
  const deps: ProvidersDeps = { ...given, throttle: createThrottle(given.policy.throttle) };
  return {
    async list() {
      const oidc = (await deps.rules.current())?.oidc;
      const items = (oidc?.providers ?? []).map(async (provider) => ({ id: provider.id, name: provider.name, state: await deps.registry.state(provider) }));
      return { items: await Promise.all(items), required: oidc?.required ?? false };
    },
    begin: createBegin(deps),
    finish: createFinish(deps),
    logOut: createBackChannel(deps),
  };
}
