import type { SignIns } from '../port.ts';
import type { Transaction } from '../store/index.ts';
import { readCodeOf, takeStep } from './code-tries.ts';
import { complete } from './complete.ts';
import type { StepDeps } from './deps.ts';
import { refusal } from './refusals.ts';
import { withCode, type CodeAnswer, type CodeTry } from './with-code.ts';

/** The second step. */
export function createWithTotp(deps: StepDeps): SignIns['withTotp'] {
  return (input) => withCode(deps, input, (transaction, attempt) => judgeCode(transaction, deps, attempt));
}

/** A completed half hears only whether its code is used up, never whether another one would be right. */
export async function judgeCode(transaction: Transaction, deps: StepDeps, attempt: CodeTry): Promise<CodeAnswer> {
  const { account, half, code, place, knownBrowser } = attempt;
  const found = await readCodeOf(transaction, deps, attempt, code);
  if (!found) return refusal(half.completed ? 'sign-in-required' : 'conflict');
  const { authenticatorId, reading } = found;
  if (reading?.used) return { used: { authenticatorId, step: reading.step } };
  if (half.completed) return refusal('sign-in-required');
  if (!reading) return 'wrong';
  if (!(await takeStep(transaction, authenticatorId, reading.step))) return { used: { authenticatorId, step: reading.step } };
  return complete(transaction, deps, { halfId: half.id, account, place, knownBrowser, method: 'password-totp' });
}
