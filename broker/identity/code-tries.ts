import { events } from '../audit/index.ts';
import { Refusal } from '../port.ts';
import type { Transaction } from '../store/index.ts';
import type { Account } from './account.ts';
import type { StepDeps } from './deps.ts';
import { findAuthenticator } from './half-sign-in.ts';
import type { Place } from './origin.ts';
import { countRefused, type RefusedTry } from './refused.ts';
import { refusal, tooManyAttempts } from './refusals.ts';
import { sealContext } from './totp/seal-context.ts';
import { readStep, type CodeReading } from './totp/totp.ts';

/** Who tries a one-time code and from where. `signInId`: within a complete sign-in. */
export type Trier = { readonly account: Account; readonly place: Place; readonly signInId?: string };

/** `used` names the authenticator and the step. */
export type UsedCode = { readonly used: { readonly authenticatorId: string; readonly step: number } };

/** Puts tries at once in a row, until the transaction ends. @returns a refusal, already counted, where this one may not be made yet */
export async function enterTry(transaction: Transaction, deps: StepDeps, trier: Trier): Promise<Refusal | undefined> {
  const { clock, throttle } = deps;
  const wait = await throttle.enter(transaction, suspectOf(trier), clock.now());
  if (wait <= 0) return undefined;
  await countRefused(transaction, refusedTry(deps, trier, 'throttled'));
  return tooManyAttempts(wait);
}

/** What a code is to the person's confirmed authenticator. Uses nothing up. Undefined where there is no authenticator. */
export async function readCodeOf(transaction: Transaction, { secretBox, clock }: StepDeps, { account }: Trier, code: string): Promise<{ authenticatorId: string; reading: CodeReading } | undefined> {
  const authenticator = await findAuthenticator(transaction, account.personId);
  if (!authenticator) return undefined;
  const { id: authenticatorId, sealedSecret, lastUsedStep } = authenticator;
  const secret = secretBox.open(sealedSecret, sealContext(authenticatorId)).toString();
  return { authenticatorId, reading: readStep({ secret, code, now: clock.now(), lastUsedStep }) };
}

/** Of all who ask for a step, in whichever process, one hears true. */
export async function takeStep(transaction: Transaction, authenticatorId: string, step: number): Promise<boolean> {
  const taken = await transaction
    .updateTable('authenticator')
    .set({ last_used_step: step })
    .where('id', '=', authenticatorId)
    .where('last_used_step', '<', step)
    .returning('id')
    .executeTakeFirst();
  return taken !== undefined;
}

/** A wrong code counts as a guess and a used one does not; both are put on the trail. Everything else is handed on. */
export async function settleTry<Answer>(transaction: Transaction, deps: StepDeps, trier: Trier, answer: Answer | 'wrong' | UsedCode): Promise<Exclude<Answer, 'wrong' | UsedCode> | Refusal> {
  const { clock, throttle, trail } = deps;
  const { account, place, signInId } = trier;
  const circumstances = { actor: { kind: 'person', personId: account.personId, signInId }, organisationId: account.organisationId, address: place.address } as const;
  if (answer === 'wrong') {
    await throttle.countFailure(transaction, suspectOf(trier), clock.now());
    await countRefused(transaction, { ...refusedTry(deps, trier, 'wrong-code'), told: true });
    await trail.append(transaction, events.signInRefused({ ...circumstances, why: 'wrong-code', count: 1, account: account.personId, userAgent: place.userAgent }));
    return refusal('one-time-code-wrong');
  }
  if (isUsed(answer)) {
    await countRefused(transaction, { ...refusedTry(deps, trier, 'used-code'), told: true });
    await trail.append(transaction, events.usedCodeReplayed({ ...circumstances, ...answer.used }));
    return refusal('one-time-code-used');
  }
  return answer as Exclude<Answer, 'wrong' | UsedCode>;
}

function isUsed(answer: unknown): answer is UsedCode {
  return typeof answer === 'object' && answer !== null && 'used' in answer;
}

function refusedTry({ clock, ids }: StepDeps, { account, place }: Trier, outcome: RefusedTry['outcome']): RefusedTry {
  return { id: ids.uuid(), personId: account.personId, outcome, place, at: clock.now(), told: false };
}

function suspectOf({ account: { username, browserId }, place: { network } }: Trier) {
  return { username, browserId: browserId ?? undefined, network };
}
