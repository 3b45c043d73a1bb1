import { events } from '../audit/index.ts';
import type { Refusal } from '../port.ts';
import { sql, type Transaction } from '../store/index.ts';
import type { Account } from './account.ts';
import type { StepDeps } from './deps.ts';
import type { CodeFound } from './code-found.ts';
import { failedTry, farTry, usedTry, type FailedTry } from './failed-try.ts';
import { findAuthenticators } from './half-sign-in.ts';
import { tellPerson } from './notices/tell.ts';
import type { Place } from './origin.ts';
import { countRefused, type RefusedTry } from './refused.ts';
import { tooManyAttempts } from './refusals.ts';
import { sealContext } from './totp/seal-context.ts';
import { readFarStep, readStep, stepOf } from './totp/totp.ts';

/** Who tries a one-time code and from where. `signInId`: within a complete sign-in. */
export type Trier = { readonly account: Account; readonly place: Place; readonly signInId?: string };

/** Puts tries at once in a row, until the transaction ends. @returns a refusal, already counted, where this one may not be made yet */
export async function enterTry(transaction: Transaction, deps: StepDeps, trier: Trier): Promise<Refusal | undefined> {
  const { clock, throttle } = deps;
  const wait = await throttle.enter(transaction, suspectOf(trier), clock.now());
  if (wait <= 0) return undefined;
  await countRefused(transaction, refusedTry(deps, trier, 'throttled'));
  return tooManyAttempts(wait);
}

/** What a code is to the person's confirmed authenticators: of two the better. Uses nothing up. */
export async function readCodeOf(transaction: Transaction, { secretBox, clock }: StepDeps, { account }: Trier, code: string): Promise<CodeFound | 'wrong' | 'none'> {
  const authenticators = await findAuthenticators(transaction, account.personId);
  if (authenticators.length === 0) return 'none';
  const now = clock.now();
  const found = authenticators.flatMap(({ id: authenticatorId, sealedSecret, lastUsedStep, toldSteps }): CodeFound[] => {
    const secret = secretBox.open(sealedSecret, sealContext(authenticatorId)).toString();
    const reading = readStep({ secret, code, now, lastUsedStep });
    if (reading) return [{ authenticatorId, step: reading.step, is: reading.used || toldSteps.includes(reading.step) ? 'used' : 'fresh' }];
    const off = readFarStep({ secret, code, now });
    if (off === undefined) return [];
    const step = stepOf(now) + off;
    // A code of the last one used or of one before it, tried minutes later, is a replay and no slow phone: the phone has shown later ones.
    return [step <= lastUsedStep || toldSteps.includes(step) ? { authenticatorId, step, is: 'used' } : { authenticatorId, step, is: 'far', off }];
  });
  return (['fresh', 'used', 'far'] as const).flatMap((is) => found.filter((one) => one.is === is))[0] ?? 'wrong';
}

/** Uses a code up. @returns why it is no good, where it is none */
export async function useCode(transaction: Transaction, found: CodeFound): Promise<FailedTry | undefined> {
  if (found.is === 'far') {
    await spoilStep(transaction, found.authenticatorId, found.step);
    return farTry(found);
  }
  return found.is === 'fresh' && (await takeStep(transaction, found.authenticatorId, found.step)) ? undefined : usedTry(found);
}

/** Of all who ask for a step, in whichever process, one hears true. */
async function takeStep(transaction: Transaction, authenticatorId: string, step: number): Promise<boolean> {
  const taken = await transaction
    .updateTable('authenticator')
    .set({ last_used_step: step })
    .where('id', '=', authenticatorId)
    .where('last_used_step', '<', step)
    .returning('id')
    .executeTakeFirst();
  return taken !== undefined;
}

/** How many told steps are kept; more than a throttled guesser can collect within the ten minutes that matter. */
const TOLD_STEPS = 60;

/** A step that somebody was given a hint about is used up by the hint. */
async function spoilStep(transaction: Transaction, authenticatorId: string, step: number): Promise<void> {
  await sql`update authenticator set told_steps = (array_append(told_steps, ${step}::int))[greatest(1, cardinality(told_steps) + 2 - ${TOLD_STEPS}):] where id = ${authenticatorId}`.execute(transaction);
}

/** A wrong code counts as a guess and a used one does not; both are put on the trail, and of the used one the person is warned. Everything else is handed on. */
export async function settleTry<Answer>(transaction: Transaction, deps: StepDeps, trier: Trier, answer: Answer | FailedTry): Promise<Exclude<Answer, FailedTry> | Refusal> {
  const failed = failedTry(answer);
  if (!failed) return answer as Exclude<Answer, FailedTry>;
  const { clock, throttle, trail } = deps;
  const { account, place, signInId } = trier;
  const circumstances = { actor: { kind: 'person', personId: account.personId, signInId }, organisationId: account.organisationId, address: place.address } as const;
  if (failed.failed === 'wrong') {
    await throttle.countFailure(transaction, suspectOf(trier), clock.now());
    await countRefused(transaction, { ...refusedTry(deps, trier, 'wrong-code'), told: true });
    await trail.append(transaction, events.signInRefused({ ...circumstances, why: 'wrong-code', count: 1, account: account.personId, userAgent: place.userAgent }));
    return failed.refusal;
  }
  await countRefused(transaction, { ...refusedTry(deps, trier, 'used-code'), told: true });
  await trail.append(transaction, failed.replayed(circumstances));
  if (failed.warns !== undefined) await tellPerson(transaction, deps, { personId: account.personId, kind: failed.warns, place, signInId });
  return failed.refusal;
}

function refusedTry({ clock, ids }: StepDeps, { account, place }: Trier, outcome: RefusedTry['outcome']): RefusedTry {
  return { id: ids.uuid(), personId: account.personId, outcome, place, at: clock.now(), told: false };
}

function suspectOf({ account: { username, browserId }, place: { network } }: Trier) {
  return { username, browserId: browserId ?? undefined, network };
}
