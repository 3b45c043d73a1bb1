import type { ColumnType, Generated } from 'kysely';
import type { Code, Level, LeaseState, LeaseView, LiftedRule, PriorityClass, Protocol, Site, WaitEndedBecause } from '../../port.ts';

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
    kind: Generated<'exclusive' | 'multi-session'>;
    sessions: Generated<number>;
    pool_id: string | null;
  };
  pool: {
    id: string;
    organisation_id: string;
    name: string;
    status: 'active' | 'disabled';
    log_in: 'personal' | 'shared';
    clean_up: 'none' | 'proved';
    seats: number | null;
    created_at: Date;
  };
  pool_assignment: { organisation_id: string; pool_id: string; person_id: string | null; unit_id: string | null; assigned_at: Date };
  residual_session: {
    id: string;
    organisation_id: string;
    desktop_id: string;
    person_id: string;
    lease_id: string;
    exclusive: boolean;
    began_at: Date;
    ended_at: Date | null;
    ended_because: 'cleaned-up' | 'logged-off' | 'ended-by-administrator' | null;
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
    exclusive: Generated<boolean>;
    pool_id: string | null;
    guacd: string | null;
    unit_id: string;
    level: Generated<Level>;
    level_number: ColumnType<string, number | undefined, number>;
    /** Raised when what it was admitted on has changed; 0 once it was judged by what holds now. */
    judge_again: Generated<number>;
    device_id: ColumnType<string | null, string | null | undefined, string | null>;
    closing_at: Date | null;
    closing_because: NonNullable<LeaseView['endedBecause']> | null;
    /** The My Number exception that it was admitted by. */
    exception_id: ColumnType<string | null, string | null | undefined, string | null>;
    /** Admitted although its class was not due. */
    surplus: Generated<boolean>;
    /** Rules of telework that only the level took away. */
    lifted: Generated<LiftedRule[]>;
    /** The place in the queue that it came from. */
    waiting_id: string | null;
  };
  lease_activity: { lease_id: string; input_at: Date };
  waiting: {
    id: string;
    organisation_id: string;
    person_id: string;
    unit_id: string;
    desktop_id: string | null;
    pool_id: string | null;
    duty_id: string;
    sign_in_id: string;
    site: Site;
    address: string;
    weight: number;
    change_duty: boolean;
    arrived_at: Date;
    /** The lease that yielded to a more urgent duty. */
    after_lease_id: string | null;
    seen_at: Date;
    due: boolean;
    counts_as: number;
    promised_at: Date | null;
    reasons: Code[];
    policy_version: string;
    lease_id: string | null;
    ended_at: Date | null;
    ended_because: WaitEndedBecause | null;
  };
  preemption: {
    id: string;
    organisation_id: string;
    lease_id: string;
    waiting_id: string;
    class: PriorityClass;
    for_class: PriorityClass;
    noticed_at: Date;
    ends_at: Date;
    extended_at: Date | null;
    extension_reason: string | null;
    policy_version: string;
    inputs: ColumnType<Record<string, unknown>, string, never>;
    outcome: 'yielded' | 'withdrawn' | 'ended-otherwise' | null;
    closed_at: Date | null;
  };
};
