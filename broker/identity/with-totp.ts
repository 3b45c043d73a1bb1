import type { SignIns } from '../port.ts';
import type { Transaction } from '../store/index.ts';
import { readCodeOf, useCode } from './code-tries.ts';
import { complete } from './complete.ts';
import type { StepDeps } from './deps.ts';
import { usedTry, wrongTry } from './failed-try.ts';
import { refusal } from './refusals.ts';
import { withCode, type CodeTry } from './with-code.ts';
import type { TryAnswer } from './with-half.ts';

/** The second step. */
export function createWithTotp(deps: StepDeps): SignIns['withTotp'] {
  return (input) => withCode(deps, input, (transaction, attempt) => judgeCode(transaction, deps, attempt));
}

/** A completed half hears only whether its code is used up, never whether another one would be right. */
export async function judgeCode(transaction: Transaction, deps: StepDeps, attempt: CodeTry): Promise<TryAnswer> {
  const { account, half, code, place, knownBrowser } = attempt;
  const found = await readCodeOf(transaction, deps, attempt, code);
  if (found === 'none') return refusal(half.completed ? 'sign-in-required' : 'conflict');
  if (half.completed) return found !== 'wrong' && found.is === 'used' ? usedTry(found, true) : refusal('sign-in-required');
  if (found === 'wrong') return wrongTry();
  return (await useCode(transaction, found)) ?? complete(transaction, deps, { halfId: half.id, account, place, knownBrowser, method: 'password-totp' });
}
