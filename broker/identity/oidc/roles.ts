import { events } from '../../audit/index.ts';
import type { ProviderRules, RoleByClaim } from '../../policy/index.ts';
import type { Transaction } from '../../store/index.ts';
import { insertRole, takeRole } from '../directory/roles.ts';
import { rolesOf, type Claims } from './claims.ts';
import type { ProvidersDeps } from './deps.ts';

type Held = { readonly personId: string; readonly organisationId: string };
type Wanted = { readonly role: RoleByClaim['role']; readonly unitId: string | null };

/**
 * Brings the roles that this provider gave in line with what its claims say now. Those that a person gave stay as they are, and so does a role that
 * excludes one of them: it is not given, which is told on the trail. Call with the person locked.
 */
export async function followRoles(transaction: Transaction, deps: ProvidersDeps, { rules, claims, address, held }: { rules: ProviderRules; claims: Claims; address: string; held: Held }): Promise<void> {
  const { personId, organisationId } = held;
  const by = { ...deps, actor: { kind: 'system' }, address } as const;
  const given = await transaction.selectFrom('role_grant').where('person_id', '=', personId).where('provider', '=', rules.id).select(['id', 'role', 'unit_id as unitId']).orderBy('id').execute();
  const wanted = await wantedOf(transaction, rolesOf(claims, rules.roles), personId);
  const same = (one: { role: string; unitId: string | null }, other: { role: string; unitId: string | null }) => one.role === other.role && one.unitId === other.unitId;
  for (const { id } of given.filter((one) => !wanted.some((other) => same(one, other)))) await takeRole(transaction, by, { grantId: id, personId, organisationId });
  for (const one of wanted.filter((other) => !given.some((has) => same(has, other)))) {
    const excludedBy = await excluding(transaction, personId, one.role);
    if (excludedBy === undefined) await insertRole(transaction, by, { ...one, personId, organisationId, provider: rules.id });
    else await deps.trail.append(transaction, events.providerRoleNotGiven({ actor: by.actor, organisationId, address, personId, provider: rules.id, role: one.role, excludedBy }));
  }
}

/** The head of a unit is that of the person's own; everything else is for the organisation. */
async function wantedOf(transaction: Transaction, roles: readonly Wanted['role'][], personId: string): Promise<readonly Wanted[]> {
  const { unitId } = await transaction.selectFrom('person').where('id', '=', personId).select('unit_id as unitId').executeTakeFirstOrThrow();
  return roles.map((role) => ({ role, unitId: role === 'unit-head' ? unitId : null }));
}

/** A role of the person that this one cannot stand beside. */
async function excluding(transaction: Transaction, personId: string, role: Wanted['role']) {
  const found = await transaction
    .selectFrom('role_grant as held')
    .innerJoin('role_conflict as pair', 'pair.other', 'held.role')
    .where('held.person_id', '=', personId)
    .where('pair.role', '=', role)
    .select('held.role')
    .limit(1)
    .executeTakeFirst();
  return found?.role;
}
