import { events } from '../../audit/index.ts';
import type { Factors } from '../../port.ts';
import type { Transaction } from '../../store/index.ts';
import { findAuthenticators } from '../half-sign-in.ts';
import { tellPerson } from '../notices/tell.ts';
import { assertId, refusal } from '../refusals.ts';
import { sealContext } from '../totp/seal-context.ts';
import { newSecret, otpauthUri } from '../totp/totp.ts';
import type { ChangeFactors } from './change.ts';
import type { FactorDeps } from './deps.ts';
import { heldFactors } from './held.ts';

/** A phone, and the tablet for the day on which the phone is gone. */
const MOST = 2;

/** A person's own authenticators within a complete sign-in: a further one is offered, one that is no longer at hand goes. */
export function createAuthenticators(deps: FactorDeps, changeFactors: ChangeFactors): Pick<Factors, 'offerAuthenticator' | 'removeAuthenticator'> {
  const { secretBox, ids, trail } = deps;
  return {
    offerAuthenticator: (by) =>
      changeFactors(by, async (transaction, { now }) => {
        const { personId, signInId, username } = by.person;
        await requireRoom(transaction, personId);
        // What was offered before in this sign-in and never confirmed is worth nothing any more.
        await transaction.deleteFrom('authenticator').where('enrolled_in', '=', signInId).where('confirmed_at', 'is', null).execute();
        const id = ids.uuid();
        const secret = newSecret();
        await transaction
          .insertInto('authenticator')
          .values({ id, person_id: personId, kind: 'totp', sealed_secret: secretBox.seal(secret, sealContext(id)), enrolled_in: signInId, created_at: now, confirmed_at: null, last_used_step: -1 })
          .execute();
        return { id, secret, otpauthUri: otpauthUri(secret, username) };
      }),

    removeAuthenticator: ({ authenticatorId, ...by }) =>
      changeFactors(by, async (transaction, { place, circumstances }) => {
        assertId(authenticatorId);
        const id = authenticatorId.toLowerCase();
        const { personId, signInId } = by.person;
        const there = await findAuthenticators(transaction, personId);
        if (!there.some((one) => one.id === id)) throw refusal('not-found');
        const { passkeys } = await heldFactors(transaction, personId);
        if (there.length + passkeys <= 1) throw refusal('last-factor');
        await transaction.deleteFrom('authenticator').where('id', '=', id).execute();
        await tellPerson(transaction, deps, { personId, kind: 'authenticator-removed', place, signInId });
        await trail.append(transaction, events.authenticatorRemoved({ ...circumstances, authenticatorId: id }));
      }),
  };
}

/** @returns the slot for one more. @throws Refusal `authenticators-full` */
export async function requireRoom(transaction: Transaction, personId: string): Promise<number> {
  const there = await findAuthenticators(transaction, personId);
  if (there.length >= MOST) throw refusal('authenticators-full');
  return there.some(({ slot }) => slot === 1) ? 2 : 1;
}
