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

/** What is open on the desktop. It may be past a deadline: then it is to be ended, and the facts to be held again. */
export type OpenLease = Deadlines & { readonly id: string; readonly mine: boolean };

export type Held = {
  readonly facts: Facts;
  /** False: the sign-in has ended, or is another person's. */
  readonly signInLives: boolean;
  readonly open: OpenLease | undefined;
};

/**
 * Locks what a decision on this request rests on until the transaction ends, and reads it. Call it before any other lock
 * is taken.
 * @param counting true when the request may take a seat: then it waits for others who count the same ones
 */
export async function holdFacts(transaction: Transaction, asked: Asked, policy: Policy | undefined, { counting, credentialsGiven }: { counting: boolean; credentialsGiven: boolean }): Promise<Held> {
  const limits = policy ? seatLimitsFor(policy, asked.organisationName) : [];
  const row = await readRow(transaction, asked, counting ? limits.map(({ scope }) => (scope === 'total' ? 'total' : asked.organisationId)) : []);
  const site = policy && siteOf(policy, asked);
  const duty = row.duty_zone === null || row.duty_class === null ? undefined : { class: row.duty_class, zone: row.duty_zone };
  const open = openLease(row, asked.personId);
  const facts: Facts = {
    policyVersion: policy?.version,
    account: row.account === 'active' ? 'active' : 'disabled',
    desktop: row.desktop_status === null || row.weight === null ? undefined : { status: row.desktop_status, weight: row.weight },
    assigned: row.assigned,
    duty,
    site,
    access: policy && duty && site && policy.zones[duty.zone][site],
    occupant: open === undefined ? 'nobody' : open.mine ? 'requester' : 'somebody-else',
    seats: limits.map(({ scope, seats }) => ({ scope, seats, taken: scope === 'total' ? row.taken_in_total : row.taken_in_organisation })),
    credentials: row.credentials === 'stored' ? 'stored' : credentialsGiven ? 'given' : 'missing',
  };
  return { facts, signInLives: row.alive, open };
}

type Row = {
  readonly alive: boolean;
  readonly account: string | null;
  readonly desktop_status: 'active' | 'disabled' | null;
  readonly weight: number | null;
  readonly credentials: 'stored' | 'ask' | null;
  readonly assigned: boolean;
  readonly duty_class: PriorityClass | null;
  readonly duty_zone: Zone | null;
  readonly taken_in_total: number;
  readonly taken_in_organisation: number;
} & (
  | { readonly lease_id: null }
  | { readonly lease_id: string; readonly lease_person_id: string; readonly lease_state: LeaseState; readonly expires_at: Date; readonly unused_until: Date; readonly parked_until: Date | null }
);

async function readRow(transaction: Transaction, { personId, signInId, organisationId, desktopId, dutyId }: Asked, scopes: readonly string[]): Promise<Row> {
  const { rows } = await sql<Row>`select * from admission_facts(${personId}, ${signInId}, ${organisationId}, ${desktopId}, ${dutyId}, ${scopes})`.execute(transaction);
  const [row] = rows;
  if (row === undefined) throw new Error('the facts of a request always have a row');
  return row;
}

function openLease(row: Row, personId: string): OpenLease | undefined {
  if (row.lease_id === null) return undefined;
  return { id: row.lease_id, mine: row.lease_person_id === personId, state: row.lease_state, expiresAt: row.expires_at, unusedUntil: row.unused_until, parkedUntil: row.parked_until };
}
