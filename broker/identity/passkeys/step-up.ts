import type { Passkeys } from '../../port.ts';
import { inTransaction } from '../../store/index.ts';
import { findAccount } from '../account.ts';
import type { FactorDeps } from '../factors/deps.ts';
import { knownSince } from '../known-browser.ts';
import { placeOf } from '../origin.ts';
import { orThrow, refusal } from '../refusals.ts';
import { renewProof, stands } from '../step-up.ts';
import { giveChallenge } from './challenges.ts';
import { requireOffered } from './offered.ts';
import { provePasskey, useProof } from './prove.ts';
import { requestFor } from './request.ts';
import { usablePasskeysOf } from './store.ts';

/** Where no password was shown, the device has to check its owner. */
const needsVerification = (method: string): boolean => !method.startsWith('password-');

/** A passkey once more within a complete sign-in, for what asks for a fresh factor. No guess, and so no budget of failures. */
export function createPasskeyStepUp(deps: FactorDeps): Pick<Passkeys, 'forStepUp' | 'stepUp'> {
  const { database, clock, policy, freshFactor } = deps;
  return {
    async forStepUp({ personId, signInId, method }) {
      if (method === 'bypass') throw refusal('bypass-may-not');
      const relyingParty = await requireOffered(deps, 'second-factor');
      const own = await usablePasskeysOf(database, personId);
      const challenge = giveChallenge(deps, { purpose: 'step-up', boundTo: signInId });
      return requestFor(relyingParty, challenge, { own, userVerification: needsVerification(method) ? 'required' : 'preferred' });
    },

    async stepUp({ person: { personId, signInId, method }, response, origin }) {
      if (method === 'bypass') throw refusal('bypass-may-not');
      const proved = await provePasskey(deps, response, { purpose: 'step-up', boundTo: signInId, owner: personId, origin, requireUserVerification: needsVerification(method) });
      const account = await findAccount(database, { personId }, origin, knownSince(policy, clock.now()));
      if (!account) throw refusal('sign-in-required');
      const freshSeconds = await freshFactor();
      const trier = { account, place: placeOf(origin), signInId };
      const answer = await inTransaction(database, async (transaction) => {
        if (!(await stands(transaction, trier, clock.now()))) return refusal('sign-in-required');
        const copied = await useProof(transaction, deps, proved, { organisationId: account.organisationId, place: trier.place });
        return copied ?? renewProof(transaction, deps, trier, { factor: 'passkey', authenticatorId: proved.passkey.id });
      });
      return { freshUntil: new Date(orThrow(answer).provedAt.getTime() + freshSeconds * 1000) };
    },
  };
}
