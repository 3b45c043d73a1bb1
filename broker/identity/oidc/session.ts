import type { SignInMethod } from '../../port.ts';
import type { Transaction } from '../../store/index.ts';
import { refusal } from '../refusals.ts';

const DAY = 24 * 60 * 60_000;

/** Remembers whom a provider vouched for in a sign-in, half-finished or complete. */
export async function rememberSession(transaction: Transaction, session: { halfId: string; identityId: string; sid: string | undefined; at: Date }): Promise<void> {
  await transaction.insertInto('provider_session').values({ half_sign_in_id: session.halfId, identity_id: session.identityId, sid: session.sid ?? null, at: session.at }).execute();
}

/** What a second factor makes of a sign-in in which a provider's word stood in for the password. */
const AFTER_A_PROVIDER: Partial<Record<SignInMethod, SignInMethod>> = { 'password-totp': 'oidc-totp', 'password-recovery': 'oidc-recovery', 'password-passkey': 'oidc-passkey' };

/**
 * How a sign-in was proved by this second factor, seeing how it began.
 * @throws Refusal `provider-second-factor` for one that goes with a password alone
 */
export async function methodAfter(transaction: Transaction, halfId: string, method: SignInMethod): Promise<SignInMethod> {
  if (method === 'oidc') return method;
  const session = await transaction.selectFrom('provider_session').where('half_sign_in_id', '=', halfId).select('identity_id').executeTakeFirst();
  if (session === undefined) return method;
  const after = AFTER_A_PROVIDER[method];
  if (after === undefined) throw refusal('provider-second-factor');
  return after;
}

/** A sign-in lasts a day at most. */
export async function clearSessions(transaction: Transaction, now: Date): Promise<void> {
  await transaction.deleteFrom('provider_session').where('at', '<', new Date(now.getTime() - 3 * DAY)).execute();
  await transaction.deleteFrom('provider_logout').where('at', '<', new Date(now.getTime() - 3 * DAY)).execute();
}
