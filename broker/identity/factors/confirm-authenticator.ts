import { events } from '../../audit/index.ts';
import type { Factors, Refusal } from '../../port.ts';
import { inTransaction, type Transaction } from '../../store/index.ts';
import { findAccount } from '../account.ts';
import { enterTry, settleTry } from '../code-tries.ts';
import { farTry, wrongTry, type FailedTry } from '../failed-try.ts';
import { knownSince } from '../known-browser.ts';
import { tellPerson } from '../notices/tell.ts';
import { placeOf } from '../origin.ts';
import { assertId, orThrow, refusal } from '../refusals.ts';
import { requireTrustedClock } from '../server-clock/require.ts';
import { readCode } from '../totp/code.ts';
import { readOffered } from '../totp/read-offered.ts';
import { requireRoom } from './authenticators.ts';
import type { During, PrepareChange } from './change.ts';
import type { FactorDeps } from './deps.ts';
import { readFactorName } from './name.ts';

/** A first code shows that the device holds the secret. Wrong ones count as guesses, as everywhere. */
export function createConfirmAuthenticator(deps: FactorDeps, prepareChange: PrepareChange): Factors['confirmAuthenticator'] {
  const { database, clock, policy } = deps;
  return async ({ person, origin, authenticatorId, name: typedName, code: typed }) => {
    assertId(authenticatorId);
    const name = readFactorName(typedName);
    requireTrustedClock(deps.serverClock);
    const code = readCode(typed);
    if (code === undefined) throw refusal('one-time-code-wrong');
    const account = await findAccount(database, { personId: person.personId }, origin, knownSince(policy, clock.now()));
    if (!account) throw refusal('sign-in-required');
    const hold = await prepareChange({ person, origin });
    const trier = { account, place: placeOf(origin), signInId: person.signInId };
    const answer = await inTransaction(database, async (transaction): Promise<Refusal | 'confirmed'> => {
      const tooEarly = await enterTry(transaction, deps, trier);
      if (tooEarly) return tooEarly;
      const during = await hold(transaction);
      return settleTry(transaction, deps, trier, await confirm(transaction, deps, during, { id: authenticatorId.toLowerCase(), name, code }));
    });
    orThrow(answer);
  };
}

async function confirm(transaction: Transaction, deps: FactorDeps, { now, place, circumstances }: During, { id, name, code }: { id: string; name: string; code: string }): Promise<FailedTry | Refusal | 'confirmed'> {
  const { personId, signInId } = circumstances.actor;
  const offered = await transaction
    .selectFrom('authenticator')
    .where('id', '=', id)
    .where('enrolled_in', '=', signInId)
    .where('confirmed_at', 'is', null)
    .select(['id', 'sealed_secret as sealedSecret'])
    .executeTakeFirst();
  if (!offered) return refusal('not-found');
  const slot = await requireRoom(transaction, personId);
  const reading = readOffered(deps, offered, code);
  if (reading === 'wrong') return wrongTry();
  if (reading.is === 'far') return farTry(reading);
  await transaction.updateTable('authenticator').set({ confirmed_at: now, last_used_step: reading.step, name, slot, enrolled_in: null }).where('id', '=', id).execute();
  await tellPerson(transaction, deps, { personId, kind: 'authenticator-added', place, signInId });
  await deps.trail.append(transaction, events.authenticatorEnrolled({ ...circumstances, authenticatorId: id, kind: 'totp' }));
  return 'confirmed';
}
