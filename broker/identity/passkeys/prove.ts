import { events } from '../../audit/index.ts';
import type { Assertion, Refusal, RequestOrigin } from '../../port.ts';
import { inTransaction, type Transaction } from '../../store/index.ts';
import type { FactorDeps } from '../factors/deps.ts';
import { tellPerson } from '../notices/tell.ts';
import { placeOf, type Place } from '../origin.ts';
import { refusal } from '../refusals.ts';
import { takeChallenge, type ChallengeFor } from './challenges.ts';
import { challengeIn } from './client-data.ts';
import { requireOffered } from './offered.ts';
import { countUse, findPasskey, type Passkey } from './store.ts';
import { verifyAssertion } from './verify.ts';

export type Proved = { readonly passkey: Passkey; readonly counter: number };

/**
 * Verifies what a passkey answered, all but its counter, which is judged under lock by {@link useProof}.
 * @param of.owner whose it has to be; undefined where it says who somebody is
 * @throws Refusal `passkey-refused`, `passkey-challenge-over`, `passkeys-not-offered`, `policy-missing`
 */
export async function provePasskey(
  deps: FactorDeps,
  response: Assertion,
  { owner, origin, requireUserVerification, ...whatFor }: ChallengeFor & { owner: string | undefined; origin: RequestOrigin; requireUserVerification: boolean },
): Promise<Proved> {
  const relyingParty = await requireOffered(deps, whatFor.purpose === 'alone' ? 'alone' : 'second-factor');
  const challenge = challengeIn(response.response.clientDataJSON);
  if (challenge === undefined || !(await takeChallenge(deps.database, deps, challenge, whatFor))) throw refusal('passkey-challenge-over');
  const passkey = await findPasskey(deps.database, response.id);
  const refuse = async (why: 'unknown' | 'another-persons' | 'not-verified' | 'stopped') => {
    await noteRefused(deps, passkey, { why, owner, place: placeOf(origin) });
    return refusal('passkey-refused');
  };
  if (passkey === undefined) throw await refuse('unknown');
  if (passkey.personId !== (owner ?? passkey.personId) || !isOf(passkey, response.response.userHandle)) throw await refuse('another-persons');
  if (passkey.stoppedAt !== null) throw await refuse('stopped');
  const asserted = await verifyAssertion(relyingParty, { response, challenge, passkey, requireUserVerification });
  if (asserted === undefined) throw await refuse('not-verified');
  return { passkey, counter: asserted.counter };
}

/** Counts the use. @returns a refusal, already told and written, where the counter went back: then there may be a copy, and it is stopped */
export async function useProof(transaction: Transaction, deps: FactorDeps, { passkey, counter }: Proved, { organisationId, place }: { organisationId: string; place: Place }): Promise<Refusal | undefined> {
  const now = deps.clock.now();
  if (await countUse(transaction, { id: passkey.id, counter, now })) return undefined;
  await transaction.updateTable('passkey').set({ stopped_at: now }).where('id', '=', passkey.id).where('stopped_at', 'is', null).execute();
  await tellPerson(transaction, deps, { personId: passkey.personId, kind: 'passkey-cloned', place });
  await deps.trail.append(transaction, events.passkeyStopped({ actor: { kind: 'person', personId: passkey.personId }, organisationId, address: place.address, passkeyId: passkey.id, counter }));
  return refusal('passkey-refused');
}

/** A device may name the person; then it has to be the passkey's. */
function isOf({ personId }: Passkey, userHandle: string | undefined): boolean {
  return userHandle === undefined || userHandle === '' || userHandle === userHandleOf(personId);
}

/** The sixteen bytes of the person's id, in base64url. */
export const userHandleOf = (personId: string): string => Buffer.from(personId.replaceAll('-', ''), 'hex').toString('base64url');

async function noteRefused({ database, trail }: FactorDeps, passkey: Passkey | undefined, { why, owner, place }: { why: 'unknown' | 'another-persons' | 'not-verified' | 'stopped'; owner: string | undefined; place: Place }): Promise<void> {
  const personId = owner ?? passkey?.personId;
  // Of nobody's account: nothing that anybody may send in any number fills the trail.
  if (personId === undefined) return;
  await inTransaction(database, async (transaction) => {
    const person = await transaction.selectFrom('person').where('id', '=', personId).select('organisation_id as organisationId').executeTakeFirst();
    await trail.append(transaction, events.passkeyRefused({ actor: { kind: 'person', ...(owner !== undefined && { personId: owner }) }, organisationId: person?.organisationId, address: place.address, account: personId, passkeyId: passkey?.id, why, userAgent: place.userAgent }));
  });
}
