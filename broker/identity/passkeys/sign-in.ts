import type { Passkeys, Refusal } from '../../port.ts';
import { inTransaction, type Transaction } from '../../store/index.ts';
import { findAccount, holdPerson, type Account } from '../account.ts';
import { complete } from '../complete.ts';
import type { FactorDeps } from '../factors/deps.ts';
import { findHalf } from '../half-sign-in.ts';
import { knownSince } from '../known-browser.ts';
import { placeOf } from '../origin.ts';
import { orThrow, refusal } from '../refusals.ts';
import { withHalf, type HalfTry, type TryAnswer } from '../with-half.ts';
import { giveChallenge } from './challenges.ts';
import { requireOffered } from './offered.ts';
import { provePasskey, useProof, type Proved } from './prove.ts';
import { requestFor } from './request.ts';
import { usablePasskeysOf } from './store.ts';

/** A passkey at the entrance: after the password, or alone where the policy says so and the device checks its owner. */
export function createPasskeySignIn(deps: FactorDeps): Pick<Passkeys, 'forSecondStep' | 'withPasskey' | 'aloneOffered' | 'forAlone' | 'alone'> {
  const { database, clock, policy } = deps;
  const openHalf = async (token: string) => {
    const half = await findHalf(database, token, clock.now());
    if (!half || half.endedAt !== null) throw refusal('sign-in-required');
    return half;
  };
  return {
    async forSecondStep({ token }) {
      const half = await openHalf(token);
      const relyingParty = await requireOffered(deps, 'second-factor');
      const own = await usablePasskeysOf(database, half.personId);
      return requestFor(relyingParty, giveChallenge(deps, { purpose: 'second-step', boundTo: half.id }), { own, userVerification: 'preferred' });
    },

    async withPasskey({ token, response, origin }) {
      const half = await openHalf(token);
      const proved = await provePasskey(deps, response, { purpose: 'second-step', boundTo: half.id, owner: half.personId, origin, requireUserVerification: false });
      return withHalf(deps, { token, origin }, () => proved, (transaction, attempt) => finish(transaction, deps, attempt, proved));
    },

    aloneOffered: () => requireOffered(deps, 'alone').then(() => true, () => false),

    async forAlone() {
      const relyingParty = await requireOffered(deps, 'alone');
      return requestFor(relyingParty, giveChallenge(deps, { purpose: 'alone', boundTo: null }), { userVerification: 'required' });
    },

    async alone({ response, origin }) {
      const proved = await provePasskey(deps, response, { purpose: 'alone', boundTo: null, owner: undefined, origin, requireUserVerification: true });
      const account = await findAccount(database, { personId: proved.passkey.personId }, origin, knownSince(policy, clock.now()));
      if (!account) throw refusal('passkey-refused');
      return orThrow(await inTransaction(database, (transaction) => admit(transaction, account)));

      async function admit(transaction: Transaction, account: Account): Promise<Refusal | Awaited<ReturnType<typeof complete>>> {
        const place = placeOf(origin);
        const person = await holdPerson(transaction, account.personId);
        if (person?.status !== 'active') return refusal('passkey-refused');
        const copied = await useProof(transaction, deps, proved, { organisationId: account.organisationId, place });
        if (copied) return copied;
        return complete(transaction, deps, { halfId: deps.ids.uuid(), account, place, knownBrowser: origin.knownBrowser, method: 'passkey' });
      }
    },
  };
}

async function finish(transaction: Transaction, deps: FactorDeps, { account, half, place, knownBrowser }: HalfTry, proved: Proved): Promise<TryAnswer> {
  if (half.completed) return refusal('sign-in-required');
  const copied = await useProof(transaction, deps, proved, { organisationId: account.organisationId, place });
  if (copied) return copied;
  return complete(transaction, deps, { halfId: half.id, account, place, knownBrowser, method: 'password-passkey' });
}
