import { events, type AuditEvent } from '../../audit/index.ts';
import type { Role } from '../../port.ts';
import { sql, type Transaction } from '../../store/index.ts';
import type { ApplyDeps } from '../apply-deps.ts';

type Granted = { readonly personId: string; readonly role: Role; readonly unitId: string | null };
type Assigned = { readonly personId: string; readonly dutyId: string };

/** A role that followed from a provider's claims is kept from then on, as by hand. */
export async function grantRoles(transaction: Transaction, { organisationId, clock, ids, actor, address }: ApplyDeps, grants: readonly Granted[]): Promise<readonly AuditEvent[]> {
  if (grants.length === 0) return [];
  await sql`
    insert into role_grant (id, person_id, organisation_id, role, unit_id, granted_by, granted_at)
    select id, person_id, ${organisationId}, role, unit_id, ${actor.personId ?? null}::uuid, ${clock.now()}
    from unnest(${grants.map(() => ids.uuid())}::uuid[], ${grants.map(({ personId }) => personId)}::uuid[], ${grants.map(({ role }) => role)}::text[], ${grants.map(({ unitId }) => unitId)}::uuid[])
      as row (id, person_id, role, unit_id)
    on conflict on constraint role_grant_once do update set provider = null, granted_by = excluded.granted_by, granted_at = excluded.granted_at`.execute(transaction);
  return grants.map(({ personId, role, unitId }) => events.roleGranted({ actor, address, organisationId, personId, role, unitId: unitId ?? undefined }));
}

/** Takes roles for the whole organisation that a person gave. */
export async function revokeRoles(transaction: Transaction, { organisationId, actor, address }: ApplyDeps, grants: readonly Omit<Granted, 'unitId'>[]): Promise<readonly AuditEvent[]> {
  if (grants.length === 0) return [];
  await sql`
    delete from role_grant using unnest(${grants.map(({ personId }) => personId)}::uuid[], ${grants.map(({ role }) => role)}::text[]) as row (person_id, role)
    where role_grant.person_id = row.person_id and role_grant.role = row.role and role_grant.unit_id is null and role_grant.provider is null`.execute(transaction);
  return grants.map(({ personId, role }) => events.roleRevoked({ actor, address, organisationId, personId, role }));
}

export async function assignDuties(transaction: Transaction, { organisationId, clock, actor, address }: ApplyDeps, assignments: readonly Assigned[]): Promise<readonly AuditEvent[]> {
  if (assignments.length === 0) return [];
  await sql`
    insert into duty_assignment (organisation_id, person_id, duty_id, assigned_at)
    select ${organisationId}, person_id, duty_id, ${clock.now()}
    from unnest(${assignments.map(({ personId }) => personId)}::uuid[], ${assignments.map(({ dutyId }) => dutyId)}::uuid[]) as row (person_id, duty_id)`.execute(transaction);
  return assignments.map(({ personId, dutyId }) => events.dutyAssigned({ actor, address, organisationId, dutyId, personId }));
}

export async function unassignDuties(transaction: Transaction, { organisationId, actor, address }: ApplyDeps, assignments: readonly Assigned[]): Promise<readonly AuditEvent[]> {
  if (assignments.length === 0) return [];
  await sql`
    delete from duty_assignment using unnest(${assignments.map(({ personId }) => personId)}::uuid[], ${assignments.map(({ dutyId }) => dutyId)}::uuid[]) as row (person_id, duty_id)
    where duty_assignment.person_id = row.person_id and duty_assignment.duty_id = row.duty_id`.execute(transaction);
  return assignments.map(({ personId, dutyId }) => events.dutyUnassigned({ actor, address, organisationId, dutyId, personId }));
}
