import { events } from '../audit/index.ts';
import { authorise } from '../authorization/index.ts';
import { heldFactors } from '../identity/factors/held.ts';
import { BY_RECOVERY_CODE, reproofHolds } from '../identity/factors/may-change.ts';
import { readRecovery } from '../identity/factors/recovery-state.ts';
import { tellPerson } from '../identity/notices/tell.ts';
import { placeOf } from '../identity/origin.ts';
import { assertId, refusal } from '../identity/refusals.ts';
import { readReason } from '../oversight/reason.ts';
import type { Factors } from '../port.ts';
import { inTransaction } from '../store/index.ts';
import { inNameOf, type PeopleDeps } from './deps.ts';
import { readDetails } from './list.ts';
import { assertNotAbove, holdReach, holdTarget } from './right.ts';

/** The factors of people, as those who administer their accounts see them; and vouching for somebody who sits there in person. */
export function createFactorsOfPeople(deps: PeopleDeps): Pick<Factors, 'ofPerson' | 'reprove'> {
  const { database, clock, trail } = deps;
  const reProof = async () => (await deps.rules.current())?.secondFactors?.reProof;
  return {
    async ofPerson({ person, personId }) {
      const now = clock.now();
      const { id } = await readDetails(database, authorise(person, 'people.manage'), personId, now);
      const seconds = await reProof();
      const { authenticators, passkeys } = await heldFactors(database, id);
      const open = await database
        .selectFrom('sign_in')
        .where('person_id', '=', id)
        .where('method', 'in', BY_RECOVERY_CODE)
        .where('ended_at', 'is', null)
        .where('expires_at', '>', now)
        .orderBy('at', 'desc')
        .select(['id', 'at', 'address', 'user_agent as userAgent', 'method', 'reproved_at as reprovedAt'])
        .execute();
      const recoverySignIns = open.map(({ reprovedAt, ...signIn }) => ({ ...signIn, ...(reproofHolds(reprovedAt, seconds, now) && { until: new Date(reprovedAt!.getTime() + seconds! * 1000) }) }));
      return { authenticators, passkeys, recoveryCodes: await readRecovery(database, id), recoverySignIns };
    },

    async reprove({ person, origin, personId, signInId, reason: typed }) {
      authorise(person, 'people.manage');
      const reason = readReason(typed);
      assertId(signInId);
      const seconds = await reProof();
      if (seconds === undefined) throw refusal('policy-missing');
      await deps.requireFreshFactor(person);
      return inTransaction(database, async (transaction) => {
        const reach = await holdReach(transaction, person, 'people.manage');
        const target = await holdTarget(transaction, reach, personId);
        await assertNotAbove(transaction, reach, personId);
        if (personId.toLowerCase() === person.personId) throw refusal('forbidden');
        const now = clock.now();
        const signIn = await transaction
          .selectFrom('sign_in')
          .where('id', '=', signInId)
          .where('person_id', '=', personId)
          .where('ended_at', 'is', null)
          .where('expires_at', '>', now)
          .select(['id', 'method'])
          .forNoKeyUpdate()
          .executeTakeFirst();
        if (!signIn) throw refusal('not-found');
        if (!BY_RECOVERY_CODE.includes(signIn.method)) throw refusal('conflict');
        const until = new Date(now.getTime() + seconds * 1000);
        await transaction.updateTable('sign_in').set({ reproved_at: now, reproved_by: person.personId }).where('id', '=', signIn.id).execute();
        await tellPerson(transaction, deps, { personId, kind: 're-proved', place: placeOf(origin) });
        const { actor, address } = inNameOf(deps, { person, origin });
        await trail.append(transaction, events.personReproved({ actor, address, organisationId: target.organisationId, personId: personId.toLowerCase(), ofSignInId: signIn.id, reason, until: until.toISOString() }));
        return { until };
      });
    },
  };
}
