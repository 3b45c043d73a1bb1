import { authorise, type Action, type Reach } from '../authorization/index.ts';
import { disablePerson, enablePerson, forgetFailures } from '../identity/directory/accounts.ts';
import { holdAdministrators } from '../identity/directory/administrators.ts';
import { issue } from '../identity/directory/inviting.ts';
import { assertUnit } from '../identity/directory/organisations.ts';
import { changePerson, insertPerson } from '../identity/directory/people.ts';
import { changeTerm, loanPerson } from '../identity/directory/terms.ts';
import { takenAsRefusal } from '../identity/directory/violations.ts';
import { assertId, refusal } from '../identity/refusals.ts';
import { readReason } from '../oversight/reason.ts';
import type { People } from '../port.ts';
import { inTransaction, type Transaction } from '../store/index.ts';
import { inNameOf, type By, type PeopleDeps } from './deps.ts';
import { listPeople, readDetails } from './list.ts';
import { assertNotAbove, assertReaches, holdReach, holdTarget } from './right.ts';

const ACTION: Action = 'people.manage';

/** People and their accounts. */
export function createAccounts(deps: PeopleDeps): Pick<People, 'list' | 'get' | 'add' | 'change' | 'disable' | 'enable' | 'invite' | 'forgetFailures' | 'changeTerm'> {
  const { database, clock } = deps;
  const loanedStaff = async () => (await deps.rules.current())?.loanedStaff;

  /** Changes somebody whom the asking person may administer. */
  const on = <Result>({ person }: By, personId: string, work: (transaction: Transaction, reach: Reach) => Promise<Result>) =>
    inTransaction(database, async (transaction) => {
      const reach = await holdReach(transaction, person, ACTION);
      await holdTarget(transaction, reach, personId);
      await assertNotAbove(transaction, reach, personId);
      return work(transaction, reach);
    });

  return {
    list: async ({ person, ...asked }) => listPeople(database, authorise(person, 'directory.view'), asked, clock.now()),
    get: async ({ person, personId }) => readDetails(database, authorise(person, 'directory.view'), personId, clock.now()),

    add: async ({ person, origin, unitId, username, displayName, language, loan }) => {
      const rules = await loanedStaff();
      return takenAsRefusal('username', () =>
        inTransaction(database, async (transaction) => {
          const reach = await holdReach(transaction, person, ACTION);
          assertId(unitId);
          assertReaches(reach, unitId);
          await assertUnit(transaction, person.organisationId, unitId);
          const added = { organisationId: person.organisationId, unitId, username, displayName, ...(language !== undefined && { language }) };
          // Who administers a unit only gives nothing that reaches further.
          const { id } = await insertPerson(transaction, inNameOf(deps, { person, origin }), added, reach.units === 'all' ? null : unitId);
          if (loan !== undefined) await loanPerson(transaction, inNameOf(deps, { person, origin }), { personId: id, organisationId: person.organisationId, ...loan }, rules);
          return readDetails(transaction, reach, id, clock.now());
        }),
      );
    },

    change: ({ person, origin, personId, displayName, unitId, language }) =>
      on({ person, origin }, personId, async (transaction, reach) => {
        if (unitId !== undefined) assertReaches(reach, unitId);
        const changes = { ...(displayName !== undefined && { displayName }), ...(unitId !== undefined && { unitId }), ...(language !== undefined && { language }) };
        await changePerson(transaction, inNameOf(deps, { person, origin }), personId, changes);
        return readDetails(transaction, reach, personId, clock.now());
      }),

    disable: async ({ person, origin, personId }) =>
      inTransaction(database, async (transaction) => {
        await holdAdministrators(transaction, person.organisationId);
        const reach = await holdReach(transaction, person, ACTION);
        await holdTarget(transaction, reach, personId);
        if (personId.toLowerCase() === person.personId) throw refusal('forbidden');
        await assertNotAbove(transaction, reach, personId);
        await disablePerson(transaction, inNameOf(deps, { person, origin }), personId);
        return readDetails(transaction, reach, personId, clock.now());
      }),

    enable: ({ person, origin, personId }) =>
      on({ person, origin }, personId, async (transaction, reach) => {
        await enablePerson(transaction, inNameOf(deps, { person, origin }), personId);
        return readDetails(transaction, reach, personId, clock.now());
      }),

    changeTerm: async ({ person, origin, personId, endsAt, reason }) => {
      const rules = await loanedStaff();
      return on({ person, origin }, personId, async (transaction, reach) => {
        if (personId.toLowerCase() === person.personId) throw refusal('forbidden');
        await changeTerm(transaction, inNameOf(deps, { person, origin }), personId, { endsAt, reason: readReason(reason) }, rules);
        return readDetails(transaction, reach, personId, clock.now());
      });
    },

    invite: ({ person, origin, personId }) =>
      on({ person, origin }, personId, async (transaction) => {
        const { token, expiresAt } = await issue(transaction, inNameOf(deps, { person, origin }), { personId });
        return { path: `/welcome#${token}`, expiresAt };
      }),

    forgetFailures: ({ person, origin, personId }) => on({ person, origin }, personId, (transaction) => forgetFailures(transaction, inNameOf(deps, { person, origin }), personId)),
  };
}
