import type { Factors } from '../../port.ts';
import { findAuthenticators } from '../half-sign-in.ts';
import type { FactorDeps } from './deps.ts';
import { mayChangeFactors } from './may-change.ts';
import { readRecovery } from './recovery-state.ts';

/** What a person has, for themselves. */
export function createOwnFactors({ database, clock, secondFactors }: FactorDeps): Factors['own'] {
  return async (person) => {
    const { personId, signInId } = person;
    const [authenticators, recovery, signIn, rules] = [
      await findAuthenticators(database, personId),
      await readRecovery(database, personId),
      await database.selectFrom('sign_in').where('id', '=', signInId).select('reproved_at as reprovedAt').executeTakeFirst(),
      await secondFactors(),
    ];
    return {
      authenticators: authenticators.map(({ id, name, confirmedAt }) => ({ id, name, since: confirmedAt! })),
      recoveryCodes: recovery,
      mayChange: mayChangeFactors(person, { reprovedAt: signIn?.reprovedAt ?? null, reProofSeconds: rules?.reProof, now: clock.now() }),
    };
  };
}
