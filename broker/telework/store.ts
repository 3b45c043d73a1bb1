import type { LiftedRule, MarkKind } from '../port.ts';
import { sql, type Connection, type Transaction } from '../store/index.ts';
import type { Mark, Shown } from './blocks.ts';
import { daysAfter } from './japan-time.ts';

/** Of one person at a time, until the transaction ends: marks are made one after another. Waits for no row, and no row's holder waits for it unless it marks too. */
export async function holdMarks(transaction: Transaction, personId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`telework ${personId}`}, 0))`.execute(transaction);
}

/** The person's marks from the latest start on, in the order in which they were made. */
export function marksSinceStart(connection: Connection, personId: string): Promise<Mark[]> {
  const latest = connection.selectFrom('telework_mark').where('person_id', '=', personId).where('kind', '=', 'start').orderBy('at', 'desc').orderBy('number', 'desc').limit(1);
  return connection
    .selectFrom('telework_mark')
    .where('person_id', '=', personId)
    .where('at', '>=', latest.select('at'))
    .where('number', '>=', latest.select('number'))
    .select(['kind', 'at', 'source', 'unit_id as unitId'])
    .orderBy('at')
    .orderBy('number')
    .execute();
}

/** Never earlier than the person's mark before it, whichever process's clock it was made by. Call {@link holdMarks} first. */
export async function insertMark(transaction: Transaction, { organisationId, personId, kind, at, leaseId }: NewMark): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into telework_mark (id, organisation_id, person_id, unit_id, kind, at, source, lease_id)
    select gen_random_uuid(), ${organisationId}, ${personId}, (select unit_id from person where id = ${personId}), ${kind},
      greatest(${at}::timestamptz, (select max(at) from telework_mark where person_id = ${personId})), ${leaseId === undefined ? 'person' : 'derived'}, ${leaseId ?? null}
    returning id`.execute(transaction);
  return rows[0]!.id;
}

export type NewMark = { readonly organisationId: string; readonly personId: string; readonly kind: MarkKind; readonly at: Date; /** The session it is derived from. */ readonly leaseId?: string };

/** Marks of people by person, in the order in which they were made. `from` is included, `to` is not. */
export async function marksOf(connection: Connection, personIds: readonly string[], { from, to }: Range): Promise<ReadonlyMap<string, Mark[]>> {
  const rows = await connection
    .selectFrom('telework_mark')
    .where('person_id', '=', sql<string>`any(${personIds}::uuid[])`)
    .where('at', '>=', from)
    .where('at', '<', to)
    .select(['person_id as personId', 'kind', 'at', 'source', 'unit_id as unitId'])
    .orderBy('at')
    .orderBy('number')
    .execute();
  return grouped(rows.map(({ personId, ...mark }) => [personId, mark]));
}

export type Range = { readonly from: Date; readonly to: Date };

/**
 * When the screens of sessions were shown, by person, as the trail tells it: from a first picture, or the taking back of a
 * session by a gateway that was thought dead, to the parking or the end.
 */
export async function shownTo(connection: Connection, personIds: readonly string[], { from, to }: Range): Promise<ReadonlyMap<string, Shown[]>> {
  // A lease lasts a day at most.
  const { rows } = await sql<{ personId: string; leaseId: string; unitId: string; lifted: LiftedRule[]; shown: boolean; at: Date }>`
    select lease.person_id as "personId", lease.id as "leaseId", lease.unit_id as "unitId", lease.lifted, record.code in ('SKA-4003', 'SKA-4004') as shown, record.at
    from lease
    join audit_record as record on record.lease_id = lease.id and record.organisation_id = lease.organisation_id
    where lease.person_id = any(${personIds}::uuid[]) and lease.granted_at >= ${daysAfter(from, -1)} and lease.granted_at < ${to}
      and (record.code in ('SKA-4004', 'SKA-4005', 'SKA-4006') or (record.code = 'SKA-4003' and starts_with(convert_from(record.body, 'UTF8'), '{"actor":{"kind":"system"')))
    order by lease.id, record.at, record.lane, record.sequence`.execute(connection);
  const shown: [string, Shown][] = [];
  let open: { leaseId: string; personId: string; unitId: string; lifted: readonly LiftedRule[]; from: Date } | undefined;
  const close = (at: Date | undefined) => {
    if (open !== undefined) shown.push([open.personId, { from: open.from, to: at, unitId: open.unitId, ...(open.lifted.length > 0 && { lifted: open.lifted }) }]);
    open = undefined;
  };
  for (const row of rows) {
    if (open !== undefined && open.leaseId !== row.leaseId) close(undefined);
    if (!row.shown) close(row.at);
    else open ??= { leaseId: row.leaseId, personId: row.personId, unitId: row.unitId, lifted: row.lifted, from: row.at };
  }
  close(undefined);
  return grouped(shown);
}

function grouped<Item>(pairs: readonly (readonly [string, Item])[]): ReadonlyMap<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const [key, item] of pairs) {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
