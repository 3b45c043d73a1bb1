import type { ColumnType, Generated } from 'kysely';
import type { LeaseState, LeaseView, Protocol, Site } from '../../port.ts';

export type LeaseTables = {
  desktop: {
    id: string;
    organisation_id: string;
    name: string;
    protocol: Protocol;
    host: string;
    port: number;
    status: 'active' | 'disabled';
    weight: number;
    credentials: 'stored' | 'ask';
    sealed_credentials: Buffer | null;
    parameters: ColumnType<Record<string, string>, string, string>;
    created_at: Date;
  };
  desktop_assignment: { organisation_id: string; desktop_id: string; person_id: string; assigned_at: Date };
  seat_limit: { scope: string };
  gateway_process: { id: string; started_at: Date; seen_at: Date };
  lease_state: { state: LeaseState };
  lease_transition: { from_state: LeaseState | 'none'; to_state: LeaseState };
  lease: {
    id: string;
    organisation_id: string;
    person_id: string;
    desktop_id: string;
    duty_id: string;
    sign_in_id: string;
    site: Site;
    address: string;
    weight: number;
    policy_version: string;
    state: LeaseState;
    came_from: ColumnType<LeaseState | 'none', never, never>;
    granted_at: Date;
    expires_at: Date;
    unused_until: Date;
    parked_until: Date | null;
    relay_id: string | null;
    gateway_id: string | null;
    /** False while the figures of the last relay are still to come. */
    relay_settled: Generated<boolean>;
    connected_at: Date | null;
    ended_at: Date | null;
    ended_because: NonNullable<LeaseView['endedBecause']> | null;
  };
};
