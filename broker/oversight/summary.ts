import type { EntryStop } from '../port.ts';
import { sql, type Connection } from '../store/index.ts';
import { readStopsInForce } from './entry-stops.ts';
import type { Scope } from './filter.ts';

type Summary = { readonly live: number; readonly parked: number; readonly people: number; readonly refusedLastHour: number; readonly stops: readonly EntryStop[] };

const HOUR = 3_600_000;

/** `live` are those that are not parked; `people` holds each once. */
export async function readSummary(connection: Connection, scope: Scope, { personId, now }: { personId: string; now: Date }): Promise<Summary> {
  const inScope = scope.units === 'all' ? sql`organisation_id = ${scope.organisationId}` : sql`organisation_id = ${scope.organisationId} and unit_id = any(${scope.units}::uuid[])`;
  const { rows } = await sql<Omit<Summary, 'stops'>>`
    select
      count(*) filter (where state <> 'parked')::integer as live, count(*) filter (where state = 'parked')::integer as parked, count(distinct person_id)::integer as people,
      (select count(*)::integer from admission_decision where ${inScope} and outcome <> 'admit' and at > ${new Date(now.getTime() - HOUR)}) as "refusedLastHour"
    from lease where ${inScope} and state <> 'ended'`.execute(connection);
  return { ...rows[0]!, stops: await readStopsInForce(connection, scope, personId) };
}
