import { events } from '../audit/index.ts';
import type { SignIns } from '../port.ts';
import { inTransaction, type Transaction } from '../store/index.ts';
import { findAccount, holdPerson } from './account.ts';
import { enterTry, readCodeOf, settleTry, useCode, type Trier } from './code-tries.ts';
import type { StepDeps } from './deps.ts';
import { wrongTry, type FailedTry } from './failed-try.ts';
import { knownSince } from './known-browser.ts';
import { placeOf } from './origin.ts';
import { orThrow, refusal } from './refusals.ts';
import { requireTrustedClock } from './server-clock/require.ts';
import { readCode } from './totp/code.ts';

export type StepUpDeps = StepDeps & {
  /** Seconds that a proof counts as fresh now. */
  readonly freshFactor: () => Promise<number>;
};

/** The second factor once more within a complete sign-in, with the same budgets of failures as at the entrance. */
export function createStepUp(deps: StepUpDeps): SignIns['stepUp'] {
  const { database, clock, policy, freshFactor } = deps;
  return async ({ person: { personId, signInId, method }, code: typed, origin }) => {
    if (method === 'bypass') throw refusal('bypass-may-not');
    const account = await findAccount(database, { personId }, origin, knownSince(policy, clock.now()));
    if (!account) throw refusal('sign-in-required');
    requireTrustedClock(deps.serverClock);
    const code = readCode(typed);
    if (code === undefined) throw refusal('one-time-code-wrong');
    const freshSeconds = await freshFactor();
    const trier = { account, place: placeOf(origin), signInId };
    const answer = await inTransaction(database, async (transaction) => {
      const tooEarly = await enterTry(transaction, deps, trier);
      if (tooEarly) return tooEarly;
      if (!(await stands(transaction, trier, clock.now()))) return refusal('sign-in-required');
      return settleTry(transaction, deps, trier, await prove(transaction, deps, trier, code));
    });
    return { freshUntil: new Date(orThrow(answer).provedAt.getTime() + freshSeconds * 1000) };
  };
}

/** Locks in the order person, sign-in: neither ends before the transaction does. */
export async function stands(transaction: Transaction, { account, signInId }: SignedInTrier, now: Date): Promise<boolean> {
  const person = await holdPerson(transaction, account.personId);
  const signIn = await transaction
    .selectFrom('sign_in')
    .where('id', '=', signInId)
    .where('person_id', '=', account.personId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .select('id')
    .forNoKeyUpdate()
    .executeTakeFirst();
  return person?.status === 'active' && signIn !== undefined;
}

async function prove(transaction: Transaction, deps: StepUpDeps, trier: SignedInTrier, code: string): Promise<{ readonly provedAt: Date } | FailedTry> {
  const found = await readCodeOf(transaction, deps, trier, code);
  if (found === 'none' || found === 'wrong') return wrongTry();
  return (await useCode(transaction, found)) ?? renewProof(transaction, deps, trier, { factor: 'totp', authenticatorId: found.authenticatorId });
}

/** The proof is of this moment; failures before it are forgotten. */
export async function renewProof(transaction: Transaction, deps: StepDeps, trier: SignedInTrier, by: { factor: 'totp' | 'passkey'; authenticatorId: string }): Promise<{ readonly provedAt: Date }> {
  const { clock, throttle, trail } = deps;
  const { account, place, signInId } = trier;
  const provedAt = clock.now();
  await transaction.updateTable('sign_in').set({ proved_at: provedAt }).where('id', '=', signInId).execute();
  await throttle.forget(transaction, { username: account.username, browserId: account.browserId ?? undefined });
  const actor = { kind: 'person', personId: account.personId, signInId } as const;
  await trail.append(transaction, events.factorProvedAgain({ actor, organisationId: account.organisationId, address: place.address, ...by }));
  return { provedAt };
}

export type SignedInTrier = Trier & { readonly signInId: string };
