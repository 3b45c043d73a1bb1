import { CODES, type Code } from '../codes.ts';
import type { LeaseView, Protocol } from '../port.ts';
import { sql, type Connection, type Transaction } from '../store/index.ts';
import type { EndedBecause } from './transitions.ts';

/** A lease with all that its rules need. */
export type LeaseRow = Awaited<ReturnType<typeof lockLease>> & {};

/** The lease, locked until the transaction ends; undefined when there is none. Take the locks of an admission before it. */
export function lockLease(transaction: Transaction, leaseId: string) {
  return transaction
    .selectFrom('lease')
    .where('id', '=', leaseId)
    .select(['id', 'organisation_id as organisationId', 'person_id as personId', 'desktop_id as desktopId', 'duty_id as dutyId'])
    .select(['state', 'expires_at as expiresAt', 'unused_until as unusedUntil', 'parked_until as parkedUntil', 'ended_because as endedBecause'])
    .select(['closing_at as closingAt', 'closing_because as closingBecause', 'weight', 'exclusive', 'lifted'])
    .select(['relay_id as relayId', 'relay_settled as relaySettled', 'connected_at as connectedAt'])
    .forUpdate()
    .executeTakeFirst();
}

/** Only what decides which admission locks to take; may be out of date by the time they are held. */
export function findLease(connection: Connection, leaseId: string) {
  return connection.selectFrom('lease').where('id', '=', leaseId).select(['person_id as personId', 'desktop_id as desktopId', 'duty_id as dutyId']).executeTakeFirst();
}

/** One that has just been granted or given again: what yields is not looked for. */
export async function readGranted(connection: Connection, leaseId: string): Promise<LeaseView> {
  return shown(await viewed(connection).where('lease.id', '=', leaseId).executeTakeFirstOrThrow());
}

/** @param extension seconds that a session which yields may be given once; 0: none */
export async function readView(connection: Connection, leaseId: string, personId: string, extension = 0): Promise<LeaseView | undefined> {
  const row = await viewed(connection)
    .leftJoin('preemption', (join) => join.onRef('preemption.lease_id', '=', 'lease.id').on('preemption.outcome', 'is', null))
    .leftJoin('waiting as beneficiary', 'beneficiary.id', 'preemption.waiting_id')
    .leftJoin('duty as needing', 'needing.id', 'beneficiary.duty_id')
    .leftJoin('waiting as place', (join) => join.onRef('place.after_lease_id', '=', 'lease.id'))
    .where('lease.id', '=', leaseId)
    .where('lease.person_id', '=', personId)
    .select(['preemption.for_class as forClass', 'preemption.extended_at as extendedAt', 'needing.name as forDuty', 'place.id as waitingId'])
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { forClass, forDuty, extendedAt, waitingId, ...viewedRow } = row;
  const view = shown(viewedRow);
  const yields = view.closingAt && forDuty !== null && forClass !== null && { yieldsTo: { dutyName: forDuty, class: forClass }, ...(extendedAt === null && extension > 0 && { extensionSeconds: extension }) };
  return { ...view, ...yields, ...(waitingId !== null && { waitingId }) };
}

function viewed(connection: Connection) {
  return connection
    .selectFrom('lease')
    .innerJoin('desktop', 'desktop.id', 'lease.desktop_id')
    .innerJoin('duty', 'duty.id', 'lease.duty_id')
    .select(['lease.id', 'lease.state', 'lease.desktop_id as desktopId', 'desktop.name as desktopName', 'desktop.protocol', 'duty.name as dutyName', 'lease.site'])
    .select(['lease.granted_at as grantedAt', 'lease.expires_at as expiresAt', 'lease.ended_at as endedAt', 'lease.ended_because as endedBecause'])
    .select(['lease.duty_id as dutyId', 'lease.pool_id as poolId', 'lease.closing_at as closingAt', 'lease.closing_because as closingBecause']);
}

type Viewed = Awaited<ReturnType<ReturnType<typeof viewed>['executeTakeFirstOrThrow']>>;

function shown({ endedAt, endedBecause, poolId, closingAt, closingBecause, ...view }: Viewed): LeaseView {
  const closing = view.state !== 'ended' && closingAt && { closingAt, ...(isCode(closingBecause) && { closingBecause }) };
  return { ...view, ...(poolId !== null && { poolId }), ...(endedAt && { endedAt }), ...(endedBecause && { endedBecause }), ...closing };
}

/** Where the desktop of a lease is and how it is entered. */
export async function readConnection(connection: Connection, desktopId: string): Promise<ConnectionRow> {
  return connection.selectFrom('desktop').where('id', '=', desktopId).select(['id', 'protocol', 'host', 'port', 'sealed_credentials as sealed', 'parameters']).executeTakeFirstOrThrow();
}

type ConnectionRow = {
  readonly id: string;
  readonly protocol: Protocol;
  readonly host: string;
  readonly port: number;
  /** Absent for a desktop that asks. */
  readonly sealed: Buffer | null;
  readonly parameters: Record<string, string>;
};

/** Whose leases to end; each member narrows. */
export type LeasesOf = {
  readonly leaseId?: string;
  readonly leaseIds?: readonly string[];
  readonly signInId?: string;
  readonly personId?: string;
  readonly desktopId?: string;
  readonly dutyId?: string;
  readonly poolId?: string;
  readonly deviceId?: string;
};

export type EndedLease = { readonly id: string; readonly organisationId: string; readonly personId: string; readonly relayId: string | null; readonly because: EndedBecause };

const COLUMNS = { leaseId: 'id', signInId: 'sign_in_id', personId: 'person_id', desktopId: 'desktop_id', dutyId: 'duty_id', poolId: 'pool_id', deviceId: 'device_id' } as const;

/** Ends the open ones among them, in a fixed order of locking. At least one member of `which` must be given. */
export async function endOpen(transaction: Transaction, { leaseIds, ...which }: LeasesOf, because: EndedBecause, at: Date): Promise<EndedLease[]> {
  const given = (Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]).filter((key) => which[key] !== undefined);
  if (given.length === 0 && leaseIds === undefined) throw new Error('whose leases to end must be said');
  let open = transaction.selectFrom('lease').select('id').where('state', '<>', 'ended').orderBy('id').forUpdate();
  for (const key of given) open = open.where(COLUMNS[key], '=', which[key]!);
  if (leaseIds !== undefined) open = open.where('id', '=', sql<string>`any(${leaseIds}::uuid[])`);
  return end(transaction, open, sql<EndedBecause>`${because}`, at);
}

/** Which overdue leases may be in the way: those on a desktop, of a pool or of a person. */
export type InTheWay = { readonly desktopId?: string | undefined; readonly poolId?: string | undefined; readonly personId: string };

/** Ends up to `limit` leases that are over by their own deadlines and that nobody else is working on, whosever they are. */
export function endOverdue(transaction: Transaction, now: Date, limit: number): Promise<EndedLease[]> {
  const overdue = overdueLeases(transaction, now).orderBy('expires_at').limit(limit).forUpdate().skipLocked();
  return end(transaction, overdue, becauseOver(now), now);
}

/** Ends what is over by its own deadlines and in the way of a request. */
export function endInTheWay(transaction: Transaction, now: Date, { desktopId, poolId, personId }: InTheWay): Promise<EndedLease[]> {
  const overdue = overdueLeases(transaction, now).where((is) =>
    is.or([is('person_id', '=', personId), ...(desktopId === undefined ? [] : [is('desktop_id', '=', desktopId)]), ...(poolId === undefined ? [] : [is('pool_id', '=', poolId)])]),
  );
  return end(transaction, overdue.orderBy('id').forUpdate(), becauseOver(now), now);
}

const becauseOver = (now: Date) => sql<EndedBecause>`lease_is_over(lease, ${now})`;
const overdueLeases = (transaction: Transaction, now: Date) => transaction.selectFrom('lease').select('id').where('state', '<>', 'ended').where(sql<boolean>`${becauseOver(now)} is not null`);

function end(transaction: Transaction, which: ReturnType<typeof overdueLeases>, because: ReturnType<typeof becauseOver>, at: Date): Promise<EndedLease[]> {
  return transaction
    .updateTable('lease')
    .set({ state: 'ended', ended_at: at, ended_because: because, parked_until: null })
    .where('id', 'in', which)
    .where('state', '<>', 'ended')
    .returning(['id', 'organisation_id as organisationId', 'person_id as personId', 'relay_id as relayId', sql<EndedBecause>`ended_because`.as('because')])
    .execute();
}

const isCode = (because: EndedBecause | null): because is Code => because !== null && Object.hasOwn(CODES, because);
