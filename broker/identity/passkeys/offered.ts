import type { FactorDeps } from '../factors/deps.ts';
import { refusal } from '../refusals.ts';
import { relyingPartyOf, type RelyingParty } from './relying-party.ts';

/** @throws Refusal `policy-missing`, `passkeys-not-offered` where the policy does not allow them so, or the public address is a number */
export async function requireOffered({ secondFactors, publicOrigin }: Pick<FactorDeps, 'secondFactors' | 'publicOrigin'>, as: 'second-factor' | 'alone'): Promise<RelyingParty> {
  const rules = await secondFactors();
  if (rules === undefined) throw refusal('policy-missing');
  const relyingParty = relyingPartyOf(publicOrigin());
  if (relyingParty === undefined || rules.passkeys === 'off' || (as === 'alone' && rules.passkeys !== 'alone')) throw refusal('passkeys-not-offered');
  return relyingParty;
}

/** Whether a page may show the way. */
export async function isOffered(deps: Pick<FactorDeps, 'secondFactors' | 'publicOrigin'>): Promise<boolean> {
  return (await deps.secondFactors().then((rules) => rules !== undefined && rules.passkeys !== 'off')) && relyingPartyOf(deps.publicOrigin()) !== undefined;
}
