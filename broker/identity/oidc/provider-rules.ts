import type { ProviderRules } from '../../policy/index.ts';
import { Refusal } from '../../port.ts';
import type { ProvidersDeps } from './deps.ts';

/** A provider of the policy in force. @throws Refusal `policy-missing`, `provider-unknown` */
export async function providerRules({ rules }: Pick<ProvidersDeps, 'rules'>, id: string): Promise<ProviderRules> {
  const policy = await rules.current();
  if (policy === undefined) throw new Refusal('policy-missing');
  const found = policy.oidc?.providers.find((provider) => provider.id === id);
  if (found === undefined) throw new Refusal('provider-unknown');
  return found;
}
