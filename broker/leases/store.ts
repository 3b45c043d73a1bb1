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
    .select(['relay_id as relayId', 'relay_settled as relaySettled', 'connected_at as connectedAt'])
    .forUpdate()
    .executeTakeFirst();
}

/** Only what decides which admission locks to take; may be out of date by the time they are held. */
export function findLease(connection: Connection, leaseId: string) {
  return connection.selectFrom('lease').where('id', '=', leaseId).select(['person_id as personId', 'desktop_id as desktopId', 'duty_id as dutyId']).executeTakeFirst();
}

export async function readView(connection: Connection, leaseId: string, personId: string): Promise<LeaseView | undefined> {
  const row = await connection
    .selectFrom('lease')
    .innerJoin('desktop', 'desktop.id', 'lease.desktop_id')
    .innerJoin('duty', 'duty.id', 'lease.duty_id')
    .where('lease.id', '=', leaseId)
    .where('lease.person_id', '=', personId)
    .select(['lease.id', 'lease.state', 'lease.desktop_id as desktopId', 'desktop.name as desktopName', 'desktop.protocol', 'duty.name as dutyName', 'lease.site'])
    .select(['lease.granted_at as grantedAt', 'lease.expires_at as expiresAt', 'lease.ended_at as endedAt', 'lease.ended_because as endedBecause'])
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { endedAt, endedBecause, ...view } = row;
  return { ...view, ...(endedAt && { endedAt }), ...(endedBecause && { endedBecause }) };
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
export type LeasesOf = { readonly leaseId?: string; readonly signInId?: string; readonly personId?: string; readonly desktopId?: string; readonly dutyId?: string };

export type EndedLease = { readonly id: string; readonly organisationId: string; readonly relayId: string | null };

/** Ends the open ones among them, in a fixed order of locking. At least one member of `which` must be given. */
export async function endOpen(transaction: Transaction, which: LeasesOf, because: EndedBecause, at: Date): Promise<EndedLease[]> {
  const columns = { leaseId: 'id', signInId: 'sign_in_id', personId: 'person_id', desktopId: 'desktop_id', dutyId: 'duty_id' } as const;
  const given = (Object.keys(columns) as (keyof typeof columns)[]).filter((key) => which[key] !== undefined);
  if (given.length === 0) throw new Error('whose leases to end must be said');
  let open = transaction.selectFrom('lease').select('id').where('state', '<>', 'ended').orderBy('id').forUpdate();
  for (const key of given) open = open.where(columns[key], '=', which[key]!);
  return transaction
    .updateTable('lease')
    .set({ state: 'ended', ended_at: at, ended_because: because, parked_until: null })
    .where('id', 'in', open)
    .where('state', '<>', 'ended')
    .returning(['id', 'organisation_id as organisationId', 'relay_id as relayId'])
    .execute();
}

/** Ends up to `limit` leases that are over by their own deadlines and that nobody else is working on; of one desktop, or of all. */
export async function endOverdue(transaction: Transaction, now: Date, { desktopId, limit }: { desktopId?: string; limit: number }): Promise<(EndedLease & { because: EndedBecause })[]> {
  // The same rules as overdue.ts, in the same order.
  const because = sql<EndedBecause>`case when expires_at <= ${now} then 'lease-expired' when state = 'granted' and unused_until <= ${now} then 'not-used' when state = 'parked' and parked_until <= ${now} then 'parking-expired' end`;
  const overdue = transaction
    .selectFrom('lease')
    .select('id')
    .where('state', '<>', 'ended')
    .where(sql<boolean>`${because} is not null`)
    .$if(desktopId !== undefined, (query) => query.where('desktop_id', '=', desktopId!).forUpdate())
    .$if(desktopId === undefined, (query) => query.orderBy('expires_at').limit(limit).forUpdate().skipLocked());
  return transaction
    .updateTable('lease')
    .set({ state: 'ended', ended_at: now, ended_because: because, parked_until: null })
    .where('id', 'in', overdue)
    .where('state', '<>', 'ended')
    .returning(['id', 'organisation_id as organisationId', 'relay_id as relayId', sql<EndedBecause>`ended_because`.as('because')])
    .execute();
}
