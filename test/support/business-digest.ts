import { sql, type Database } from '../../broker/store/index.ts';

/** Of what was asked and by whom, rows that are there only to be locked, and what time alone has told: they grow with refused calls as well. */
const BOOKKEEPING = ['audit_record', 'audit_lane', 'audit_checkpoint', 'admission_decision', 'sign_in', 'half_sign_in', 'sign_in_throttle', 'failed_sign_in', 'gateway_process', 'seat_limit', 'duty_due'];

/** Columns that the gateway keeps up by itself, whoever calls: where a place in the queue stands, and the end of a drill. */
const KEPT_UP: Readonly<Record<string, readonly string[]>> = { waiting: ['due', 'counts_as', 'promised_at', 'reasons'], drill: ['ended_at', 'ended_because', 'result'] };

/**
 * Stands for everything that the product knows and that a call may change, so that two equal ones mean that nothing has.
 * `organisationId`: of that one's rows alone, in the tables that have organisations.
 */
export async function businessDigest(database: Database, organisationId?: string): Promise<string> {
  const tables = (await tablesOf(database)).filter(({ scoped }) => scoped || organisationId === undefined);
  const only = organisationId === undefined ? sql`` : sql`where t.organisation_id = ${organisationId}`;
  const digests = tables.map(
    ({ name }) => sql<string>`
      select ${sql.lit(name)} || ':' || count(*) || ':' || coalesce(md5(string_agg(md5(what), '' order by what)), '') as digest
      from (select ${KEPT_UP[name] === undefined ? sql`t::text` : sql`(to_jsonb(t) - ${sql.val(KEPT_UP[name])}::text[])::text`} as what from ${sql.table(name)} as t ${only}) as rows_of_table`,
  );
  const { rows } = await sql<{ digest: string }>`${sql.join(digests, sql` union all `)}`.execute(database);
  return rows.map(({ digest }) => digest).toSorted().join('\n');
}

async function tablesOf(database: Database): Promise<readonly { readonly name: string; readonly scoped: boolean }[]> {
  const { rows } = await sql<{ name: string; scoped: boolean }>`
    select table_name as name, bool_or(column_name = 'organisation_id') as scoped
    from information_schema.columns where table_schema = 'public' group by table_name`.execute(database);
  return rows.filter(({ name }) => !BOOKKEEPING.includes(name));
}
