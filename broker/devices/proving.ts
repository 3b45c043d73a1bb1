import { events } from '../audit/index.ts';
import { actorOf } from '../continuity/deps.ts';
import { assertId } from '../identity/refusals.ts';
import { Refusal, type DeviceProof, type Devices, type RequestOrigin, type SignedIn } from '../port.ts';
import { inTransaction, type Transaction } from '../store/index.ts';
import { takeChallenge } from './challenges.ts';
import type { DevicesDeps } from './deps.ts';
import { isProved } from './proof.ts';

type Proving = { readonly person: Pick<SignedIn, 'personId' | 'signInId'>; readonly proof: DeviceProof; readonly purpose: 'sign-in' | 'relay'; readonly leaseId?: string; readonly now: Date };

/**
 * Whether the proof stands: of the person's own device that is registered now, for this sign-in, purpose and lease, by a challenge that nobody took before.
 * The challenge is gone whatever comes of it. The device is not ended before the transaction is over.
 */
export async function standsProof(transaction: Transaction, { person: { personId, signInId }, proof, purpose, leaseId, now }: Proving): Promise<boolean> {
  const signed = await takeChallenge(transaction, { challengeId: proof.challengeId, signInId, purpose, leaseId: leaseId ?? null, now });
  const device = await transaction.selectFrom('device').where('id', '=', proof.deviceId).where('person_id', '=', personId).select(['id', 'public_key as publicKey']).forShare().executeTakeFirst();
  if (signed === undefined || device === undefined || !isProved(device.publicKey, signed, proof.signature)) return false;
  // Statements of their own, so that they see what was committed while the lock was waited for.
  const approved = await transaction.selectFrom('device_approval').where('device_id', '=', device.id).where('until', '>', now).select('device_id').executeTakeFirst();
  const ended = await transaction.selectFrom('device_end').where('device_id', '=', device.id).select('device_id').executeTakeFirst();
  return approved !== undefined && ended === undefined;
}

/** Says that a sign-in is on that device. What is refused is on the trail, and the challenge is used up. */
export function createProve({ database, trail, clock }: DevicesDeps): Devices['prove'] {
  return async ({ person, proof, origin }) => {
    for (const id of [proof.deviceId, proof.challengeId]) assertId(id);
    const now = clock.now();
    const stands = await inTransaction(database, async (transaction) => {
      const proved = await standsProof(transaction, { person, proof, purpose: 'sign-in', now });
      const about = aboutProof(person, origin, proof);
      if (!proved) {
        await trail.append(transaction, events.deviceProofRefused({ ...about, purpose: 'sign-in' }));
        return false;
      }
      await transaction
        .insertInto('sign_in_device')
        .values({ sign_in_id: person.signInId, device_id: proof.deviceId, proved_at: now })
        .onConflict((conflict) => conflict.column('sign_in_id').doUpdateSet({ device_id: proof.deviceId, proved_at: now }))
        .execute();
      await trail.append(transaction, events.deviceProved({ ...about }));
      return true;
    });
    if (!stands) throw new Refusal('device-proof-wrong');
  };
}

export const aboutProof = (person: SignedIn, { address }: Pick<RequestOrigin, 'address'>, { deviceId }: DeviceProof) => ({ actor: actorOf(person), organisationId: person.organisationId, address, deviceId });
