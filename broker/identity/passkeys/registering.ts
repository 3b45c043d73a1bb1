import { events } from '../../audit/index.ts';
import type { Passkeys } from '../../port.ts';
import type { ChangeFactors } from '../factors/change.ts';
import type { FactorDeps } from '../factors/deps.ts';
import { heldFactors } from '../factors/held.ts';
import { readFactorName } from '../factors/name.ts';
import { tellPerson } from '../notices/tell.ts';
import { assertId, refusal } from '../refusals.ts';
import { giveChallenge, takeChallenge, type ChallengeFor } from './challenges.ts';
import { challengeIn } from './client-data.ts';
import { requireOffered } from './offered.ts';
import { creationFor } from './request.ts';
import { MOST_PASSKEYS, passkeysOf } from './store.ts';
import { verifyAttestation } from './verify.ts';

/** A person's own passkeys within a complete sign-in. */
export function createPasskeyRegistering(deps: FactorDeps, changeFactors: ChangeFactors): Pick<Passkeys, 'forRegistration' | 'register' | 'remove'> {
  const { database, ids, trail } = deps;
  const challengeFor = (signInId: string): ChallengeFor => ({ purpose: 'register', boundTo: signInId });
  return {
    forRegistration: (by) =>
      changeFactors(by, async (transaction) => {
        const relyingParty = await requireOffered(deps, 'second-factor');
        const own = await passkeysOf(transaction, by.person.personId);
        if (own.length >= MOST_PASSKEYS) throw refusal('passkeys-full');
        return creationFor(relyingParty, giveChallenge(deps, challengeFor(by.person.signInId)), { person: by.person, own });
      }),

    async register({ name: typedName, response, ...by }) {
      const name = readFactorName(typedName);
      const relyingParty = await requireOffered(deps, 'second-factor');
      const challenge = challengeIn(response.response.clientDataJSON);
      if (challenge === undefined || !(await takeChallenge(database, deps, challenge, challengeFor(by.person.signInId)))) throw refusal('passkey-challenge-over');
      const attested = await verifyAttestation(relyingParty, { response, challenge });
      if (attested === undefined) throw refusal('passkey-refused');
      const { personId, signInId } = by.person;
      await changeFactors(by, async (transaction, { now, place, circumstances }) => {
        if ((await passkeysOf(transaction, personId)).length >= MOST_PASSKEYS) throw refusal('passkeys-full');
        const id = ids.uuid();
        const made = await transaction
          .insertInto('passkey')
          .values({
            id,
            person_id: personId,
            credential_id: attested.credentialId,
            public_key: attested.publicKey,
            counter: attested.counter,
            transports: [...(response.response.transports ?? [])],
            name,
            synced: attested.synced,
            created_at: now,
            last_used_at: null,
            stopped_at: null,
          })
          .onConflict((conflict) => conflict.column('credential_id').doNothing())
          .returning('id')
          .executeTakeFirst();
        if (!made) throw refusal('passkey-refused');
        await tellPerson(transaction, deps, { personId, kind: 'passkey-added', place, signInId });
        await trail.append(transaction, events.passkeyRegistered({ ...circumstances, passkeyId: id, synced: attested.synced, userVerified: attested.userVerified }));
      });
    },

    remove: ({ passkeyId, ...by }) =>
      changeFactors(by, async (transaction, { place, circumstances }) => {
        assertId(passkeyId);
        const id = passkeyId.toLowerCase();
        const { personId, signInId } = by.person;
        const found = (await passkeysOf(transaction, personId)).find((one) => one.id === id);
        if (!found) throw refusal('not-found');
        const { authenticators, passkeys } = await heldFactors(transaction, personId);
        if (found.stoppedAt === null && authenticators + passkeys <= 1) throw refusal('last-factor');
        await transaction.deleteFrom('passkey').where('id', '=', id).execute();
        await tellPerson(transaction, deps, { personId, kind: 'passkey-removed', place, signInId });
        await trail.append(transaction, events.passkeyRemoved({ ...circumstances, passkeyId: id }));
      }),
  };
}
