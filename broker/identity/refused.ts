import { inTransaction, sql, type Database, type Transaction } from '../store/index.ts';
import type { SignInTables } from '../store/schema/sign-ins.ts';
import { events, type AuditEvent, type Trail } from '../audit/index.ts';
import type { Place } from './origin.ts';

export type RefusedTry = {
  readonly id: string;
  readonly personId: string | null;
  readonly outcome: SignInTables['failed_sign_in']['outcome'];
  readonly place: Place;
  readonly at: Date;
  /** True when the same transaction puts it on the audit trail; otherwise {@link tellRefused} does, in sum. */
  readonly told: boolean;
};

/** Counts a refused try. The same work whether or not the account exists. */
export async function countRefused(transaction: Transaction, { id, personId, outcome, place, at, told }: RefusedTry): Promise<void> {
  await sql`
    insert into failed_sign_in as known (id, person_id, network, minute, outcome, at, address, user_agent, count, told)
    values (${id}, ${personId}, ${place.network}, date_trunc('minute', ${at}::timestamptz), ${outcome}, ${at}, ${place.address}, ${place.userAgent}, 1, ${told ? 1 : 0})
    on conflict (person_id, network, minute, outcome) do update set count = known.count + 1, told = known.told + excluded.told`.execute(transaction);
}

/** More than a minute, so that a gateway whose clock is a little behind is still waited for. */
const MINUTE_IS_OVER = 90_000;
/** Rows of a transaction; many more than one group has. */
const AT_ONCE = 2000;

/**
 * Puts tries that were only counted so far on the audit trail: of nobody's account one event an address and minute, when
 * the minute is over; of somebody's account one event each time this is called. Any number of processes may call it.
 */
export async function tellRefused({ database, trail, now }: { database: Database; trail: Trail; now: Date }): Promise<void> {
  await inTransaction(database, async (transaction) => {
    const over = new Date(now.getTime() - MINUTE_IS_OVER);
    const found = await transaction
      .selectFrom('failed_sign_in as f')
      .leftJoin('person', 'person.id', 'f.person_id')
      .select(['f.id', 'f.person_id', 'person.organisation_id', 'f.network', 'f.minute', 'f.outcome', 'f.address', 'f.user_agent', 'f.count', 'f.told'])
      .whereRef('f.told', '<', 'f.count')
      .where((is) => is.or([is('f.person_id', 'is not', null), is('f.minute', '<', over)]))
      .orderBy('f.minute')
      .orderBy('f.network')
      .orderBy('f.person_id')
      .limit(AT_ONCE)
      .forUpdate('f')
      .execute();
    const rows = found.length < AT_ONCE ? found : found.filter((row) => groupOf(row) !== groupOf(found.at(-1)!));
    if (rows.length === 0) return;

    await sql`update failed_sign_in set told = told.count from (select unnest(${rows.map((row) => row.id)}::uuid[]) as id, unnest(${rows.map((row) => row.count)}::int[]) as count) as told
      where failed_sign_in.id = told.id`.execute(transaction);
    await trail.append(transaction, ...summarise(rows));
  });
}

/** Nobody's tries serve for nothing once they are told; people can look back on theirs for a while. */
export async function clearRefused(transaction: Transaction, now: Date): Promise<void> {
  const day = 24 * 60 * 60_000;
  await transaction.deleteFrom('failed_sign_in').where('person_id', 'is', null).whereRef('told', '=', 'count').where('minute', '<', new Date(now.getTime() - day)).execute();
  await transaction.deleteFrom('failed_sign_in').whereRef('told', '=', 'count').where('minute', '<', new Date(now.getTime() - 400 * day)).execute();
}

type Counted = Pick<SignInTables['failed_sign_in'], 'person_id' | 'network' | 'minute' | 'outcome' | 'address' | 'user_agent' | 'count' | 'told'> & {
  organisation_id: string | null;
};

function groupOf(row: Pick<Counted, 'person_id' | 'network' | 'minute'>): string {
  return [row.person_id, row.network, row.minute.getTime()].join(' ');
}

function summarise(rows: readonly Counted[]): AuditEvent[] {
  const groups = Map.groupBy(rows, groupOf);
  return [...groups.values()].map((group) => {
    const news = group.map((row) => ({ ...row, count: row.count - row.told })).sort((a, b) => b.count - a.count);
    const [most] = news as [Counted, ...Counted[]];
    return events.signInRefused({
      actor: { kind: 'person' },
      address: most.address,
      organisationId: most.organisation_id ?? undefined,
      why: most.outcome,
      count: news.reduce((sum, row) => sum + row.count, 0),
      byWhy: Object.fromEntries(news.map((row) => [row.outcome, row.count])),
      account: most.person_id ?? undefined,
      userAgent: most.user_agent,
    });
  });
}
