import type { ColumnType, Generated } from 'kysely';
import type { Language, PriorityClass, Role, Zone } from '../../port.ts';

export type OrganisationTables = {
  organisation: { id: string; name: string; created_at: Date };
  unit: { id: string; organisation_id: string; parent_id: string | null; name: string; created_at: Date };
  person: {
    id: string;
    organisation_id: string;
    unit_id: string;
    username: string;
    display_name: string;
    language: Language;
    status: 'active' | 'disabled';
    password_hash: string | null;
    created_at: Date;
    /** The account ends then by itself. */
    ends_at: Generated<Date | null>;
    loaned_from: Generated<string | null>;
    end_warnings: Generated<number>;
  };
  role_grant: { id: string; person_id: string; organisation_id: string; unit_id: string | null; role: Role; granted_by: string | null; granted_at: Date; /** By its id in policy: who takes it away again. */ provider: ColumnType<string | null, string | null | undefined, null> };
  role_conflict: { role: Role; other: Role };
  duty: {
    id: string;
    organisation_id: string;
    name: string;
    priority_class: PriorityClass;
    zone: Zone;
    /** bigint arrives as text. */
    target_seconds: ColumnType<string | null, number | null | undefined, number | null>;
    status: Generated<'active' | 'retired'>;
    created_at: Date;
  };
  duty_assignment: { organisation_id: string; person_id: string; duty_id: string; assigned_at: Date };
  delegation: {
    id: string;
    organisation_id: string;
    duty_id: string;
    delegator_id: string;
    delegate_id: string;
    made_by: string;
    reason: string;
    made_at: Date;
    begins_at: Date;
    ends_at: Date;
    ended_at: Date | null;
    ended_because: 'over' | 'revoked' | 'given-back' | 'no-longer-held' | null;
    ended_by: string | null;
  };
  rules_acknowledgement: {
    id: string;
    organisation_id: string;
    person_id: string;
    version: string;
    digest: string;
    policy_version: string;
    sign_in_id: string;
    address: string;
    at: Date;
  };
};
