import { readLevel } from '../continuity/in-force.ts';
import { siteOf, type Policy } from '../policy/index.ts';
import { createLedger, type Place } from '../seats/ledger.ts';
import { sql, type Transaction } from '../store/index.ts';
import { readBefore } from './before-store.ts';
import type { DesktopFacts, DutyFacts, ExceptionFacts, Facts, PoolFacts } from './facts.ts';
import { readSignInFacts } from './sign-in-store.ts';
import { asksForDays, readTelework } from './telework-store.ts';

/** Whose request it is, for what, and from where. */
export type Asked = {
  readonly personId: string;
  readonly signInId: string;
  readonly organisationId: string;
  readonly organisationName: string;
  /** As the sign-in has it; the facts say which it is now. */
  readonly unitId: string;
  /** Exactly one of the two. */
  readonly desktopId?: string | undefined;
  readonly poolId?: string | undefined;
  readonly dutyId: string;
  readonly address: string;
};

export type Held = {
  readonly facts: Facts;
  /** False: the sign-in has ended, or is another person's. */
  readonly signInLives: boolean;
  /** The one that was asked for or, of a pool, found; undefined: the organisation has no such one, or the pool has none left. */
  readonly desktopId: string | undefined;
  /** The pool that the desktop belongs to or that was asked for. */
  readonly poolId: string | undefined;
  /** The person's unit; undefined: the organisation has no such person. */
  readonly unitId: string | undefined;
  /** The person's open lease on the desktop for this duty. */
  readonly mine: string | undefined;
  /** The person's open leases for other duties. The facts are as if they had ended. */
  readonly forOtherDuties: readonly string[];
  /** Some lease in the way is past a deadline: it is to be ended, and the facts to be held again. */
  readonly overdue: boolean;
  /** When the duty that was handed over or the account ends by itself: no lease outlasts it. */
  readonly rightEndsAt: Date | undefined;
  /** The person's place in the queue, and the desktop or pool that it is for. */
  readonly waitsFor: { readonly waitingId: string; readonly id: string } | undefined;
};

export type Holding = { readonly now: Date; /** The request may take a seat: then it waits for whoever else gives out seats, and nobody who waits before is passed. */ readonly counting: boolean; readonly credentialsGiven: boolean; /** A relay is opened: the device is proved for it anew, whatever the sign-in says. */ readonly relay?: boolean };

/**
 * Locks what a decision on this request rests on until the transaction ends, and reads it. Call it before any other lock
 * is taken.
 */
export async function holdFacts(transaction: Transaction, asked: Asked, policy: Policy | undefined, { now, counting, credentialsGiven, relay = false }: Holding): Promise<Held> {
  const seenSince = new Date(now.getTime() - (policy?.durations.absentAfter ?? 0) * 1000);
  const row = await readRow(transaction, asked, { now, counting, seenSince });
  const also = await readTelework(transaction, asked, policy, now);
  const { device, ...signIn } = await readSignInFacts(transaction, asked, { desktopId: row.desktop_id, now });
  const { accountEndsAt } = also;
  const handed = also.delegated.filter(({ id }) => id !== row.duty?.id && !row.other_duties.some((own) => own.id === id));
  const duty = row.duty ?? handed.find(({ id }) => id === asked.dutyId);
  const exception = duty?.zone === 'my-number' && policy ? await readException(transaction, asked, policy, now) : undefined;
  const level = await readLevel(transaction, asked.organisationId, now);
  const [desktop, poolId] = [desktopOf(row), row.pool_id ?? undefined];
  const seats = policy ? seatsOf(row, policy, asked.organisationName) : [];
  const newcomer = counting && row.before && row.mine === null && desktop !== undefined && row.desktop_id !== null && duty !== undefined && row.unit_id !== null
    ? { personId: asked.personId, unitId: row.unit_id, desktopId: row.desktop_id, poolId, desktop, duty, level, seats, ownSession: row.own_session, gives: row.for_other_duties } : undefined;
  const before = newcomer && policy && (await readBefore(transaction, newcomer, policy, { now, seenSince }));
  const facts: Facts = {
    policy,
    account: row.account === 'active' && !(accountEndsAt !== null && accountEndsAt <= now) ? 'active' : 'disabled',
    staff: row.staff,
    organisationName: asked.organisationName,
    entry: row.stopped ? 'stopped' : 'open',
    level,
    desktop,
    pool: poolOf(row, asked.poolId !== undefined),
    assigned: row.assigned,
    duty,
    otherDuties: [...row.other_duties, ...handed.filter(({ id }) => id !== asked.dutyId)],
    site: policy && siteOf(policy, asked),
    occupancy: { mine: row.mine !== null, others: row.others, residualOfAnother: row.residual_of_another },
    seats,
    ...(before && { before }),
    at: now,
    ...(exception && { exception }),
    ...signIn,
    ...(device && !relay && { device }),
    credentials: row.credentials === 'stored' ? 'stored' : credentialsGiven ? 'given' : 'missing',
    acknowledged: also.acknowledged,
    ...(asksForDays(policy) && { teleworkDays: also.worked }),
  };
  const { alive, desktop_id: desktopId, unit_id: unitId, mine, for_other_duties: forOtherDuties, overdue, waits } = row;
  const waitsFor = waits === null || row.waits_for === null ? undefined : { waitingId: waits, id: row.waits_for };
  return { facts, signInLives: alive, desktopId: desktopId ?? undefined, poolId, unitId: unitId ?? undefined, mine: mine ?? undefined, forOtherDuties, overdue, waitsFor, rightEndsAt: earliest(accountEndsAt, duty?.delegation?.endsAt) };
}

const earliest = (...times: readonly (Date | null | undefined)[]): Date | undefined => times.filter((time) => time instanceof Date).toSorted((one, other) => one.getTime() - other.getTime())[0];

type Row = {
  readonly alive: boolean;
  readonly account: string | null;
  readonly unit_id: string | null;
  readonly staff: boolean;
  readonly stopped: boolean;
  readonly credentials: 'stored' | 'ask' | null;
  readonly assigned: boolean;
  readonly duty: DutyFacts | null;
  readonly other_duties: readonly DutyFacts[];
  readonly mine: string | null;
  readonly for_other_duties: readonly string[];
  readonly others: number;
  readonly residual_of_another: boolean;
  readonly overdue: boolean;
  /** From the top: organisation, units. Null: the organisation has no such person. */
  readonly path: readonly string[] | null;
  readonly taken: readonly { readonly path: readonly string[]; readonly poolId: string | null; readonly weight: number }[];
  /** Anybody else waits. */
  readonly before: boolean;
  readonly own_session: boolean;
  readonly waits: string | null;
  readonly waits_for: string | null;
} & DesktopColumns &
  PoolColumns;

type DesktopColumns =
  | { readonly desktop_id: null }
  | { readonly desktop_id: string; readonly desktop_status: DesktopFacts['status']; readonly weight: number; readonly kind: DesktopFacts['kind']; readonly sessions: number };

type PoolColumns =
  | { readonly pool_id: null }
  | { readonly pool_id: string; readonly pool_status: PoolFacts['status']; readonly pool_log_in: PoolFacts['logIn']; readonly pool_clean_up: PoolFacts['cleanUp']; readonly pool_seats: number | null };

type Reading = { readonly now: Date; readonly counting: boolean; readonly seenSince: Date };

async function readRow(transaction: Transaction, { personId, signInId, organisationId, desktopId, poolId, dutyId }: Asked, { now, counting, seenSince }: Reading): Promise<Row> {
  const { rows } = await sql<Row>`
    select * from admission_facts(${personId}, ${signInId}, ${organisationId}, ${desktopId ?? null}, ${poolId ?? null}, ${dutyId}, ${counting}, ${now}, ${seenSince})`.execute(transaction);
  const [row] = rows;
  if (row === undefined) throw new Error('the facts of a request always have a row');
  return row;
}

/** Proved lately; or when the place was taken, and by whoever comes back to a session that it was granted for. */
async function readException(transaction: Transaction, { personId, signInId, dutyId }: Asked, { durations }: Policy, now: Date): Promise<ExceptionFacts | undefined> {
  const { rows } = await sql<ExceptionFacts>`
    select held.id,
      sign_in.method <> 'bypass' and (abs(extract(epoch from ${now}::timestamptz - sign_in.proved_at)) <= ${durations.freshFactor}
        or exists (select from lease where lease.exception_id = held.id and lease.person_id = ${personId} and lease.state <> 'ended')
        or exists (select from waiting where waiting.person_id = ${personId} and waiting.duty_id = ${dutyId} and waiting.ended_at is null
          and abs(extract(epoch from waiting.arrived_at - sign_in.proved_at)) <= ${durations.freshFactor})) as proved
    from exception_in_force(${personId}, ${dutyId}, ${now}) as held
    join sign_in on sign_in.id = ${signInId} and sign_in.person_id = ${personId}`.execute(transaction);
  return rows[0];
}

function desktopOf(row: DesktopColumns): DesktopFacts | undefined {
  if (row.desktop_id === null) return undefined;
  return { status: row.desktop_status, weight: row.weight, kind: row.kind, sessions: row.sessions };
}

function poolOf(row: PoolColumns, asked: boolean): PoolFacts | undefined {
  if (row.pool_id === null) return undefined;
  return { status: row.pool_status, logIn: row.pool_log_in, cleanUp: row.pool_clean_up, asked };
}

function seatsOf({ taken, path, ...row }: Row, { capacity }: Policy, organisationName: string): Facts['seats'] {
  const poolId = row.pool_id ?? undefined;
  const ledger = createLedger(capacity, new Map(row.pool_id !== null && row.pool_seats !== null ? [[row.pool_id, row.pool_seats]] : []));
  for (const { poolId, ...place } of taken) ledger.take({ ...place, poolId: poolId ?? undefined } satisfies Place);
  return ledger.countsFor({ path: path ?? [organisationName], poolId });
}
