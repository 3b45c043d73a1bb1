import { events } from '../../audit/index.ts';
import type { SignIns } from '../../port.ts';
import type { Transaction } from '../../store/index.ts';
import { complete } from '../complete.ts';
import type { StepDeps } from '../deps.ts';
import { usedRecoveryCode, wrongTry } from '../failed-try.ts';
import { tellPerson } from '../notices/tell.ts';
import { refusal } from '../refusals.ts';
import { withHalf, type HalfTry, type TryAnswer } from '../with-half.ts';
import { readRecoveryCode, recoveryCodeHash } from './code.ts';

/** The second step of whoever has no phone: a printed code, once. */
export function createWithRecoveryCode(deps: StepDeps): SignIns['withRecoveryCode'] {
  return (input) => {
    const read = () => {
      const code = readRecoveryCode(input.code);
      if (code === undefined) throw refusal('recovery-code-wrong');
      return code;
    };
    return withHalf(deps, input, read, (transaction, attempt, code) => judge(transaction, deps, attempt, code));
  };
}

async function judge(transaction: Transaction, deps: StepDeps, { account, half, place, knownBrowser }: HalfTry, code: string): Promise<TryAnswer> {
  const { personId } = account;
  const now = deps.clock.now();
  const known = await transaction
    .selectFrom('recovery_code')
    .where('code_hash', '=', recoveryCodeHash(personId, code))
    .where('person_id', '=', personId)
    .select(['id', 'used_at as usedAt', 'voided_at as voidedAt'])
    .executeTakeFirst();
  if (known && known.usedAt !== null) return usedRecoveryCode(known.id);
  if (half.completed) return refusal('sign-in-required');
  if (!known || known.voidedAt !== null) return wrongTry(refusal('recovery-code-wrong'));
  if (!(await useUp(transaction, known.id, now))) return usedRecoveryCode(known.id);

  const { left } = await transaction
    .selectFrom('recovery_code')
    .where('person_id', '=', personId)
    .where('used_at', 'is', null)
    .where('voided_at', 'is', null)
    .select(({ fn }) => fn.countAll<number>().as('left'))
    .executeTakeFirstOrThrow();
  await tellPerson(transaction, deps, { personId, kind: 'recovery-code-used', place });
  return complete(transaction, deps, {
    halfId: half.id,
    account,
    place,
    knownBrowser,
    method: 'password-recovery',
    also: (circumstances) => [events.recoveryCodeUsed({ ...circumstances, codeId: known.id, left })],
  });
}

/** Of all who ask for a code, in whichever process, one hears true. */
async function useUp(transaction: Transaction, id: string, now: Date): Promise<boolean> {
  const used = await transaction.updateTable('recovery_code').set({ used_at: now }).where('id', '=', id).where('used_at', 'is', null).where('voided_at', 'is', null).returning('id').executeTakeFirst();
  return used !== undefined;
}
