import { holdAdministrators } from '../identity/directory/administrators.ts';
import { grantRole, revokeRole } from '../identity/directory/roles.ts';
import { incompatibleAsRefusal } from '../identity/directory/violations.ts';
import { assertId, refusal } from '../identity/refusals.ts';
import { Refusal, type People } from '../port.ts';
import { authorise, type Reach } from '../authorization/index.ts';
import { inTransaction, type Transaction } from '../store/index.ts';
import { inNameOf, type By, type PeopleDeps } from './deps.ts';
import { readDetails } from './list.ts';
import { assertReaches, holdReach, holdTarget } from './right.ts';

/** Who is given which role. Both ask for a second factor proved lately. */
export function createRoles(deps: PeopleDeps): Pick<People, 'grantRole' | 'revokeRole'> {
  const { database, clock } = deps;
  /** Whether the policy still lets the role follow from that provider's claims. */
  const maps = async (provider: string, role: string) => (await deps.rules.current())?.oidc?.providers.some(({ id, roles }) => id === provider && roles.some((one) => one.role === role)) ?? false;

  const on = async (by: By, personId: string, work: (transaction: Transaction, reach: Reach) => Promise<void>) => {
    const { person } = by;
    authorise(person, 'roles.manage');
    await deps.requireFreshFactor(person);
    return inTransaction(database, async (transaction) => {
      await holdAdministrators(transaction, person.organisationId);
      const reach = await holdReach(transaction, person, 'roles.manage');
      await holdTarget(transaction, reach, personId);
      await work(transaction, reach);
      return readDetails(transaction, reach, personId, clock.now());
    });
  };

  return {
    grantRole: ({ person, origin, personId, role, unitId }) =>
      incompatibleAsRefusal(() =>
        on({ person, origin }, personId, async (transaction, reach) => {
          assertScope(reach, unitId);
          await grantRole(transaction, inNameOf(deps, { person, origin }), { personId, role, unitId });
        }),
      ),

    revokeRole: ({ person, origin, personId, grantId }) =>
      on({ person, origin }, personId, async (transaction, reach) => {
        assertId(grantId);
        const held = await transaction.selectFrom('role_grant').where('id', '=', grantId).where('person_id', '=', personId).select(['unit_id as unitId', 'role', 'provider']).executeTakeFirst();
        if (!held) throw refusal('not-found');
        assertScope(reach, held.unitId);
        // It would be back at the next sign-in there.
        if (held.provider !== null && (await maps(held.provider, held.role))) throw new Refusal('role-by-provider');
        await revokeRole(transaction, inNameOf(deps, { person, origin }), grantId);
      }),
  };
}

/** Nobody gives or takes what reaches further than they do. Throws `forbidden`, and `not-found` for a unit that they do not reach. */
function assertScope(reach: Reach, unitId: string | null): void {
  if (unitId === null && reach.units !== 'all') throw refusal('forbidden');
  if (unitId !== null) assertReaches(reach, unitId);
}
