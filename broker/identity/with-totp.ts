import type { SignIns } from '../port.ts';
import type { Transaction } from '../store/index.ts';
import { complete } from './complete.ts';
import type { StepDeps } from './deps.ts';
import { findAuthenticator } from './half-sign-in.ts';
import { refusal } from './refusals.ts';
import { readStep } from './totp/totp.ts';
import { sealContext } from './totp/seal-context.ts';
import { withCode, type CodeAnswer, type CodeTry } from './with-code.ts';

/** The second step. */
export function createWithTotp(deps: StepDeps): SignIns['withTotp'] {
  return (input) => withCode(deps, input, (transaction, attempt) => judgeCode(transaction, deps, attempt));
}

/** A completed half hears only whether its code is used up, never whether another one would be right. */
export async function judgeCode(transaction: Transaction, deps: StepDeps, { account, half, code, place, knownBrowser }: CodeTry): Promise<CodeAnswer> {
  const authenticator = await findAuthenticator(transaction, account.personId);
  if (!authenticator) return refusal(half.completed ? 'sign-in-required' : 'conflict');
  const { id, sealedSecret, lastUsedStep } = authenticator;
  const secret = deps.secretBox.open(sealedSecret, sealContext(id)).toString();
  const reading = readStep({ secret, code, now: deps.clock.now(), lastUsedStep });
  if (reading?.used) return { used: { authenticatorId: id, step: reading.step } };
  if (half.completed) return refusal('sign-in-required');
  if (!reading) return 'wrong';
  if (!(await takeStep(transaction, id, reading.step))) return { used: { authenticatorId: id, step: reading.step } };
  return complete(transaction, deps, { halfId: half.id, account, place, knownBrowser });
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
