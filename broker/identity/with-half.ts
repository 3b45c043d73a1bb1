import { Refusal, type CompleteSignIn, type RequestOrigin } from '../port.ts';
import { inTransaction, type Transaction } from '../store/index.ts';
import { findAccount, holdPerson, type Account } from './account.ts';
import { enterTry, settleTry } from './code-tries.ts';
import type { StepDeps } from './deps.ts';
import type { FailedTry } from './failed-try.ts';
import { findHalf, lockHalf } from './half-sign-in.ts';
import { knownSince } from './known-browser.ts';
import { placeOf, type Place } from './origin.ts';
import { orThrow, refusal } from './refusals.ts';

/** A try to finish a half-finished sign-in. */
export type HalfTry = {
  readonly account: Account;
  readonly half: { readonly id: string; readonly completed: boolean };
  readonly place: Place;
  readonly knownBrowser: string | undefined;
};

/** What a try turned out to be. */
export type TryAnswer = CompleteSignIn | Refusal | FailedTry;

/**
 * What all second steps have in common: the half-finished sign-in is looked up and locked, tries at once are put in a row, wrong
 * codes are counted as guesses and used ones are not.
 * @param read what was typed, before anything is locked; it may refuse what can be no code
 */
export async function withHalf<Read>(
  deps: StepDeps,
  input: { token: string; origin: RequestOrigin },
  read: () => Read,
  judge: (transaction: Transaction, attempt: HalfTry, read: Read) => Promise<TryAnswer>,
): Promise<CompleteSignIn> {
  const { database, clock, policy } = deps;
  const half = await findHalf(database, input.token, clock.now());
  const account = half && (await findAccount(database, { personId: half.personId }, input.origin, knownSince(policy, clock.now())));
  if (!half || !account) throw refusal('sign-in-required');
  const typed = read();
  const place = placeOf(input.origin);
  const answer = await inTransaction(database, async (transaction) => {
    const held = await enterHalf(transaction, deps, { account, halfId: half.id, place });
    if (held instanceof Refusal) return held;
    const attempt: HalfTry = { account, half: held, place, knownBrowser: input.origin.knownBrowser };
    return settleTry(transaction, deps, attempt, await judge(transaction, attempt, typed));
  });
  return orThrow(answer);
}

/** Locks in the order account, person, half-finished sign-in. */
async function enterHalf(transaction: Transaction, deps: StepDeps, { account, halfId, place }: { account: Account; halfId: string; place: Place }) {
  const tooEarly = await enterTry(transaction, deps, { account, place });
  if (tooEarly) return tooEarly;
  const person = await holdPerson(transaction, account.personId);
  const half = person?.status === 'active' ? await lockHalf(transaction, halfId, deps.clock.now()) : undefined;
  return half ? { id: half.id, completed: half.endedAt !== null } : refusal('sign-in-required');
}
