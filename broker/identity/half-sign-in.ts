import type { HalfSignIn } from '../port.ts';
import type { Connection, Transaction } from '../store/index.ts';
import type { StepDeps } from './deps.ts';
import { heldFactors } from './factors/held.ts';
import { tokenHash } from './token.ts';

/** Lets a person owe the second factor. The oldest of too many ends: whoever stole a password shall not shut its owner out. */
export async function beginHalf(
  transaction: Transaction,
  { clock, ids, policy }: Pick<StepDeps, 'clock' | 'ids' | 'policy'>,
  personId: string,
): Promise<HalfSignIn & { id: string }> {
  const now = clock.now();
  await makeRoom(transaction, personId, policy.halfSignInsAtOnce - 1, now);
  const half = { id: ids.uuid(), token: ids.token(), expiresAt: new Date(now.getTime() + policy.halfSignInSeconds * 1000) };
  await transaction
    .insertInto('half_sign_in')
    .values({ id: half.id, person_id: personId, token_hash: tokenHash(half.token), begun_at: now, expires_at: half.expiresAt, ended_at: null, ended_because: null })
    .execute();
  return { ...half, ...(await nextStep(transaction, personId)) };
}

/** Leaves so many open at most, the newest. */
async function makeRoom(transaction: Transaction, personId: string, most: number, now: Date): Promise<void> {
  const tooOld = transaction
    .selectFrom('half_sign_in')
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('begun_at', 'desc')
    .orderBy('id')
    .offset(most)
    .select('id')
    .forUpdate();
  await transaction.updateTable('half_sign_in').set({ ended_at: now, ended_because: 'replaced' }).where('id', 'in', tooOld).where('ended_at', 'is', null).execute();
}

/** Also one that is completed already, as long as it would have lasted: a code sent twice shall hear that it is used. */
export function findHalf(connection: Connection, token: string, now: Date) {
  return selectHalf(connection, now).where('token_hash', '=', tokenHash(token)).executeTakeFirst();
}

/** The same, locked until the transaction ends. */
export function lockHalf(transaction: Transaction, id: string, now: Date) {
  return selectHalf(transaction, now).where('id', '=', id).forUpdate().executeTakeFirst();
}

/** Ends the half-finished sign-ins of a person. */
export async function endHalves(transaction: Transaction, personId: string, because: 'account-disabled' | 'replaced' | 'by-owner', now: Date): Promise<void> {
  await transaction.updateTable('half_sign_in').set({ ended_at: now, ended_because: because }).where('person_id', '=', personId).where('ended_at', 'is', null).execute();
}

/** The confirmed ones, the older first; two at most. */
export function findAuthenticators(connection: Connection, personId: string) {
  return connection
    .selectFrom('authenticator')
    .where('person_id', '=', personId)
    .where('confirmed_at', 'is not', null)
    .orderBy('confirmed_at')
    .orderBy('id')
    .select(['id', 'name', 'slot', 'sealed_secret as sealedSecret', 'last_used_step as lastUsedStep', 'told_steps as toldSteps', 'confirmed_at as confirmedAt'])
    .execute();
}

/** What is asked for next, and all that would do instead. Told only to whoever has shown the password. */
async function nextStep(connection: Connection, personId: string): Promise<Pick<HalfSignIn, 'next' | 'ways'>> {
  const held = await heldFactors(connection, personId);
  const next = held.authenticators > 0 ? 'totp' : held.passkeys + held.stoppedPasskeys > 0 ? 'passkey' : 'enrol';
  const ways = [...(held.authenticators > 0 ? ['totp' as const] : []), ...(held.passkeys > 0 ? ['passkey' as const] : []), ...(held.recoveryCodes > 0 ? ['recovery-code' as const] : [])];
  return { next, ways };
}

function selectHalf(connection: Connection, now: Date) {
  return connection
    .selectFrom('half_sign_in')
    .where('expires_at', '>', now)
    .where((is) => is.or([is('ended_at', 'is', null), is('ended_because', '=', 'completed')]))
    .select(['id', 'person_id as personId', 'ended_at as endedAt']);
}
