import type { Deadlines } from '../leases/overdue.ts';
import { seatLimitsFor, siteOf, type Policy } from '../policy/index.ts';
import type { LeaseState, PriorityClass, Zone } from '../port.ts';
import { sql, type Transaction } from '../store/index.ts';
import type { Facts } from './facts.ts';

/** Whose request it is, for what, and from where. */
export type Asked = {
  readonly personId: string;
  readonly signInId: string;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly desktopId: string;
  readonly dutyId: string;
  readonly address: string;
};

/**
 * Locks what a decision on this request rests on until the transaction ends. Call it first.
 * @param counting true when the request may take a seat: then it waits for others who count the same ones
 * @returns whether the sign-in still lives
 */
export async function hold(transaction: Transaction, { personId, signInId, organisationId, organisationName, desktopId, dutyId }: Asked, policy: Policy | undefined, counting: boolean): Promise<boolean> {
  const limits = counting && policy ? seatLimitsFor(policy, organisationName) : [];
  const scopes = limits.map(({ scope }) => (scope === 'total' ? 'total' : organisationId));
  const { rows } = await sql<{ alive: boolean }>`select hold_for_admission(${personId}, ${signInId}, ${desktopId}, ${dutyId}, ${scopes}) as alive`.execute(transaction);
  return rows[0]?.alive === true;
}

/** What is open on the desktop. It may be past a deadline: then it is to be ended, and the facts to be read again. */
export type OpenLease = Deadlines & { readonly id: string; readonly mine: boolean };

/** The facts, read under the locks of {@link hold}, and the open lease on the desktop, if any. */
export async function readFacts(transaction: Transaction, asked: Asked, policy: Policy | undefined, credentialsGiven: boolean): Promise<{ facts: Facts; open: OpenLease | undefined }> {
  const row = await readRow(transaction, asked);
  const site = policy && siteOf(policy, asked);
  const duty = row.duty_zone === null || row.duty_class === null ? undefined : { class: row.duty_class, zone: row.duty_zone };
  const open = row.lease && { ...row.lease, mine: row.lease.personId === asked.personId };
  const facts: Facts = {
    policyVersion: policy?.version,
    account: row.account === 'active' ? 'active' : 'disabled',
    desktop: row.desktop_status === null || row.weight === null ? undefined : { status: row.desktop_status, weight: row.weight },
    assigned: row.assigned,
    duty,
    site,
    access: policy && duty && site && policy.zones[duty.zone][site],
    occupant: open === null ? 'nobody' : open.mine ? 'requester' : 'somebody-else',
    seats: policy ? seatLimitsFor(policy, asked.organisationName).map(({ scope, seats }) => ({ scope, seats, taken: scope === 'total' ? row.taken_in_total : row.taken_in_organisation })) : [],
    credentials: row.credentials === 'stored' ? 'stored' : credentialsGiven ? 'given' : 'missing',
  };
  return { facts, open: open ?? undefined };
}

type Row = {
  readonly account: string | null;
  readonly desktop_status: 'active' | 'disabled' | null;
  readonly weight: number | null;
  readonly credentials: 'stored' | 'ask' | null;
  readonly assigned: boolean;
  readonly duty_class: PriorityClass | null;
  readonly duty_zone: Zone | null;
  readonly lease: (Deadlines & { readonly id: string; readonly personId: string }) | null;
  readonly taken_in_total: number;
  readonly taken_in_organisation: number;
};

type LeaseColumns =
  | { readonly lease_id: null }
  | { readonly lease_id: string; readonly lease_person_id: string; readonly state: LeaseState; readonly expires_at: Date; readonly unused_until: Date; readonly parked_until: Date | null };

async function readRow(transaction: Transaction, { personId, organisationId, desktopId, dutyId }: Asked): Promise<Row> {
  const { rows } = await sql<Omit<Row, 'lease'> & LeaseColumns>`
    select
      (select status from person where id = ${personId} and organisation_id = ${organisationId}) as account,
      desktop.status as desktop_status, desktop.weight, desktop.credentials,
      desktop_assignment.person_id is not null as assigned,
      duty.priority_class as duty_class, duty.zone as duty_zone,
      lease.id as lease_id, lease.person_id as lease_person_id, lease.state, lease.expires_at, lease.unused_until, lease.parked_until,
      (select coalesce(sum(weight), 0)::int from lease where state <> 'ended') as taken_in_total,
      (select coalesce(sum(weight), 0)::int from lease where state <> 'ended' and organisation_id = ${organisationId}) as taken_in_organisation
    from (select) as one
    left join desktop on desktop.id = ${desktopId} and desktop.organisation_id = ${organisationId}
    left join desktop_assignment on desktop_assignment.desktop_id = desktop.id and desktop_assignment.person_id = ${personId}
    left join (duty_assignment join duty on duty.id = duty_assignment.duty_id) on duty_assignment.person_id = ${personId} and duty_assignment.duty_id = ${dutyId}
    left join lease on lease.desktop_id = desktop.id and lease.state <> 'ended'`.execute(transaction);
  const [row] = rows;
  if (row === undefined) throw new Error('the facts of a request always have a row');
  const lease = row.lease_id === null ? null : { id: row.lease_id, personId: row.lease_person_id, state: row.state, expiresAt: row.expires_at, unusedUntil: row.unused_until, parkedUntil: row.parked_until };
  return { ...row, lease };
}
