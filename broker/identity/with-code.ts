import type { CompleteSignIn, RequestOrigin } from '../port.ts';
import type { Transaction } from '../store/index.ts';
import type { StepDeps } from './deps.ts';
import { refusal } from './refusals.ts';
import { requireTrustedClock } from './server-clock/require.ts';
import { readCode } from './totp/code.ts';
import { withHalf, type HalfTry, type TryAnswer } from './with-half.ts';

/** A try to finish a half-finished sign-in with a one-time code: six ASCII digits. */
export type CodeTry = HalfTry & { readonly code: string };

/** What the second step and the confirmation of an enrolment have in common. A code means nothing to a clock that is not trusted. */
export async function withCode(
  deps: StepDeps,
  input: { token: string; code: string; origin: RequestOrigin },
  judge: (transaction: Transaction, attempt: CodeTry) => Promise<TryAnswer>,
): Promise<CompleteSignIn> {
  const read = () => {
    requireTrustedClock(deps.serverClock);
    const code = readCode(input.code);
    if (code === undefined) throw refusal('one-time-code-wrong');
    return code;
  };
  return withHalf(deps, input, read, (transaction, attempt, code) => judge(transaction, { ...attempt, code }));
}
