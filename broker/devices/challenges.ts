import { randomBytes } from 'node:crypto';
import { Refusal, type DeviceChallenge, type DevicePurpose, type SignedIn } from '../port.ts';
import { inTransaction, type Transaction } from '../store/index.ts';
import type { DevicesDeps } from './deps.ts';
import { textOf, type Signed } from './proof.ts';

/** Between a question and its answer there are two calls of a page. */
const GOOD_FOR_SECONDS = 60;
/** Of one sign-in at once; a page that asks and never answers fills nothing. */
const MOST = 20;

/** Something to sign. @param leaseId of the person's own, for the purpose `relay` */
export async function newChallenge({ database, clock, ids }: DevicesDeps, { signInId, personId }: SignedIn, purpose: DevicePurpose, leaseId: string | undefined): Promise<DeviceChallenge> {
  if ((purpose === 'relay') !== (leaseId !== undefined)) throw new Refusal('request-invalid', { fields: [{ path: 'leaseId', expected: 'the lease, for the purpose "relay" alone' }] });
  const now = clock.now();
  const challenge = { id: ids.uuid(), purpose, signInId, leaseId: leaseId?.toLowerCase() ?? null, nonce: randomBytes(32) };
  const expiresAt = new Date(now.getTime() + GOOD_FOR_SECONDS * 1000);
  await inTransaction(database, async (transaction) => {
    if (leaseId !== undefined) {
      const own = await transaction.selectFrom('lease').where('id', '=', leaseId).where('person_id', '=', personId).where('state', '<>', 'ended').select('id').executeTakeFirst();
      if (own === undefined) throw new Refusal('lease-unknown');
    }
    // One at a time within a sign-in, so that the count holds.
    await transaction.selectFrom('sign_in').where('id', '=', signInId).select('id').forNoKeyUpdate().executeTakeFirst();
    await transaction.deleteFrom('device_challenge').where('sign_in_id', '=', signInId).where('expires_at', '<=', now).execute();
    const kept = transaction.selectFrom('device_challenge').where('sign_in_id', '=', signInId).orderBy('expires_at', 'desc').orderBy('id').offset(MOST - 1).select('id');
    await transaction.deleteFrom('device_challenge').where('id', 'in', kept).execute();
    await transaction
      .insertInto('device_challenge')
      .values({ id: challenge.id, sign_in_id: signInId, purpose, lease_id: challenge.leaseId, nonce: challenge.nonce, expires_at: expiresAt, used_at: null })
      .execute();
  });
  return { id: challenge.id, text: textOf(challenge), expiresAt };
}

/** Takes it: of all who ask, in whichever process, one gets it, and only for the sign-in, purpose and lease that it was made for. */
export async function takeChallenge(transaction: Transaction, { challengeId, signInId, purpose, leaseId = null, now }: { challengeId: string; signInId: string; purpose: DevicePurpose; leaseId?: string | null; now: Date }): Promise<Signed | undefined> {
  const taken = await transaction
    .updateTable('device_challenge')
    .set({ used_at: now })
    .where('id', '=', challengeId)
    .where('sign_in_id', '=', signInId)
    .where('purpose', '=', purpose)
    .where((is) => (leaseId === null ? is('lease_id', 'is', null) : is('lease_id', '=', leaseId)))
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning(['nonce', 'lease_id as leaseId'])
    .executeTakeFirst();
  return taken && { purpose, signInId, leaseId: taken.leaseId, nonce: taken.nonce };
}
