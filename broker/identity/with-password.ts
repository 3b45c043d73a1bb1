import { events } from '../audit/index.ts';
import { Refusal, type HalfSignIn, type RequestOrigin, type SignIns } from '../port.ts';
import { inTransaction, type Transaction } from '../store/index.ts';
import { findAccount, holdPerson, type Account } from './account.ts';
import type { StepDeps } from './deps.ts';
import { beginHalf } from './half-sign-in.ts';
import { knownSince } from './known-browser.ts';
import type { LocalSignIn } from './oidc/local-sign-in.ts';
import { placeOf, type Place } from './origin.ts';
import { createQueue } from './password/queue.ts';
import { countRefused, type RefusedTry } from './refused.ts';
import { orThrow, refusal, tooManyAttempts } from './refusals.ts';
import { accountKey, type Suspect } from './throttle/throttle.ts';
import { readPassword, readUsername } from './typed.ts';

export type WithPasswordDeps = StepDeps & {
  /** Whether the policy names a network that holds the address. Gives a fair turn, and no right. */
  readonly isListed: (address: string) => Promise<boolean>;
};

/**
 * The first step. Names that nobody bears, accounts without a password and disabled ones take the same statements and the
 * same hash as a wrong password does, and the same budget of failures.
 */
export function createWithPassword(deps: WithPasswordDeps): SignIns['withPassword'] {
  const { database, passwords, policy, isListed } = deps;
  const lookUps = createQueue({ ...policy.hashing, atOnce: policy.lookUpsAtOnce });

  return async (input) => {
    const username = readUsername(input.username);
    readPassword(input.password);
    const place = placeOf(input.origin);
    const stranger = { lane: (await isListed(place.address)) ? 'listed' : 'other', network: place.network, person: accountKey(username) } as const;
    const attempt = await lookUps.run(() => lookUp(deps, username, place, input.origin), stranger);
    const { account, suspect } = attempt;
    const right = await passwords.isRight(input.password, account?.passwordHash ?? null, suspect.browserId === undefined ? stranger : { ...stranger, lane: 'known' });
    const outdated = right && account?.passwordHash && passwords.isOutdated(account.passwordHash);
    const localSignIn = right ? await deps.localSignIn?.() : undefined;
    const renewed = outdated ? await passwords.hash(input.password) : undefined;
    const half = orThrow(await inTransaction(database, (transaction) => answer(transaction, deps, attempt, { right, renewed, localSignIn })));
    return { next: half.next, ways: half.ways, token: half.token, expiresAt: half.expiresAt };
  };
}

/** Once for each try, whoever bears the name. @throws Refusal `too-many-attempts` */
async function lookUp(deps: StepDeps, username: string, place: Place, origin: RequestOrigin): Promise<Attempt> {
  const { database, clock, policy, throttle } = deps;
  const account = await findAccount(database, { username }, origin, knownSince(policy, clock.now()));
  const suspect = { username, browserId: account?.browserId ?? undefined, network: place.network };
  const attempt = { account, suspect, place };
  const wait = await throttle.wait(database, suspect, clock.now());
  if (wait <= 0) return attempt;
  await inTransaction(database, (transaction) => remember(transaction, deps, attempt, 'throttled'));
  throw tooManyAttempts(wait);
}

type Attempt = { readonly account: Account | undefined; readonly suspect: Suspect; readonly place: Place };

async function answer(transaction: Transaction, deps: StepDeps, attempt: Attempt, { right, renewed, localSignIn }: { right: boolean; renewed: string | undefined; localSignIn: Awaited<ReturnType<LocalSignIn>> | undefined }): Promise<HalfSignIn | Refusal> {
  const { clock, throttle, trail } = deps;
  const { account, suspect, place } = attempt;
  const wait = await throttle.enter(transaction, suspect, clock.now());
  if (wait > 0) {
    await remember(transaction, deps, attempt, 'throttled');
    return tooManyAttempts(wait);
  }

  const fail = async (outcome: RefusedTry['outcome']) => {
    await throttle.countFailure(transaction, suspect, clock.now());
    await remember(transaction, deps, attempt, outcome);
    return refusal('credentials-wrong');
  };
  if (!account) return fail('unknown-user');
  if (!right) return fail(account.status === 'disabled' ? 'account-disabled' : 'wrong-password');
  const person = await holdPerson(transaction, account.personId);
  if (person?.passwordHash !== account.passwordHash) return fail('wrong-password');
  if (person.status !== 'active') return fail('account-disabled');

  const closed = await localSignIn?.(transaction, account, place.address);
  if (closed) return closed;
  const half = await beginHalf(transaction, deps, account.personId);
  if (renewed !== undefined) await transaction.updateTable('person').set({ password_hash: renewed }).where('id', '=', account.personId).execute();
  const actor = { kind: 'person', personId: account.personId } as const;
  await trail.append(transaction, events.passwordAccepted({ actor, organisationId: account.organisationId, address: place.address, next: half.next }));
  return half;
}

function remember(transaction: Transaction, { clock, ids }: StepDeps, { account, place }: Attempt, outcome: RefusedTry['outcome']): Promise<void> {
  return countRefused(transaction, { id: ids.uuid(), personId: account?.personId ?? null, outcome, place, at: clock.now(), told: false });
}
