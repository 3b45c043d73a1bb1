import { events, type AuditEvent } from '../audit/index.ts';
import type { CompleteSignIn, SignInMethod } from '../port.ts';
import type { Transaction } from '../store/index.ts';
import type { Account } from './account.ts';
import type { StepDeps } from './deps.ts';
import { rememberBrowser } from './known-browser.ts';
import { methodAfter } from './oidc/session.ts';
import type { Place } from './origin.ts';
import { firstLimits, makeRoom } from './sign-in-limits/begin.ts';
import { readSignIn } from './signed-in.ts';
import { tokenHash } from './token.ts';

/** What was proved by each method, as the trail names it. */
const FACTORS: Readonly<Record<SignInMethod, readonly string[]>> = {
  'password-totp': ['password', 'totp'],
  'password-recovery': ['password', 'recovery-code'],
  'password-passkey': ['password', 'passkey'],
  passkey: ['passkey'],
  oidc: ['identity-provider'],
  'oidc-totp': ['identity-provider', 'totp'],
  'oidc-recovery': ['identity-provider', 'recovery-code'],
  'oidc-passkey': ['identity-provider', 'passkey'],
  bypass: ['password', 'bypass-code'],
};

/**
 * Turns a half-finished sign-in into a complete one: a new row, a new token. Both factors were proved in this transaction
 * and the half is locked.
 * @param provedAt when the second factor was proved, where that was not now
 * @param also events that go before the one of the sign-in
 * @param longestSeconds for a sign-in that ends sooner than the policy's limits say
 */
export async function complete(
  transaction: Transaction,
  deps: StepDeps,
  { halfId, account, place, knownBrowser, method: proved, provedAt, longestSeconds, also = () => [] }: {
    halfId: string;
    account: Account;
    place: Place;
    knownBrowser: string | undefined;
    method: SignInMethod;
    provedAt?: Date;
    longestSeconds?: number;
    also?: (circumstances: Circumstances, expiresAt: Date) => AuditEvent[];
  },
): Promise<CompleteSignIn> {
  const { clock, ids, throttle, trail } = deps;
  const { personId, organisationId, username } = account;
  const now = clock.now();
  const method = await methodAfter(transaction, halfId, proved);
  const { atOnce, expiresAt, idleSeconds, warnSeconds } = await firstLimits(transaction, deps, account, { now, longestSeconds });
  const signIn = { id: ids.uuid(), token: ids.token(), expiresAt };
  const previous = await transaction.selectFrom('sign_in').where('person_id', '=', personId).orderBy('at', 'desc').orderBy('id', 'desc').select('id').limit(1).executeTakeFirst();

  await transaction.updateTable('half_sign_in').set({ ended_at: now, ended_because: 'completed' }).where('id', '=', halfId).execute();
  await transaction
    .insertInto('sign_in')
    .values({
      id: signIn.id,
      person_id: personId,
      half_sign_in_id: halfId,
      token_hash: tokenHash(signIn.token),
      at: now,
      last_seen_at: now,
      proved_at: provedAt ?? now,
      method,
      expires_at: expiresAt,
      idle_seconds: idleSeconds,
      warn_seconds: warnSeconds,
      ends_by: longestSeconds === undefined ? null : new Date(now.getTime() + longestSeconds * 1000),
      previous_id: previous?.id ?? null,
      address: place.address,
      user_agent: place.userAgent,
      ended_at: null,
      ended_because: null,
    })
    .execute();
  const known = account.browserId !== null && knownBrowser !== undefined ? { browserId: account.browserId, cookie: knownBrowser } : undefined;
  const cookie = await rememberBrowser(transaction, deps, { personId, known });
  await throttle.forget(transaction, { username, browserId: account.browserId ?? undefined, network: place.network });
  const circumstances: Circumstances = { actor: { kind: 'person', personId, signInId: signIn.id }, organisationId, address: place.address };
  await makeRoom(transaction, deps, { personId, keep: signIn.id, atOnce, by: { ...circumstances.actor, address: place.address } });
  const state = await readSignIn(transaction, tokenHash(signIn.token), now);

  const completed = events.signInCompleted({ ...circumstances, factors: FACTORS[method], userAgent: place.userAgent, knownBrowser: known !== undefined });
  await trail.append(transaction, ...also(circumstances, expiresAt), completed);
  return { token: signIn.token, expiresAt: signIn.expiresAt, signedIn: state!.signedIn, knownBrowser: cookie };
}

type Circumstances = { readonly actor: { readonly kind: 'person'; readonly personId: string; readonly signInId: string }; readonly organisationId: string; readonly address: string };
