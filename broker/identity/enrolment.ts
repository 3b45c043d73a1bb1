import { events } from '../audit/index.ts';
import type { SignIns } from '../port.ts';
import { inTransaction, type Transaction } from '../store/index.ts';
import { findAccount } from './account.ts';
import { complete } from './complete.ts';
import type { StepDeps } from './deps.ts';
import { farTry, wrongTry } from './failed-try.ts';
import { holdsFactor } from './factors/held.ts';
import { findHalf } from './half-sign-in.ts';
import { refusal } from './refusals.ts';
import { newSecret, otpauthUri } from './totp/totp.ts';
import { sealContext } from './totp/seal-context.ts';
import { readOffered } from './totp/read-offered.ts';
import { withCode, type CodeTry } from './with-code.ts';
import type { TryAnswer } from './with-half.ts';
import { judgeCode } from './with-totp.ts';

/** Enrolling the first authenticator, within a half-finished sign-in and while there is no confirmed one. */
export function createEnrolment(deps: StepDeps): Pick<SignIns, 'enrolment' | 'confirmEnrolment'> {
  const { database, clock } = deps;
  return {
    async enrolment({ token, origin }) {
      const half = await findHalf(database, token, clock.now());
      const account = half && (await findAccount(database, { personId: half.personId }, origin, clock.now()));
      if (!half || half.endedAt || account?.status !== 'active') throw refusal('sign-in-required');
      const secret = await inTransaction(database, (transaction) => offer(transaction, deps, half));
      return { secret, otpauthUri: otpauthUri(secret, account.username) };
    },

    confirmEnrolment: (input) => withCode(deps, input, (transaction, attempt) => confirm(transaction, deps, attempt)),
  };
}

/** The same secret however often it is asked for. */
async function offer(transaction: Transaction, { secretBox, clock, ids }: StepDeps, half: { id: string; personId: string }): Promise<string> {
  if (await holdsFactor(transaction, half.personId)) throw refusal('enrolment-not-open');
  const id = ids.uuid();
  await transaction
    .insertInto('authenticator')
    .values({
      id,
      person_id: half.personId,
      kind: 'totp',
      sealed_secret: secretBox.seal(newSecret(), sealContext(id)),
      enrolled_in: half.id,
      created_at: clock.now(),
      confirmed_at: null,
      last_used_step: -1,
    })
    .onConflict((conflict) => conflict.column('enrolled_in').doNothing())
    .execute();
  const offered = await transaction.selectFrom('authenticator').where('enrolled_in', '=', half.id).select(['id', 'sealed_secret as sealedSecret']).executeTakeFirstOrThrow();
  return secretBox.open(offered.sealedSecret, sealContext(offered.id)).toString();
}

async function confirm(transaction: Transaction, deps: StepDeps, attempt: CodeTry): Promise<TryAnswer> {
  const { account, half, code, place, knownBrowser } = attempt;
  if (half.completed) return judgeCode(transaction, deps, attempt);
  // Two enrolments of one person at once: the second waits here, and then finds the first.
  await transaction.selectFrom('person').where('id', '=', account.personId).select('id').forNoKeyUpdate().executeTakeFirst();
  if (await holdsFactor(transaction, account.personId)) return refusal('enrolment-not-open');
  const offered = await transaction.selectFrom('authenticator').where('enrolled_in', '=', half.id).select(['id', 'sealed_secret as sealedSecret']).executeTakeFirst();
  if (!offered) return refusal('enrolment-not-open');

  const reading = readOffered(deps, offered, code);
  if (reading === 'wrong') return wrongTry();
  if (reading.is === 'far') return farTry(reading);
  await transaction.updateTable('authenticator').set({ confirmed_at: deps.clock.now(), last_used_step: reading.step }).where('id', '=', offered.id).execute();
  await transaction.deleteFrom('authenticator').where('person_id', '=', account.personId).where('confirmed_at', 'is', null).execute();
  return complete(transaction, deps, {
    halfId: half.id,
    account,
    place,
    knownBrowser,
    method: 'password-totp',
    also: (circumstances) => [events.authenticatorEnrolled({ ...circumstances, authenticatorId: offered.id, kind: 'totp' })],
  });
}
