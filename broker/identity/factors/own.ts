import type { Factors } from '../../port.ts';
import { findAuthenticators } from '../half-sign-in.ts';
import type { FactorDeps } from './deps.ts';
import { mayChangeFactors } from './may-change.ts';
import { isOffered } from '../passkeys/offered.ts';
import { passkeysOf } from '../passkeys/store.ts';
import { readRecovery } from './recovery-state.ts';

/** What a person has, for themselves. */
export function createOwnFactors(deps: FactorDeps): Factors['own'] {
  const { database, clock, secondFactors } = deps;
  return async (person) => {
    const { personId, signInId } = person;
    const [authenticators, passkeys, recovery, signIn, rules] = [
      await findAuthenticators(database, personId),
      await passkeysOf(database, personId),
      await readRecovery(database, personId),
      await database.selectFrom('sign_in').where('id', '=', signInId).select('reproved_at as reprovedAt').executeTakeFirst(),
      await secondFactors(),
    ];
    return {
      authenticators: authenticators.map(({ id, name, confirmedAt }) => ({ id, name, since: confirmedAt! })),
      passkeys: passkeys.map(({ id, name, createdAt, lastUsedAt, stoppedAt }) => ({ id, name, since: createdAt, ...(lastUsedAt && { lastUsedAt }), stopped: stoppedAt !== null })),
      passkeysOffered: await isOffered(deps),
      recoveryCodes: recovery,
      mayChange: mayChangeFactors(person, { reprovedAt: signIn?.reprovedAt ?? null, reProofSeconds: rules?.reProof, now: clock.now() }),
    };
  };
}
