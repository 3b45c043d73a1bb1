import { events } from '../../audit/index.ts';
import type { Factors } from '../../port.ts';
import type { ChangeFactors } from '../factors/change.ts';
import type { FactorDeps } from '../factors/deps.ts';
import { tellPerson } from '../notices/tell.ts';
import { newRecoveryCode, recoveryCodeHash } from './code.ts';

/** As many as fit on a sheet that is kept in a wallet. */
const CODES = 10;

/** Ten new codes, told once. Those before are worthless from then on. */
export function createIssueRecoveryCodes(deps: FactorDeps, changeFactors: ChangeFactors): Factors['issueRecoveryCodes'] {
  const { ids, trail } = deps;
  return (by) =>
    changeFactors(by, async (transaction, { circumstances, place, now }) => {
      const { personId } = by.person;
      const voided = await transaction.updateTable('recovery_code').set({ voided_at: now }).where('person_id', '=', personId).where('used_at', 'is', null).where('voided_at', 'is', null).executeTakeFirst();
      const codes = Array.from({ length: CODES }, () => newRecoveryCode());
      const rows = codes.map((code) => ({ id: ids.uuid(), person_id: personId, code_hash: recoveryCodeHash(personId, code), issued_at: now, used_at: null, voided_at: null }));
      await transaction.insertInto('recovery_code').values(rows).execute();
      await tellPerson(transaction, deps, { personId, kind: 'recovery-codes-issued', place, signInId: by.person.signInId });
      await trail.append(transaction, events.recoveryCodesIssued({ ...circumstances, count: CODES, voided: Number(voided.numUpdatedRows) }));
      return { codes, issuedAt: now };
    });
}
