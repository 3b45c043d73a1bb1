import { Refusal, type SessionListed, type Timeline, type TimelineEvent } from '../port.ts';
import { sql, type Connection } from '../store/index.ts';
import type { Scope } from './filter.ts';
import { findSession } from './list.ts';

/** The newest of one session, and so many of its beginning: a relay that is asked for again and again must not make it endless. */
const MOST_EVENTS = 2_000;
const FIRST_EVENTS = 200;
/** What anybody can bring about as often as they like (relayRefused, unknownOpcode) is counted apart, so that it drives nothing else out. */
const NOISE = ['SKA-4101', 'SKA-4103'];

/**
 * A session, or a request that let nobody in, with the records of the trail about it in order of time: those that name
 * the lease, the sign-ins that it was used from, and the decision. `mayEnd` is left to the caller, who knows who asks.
 * @throws Refusal `not-found` where there is none in the scope
 */
export async function readTimeline(connection: Connection, scope: Scope, sessionId: string): Promise<Omit<Timeline, 'mayEnd'>> {
  const session = await findSession(connection, scope, sessionId);
  if (session === undefined) throw new Refusal('not-found');
  const events = await eventsOf(connection, scope.organisationId, session);
  if (session.kind === 'request') {
    const { policyVersion } = await connection.selectFrom('admission_decision').where('id', '=', sessionId).select('policy_version as policyVersion').executeTakeFirstOrThrow();
    return { session, policyVersion, events };
  }
  const lease = await connection.selectFrom('lease').where('id', '=', sessionId).select(['policy_version as policyVersion', 'expires_at as expiresAt']).executeTakeFirstOrThrow();
  return { session, ...lease, events };
}

/**
 * A record that names no organisation was written before anybody was known, or by the gateway of what the desktop itself
 * sent. One that names another organisation is none of this one's, whatever lease it names.
 */
async function eventsOf(connection: Connection, organisationId: string, { id, kind, person }: SessionListed): Promise<readonly TimelineEvent[]> {
  const about =
    kind === 'session'
      ? sql`
        select record.* from audit_record as record where record.lease_id = ${id} and (record.organisation_id = ${organisationId} or record.organisation_id is null)
        union
        select record.* from audit_record as record
        where record.code = 'SKA-2003' and record.organisation_id = ${organisationId} and record.sign_in_id in (
          select sign_in.id from sign_in where sign_in.person_id = ${person.id} and sign_in.id in (
            select lease.sign_in_id from lease where lease.id = ${id}
            union select named.sign_in_id from audit_record as named where named.lease_id = ${id} and named.organisation_id = ${organisationId}))`
      : sql`
        select record.* from admission_decision as decision join audit_record as record on record.sign_in_id = decision.sign_in_id
        where decision.id = ${id} and record.organisation_id = ${organisationId}
          and (record.code = 'SKA-2003' or (record.code = 'SKA-4001' and convert_from(record.body, 'UTF8')::jsonb #>> '{fields,decisionId}' = ${id}))`;
  const { rows } = await sql<Row>`
    select about.id, about.at, about.code, about.lane, about.sequence, about.body, person.display_name as "displayName"
    from (
      select *, row_number() over (partition by code = any(${NOISE}) order by at, lane, sequence) as first, row_number() over (partition by code = any(${NOISE}) order by at desc, lane desc, sequence desc) as last
      from (${about}) as found
    ) as about
    left join person on person.organisation_id = ${organisationId} and person.id::text = convert_from(about.body, 'UTF8')::jsonb #>> '{actor,personId}'
    where about.last <= ${MOST_EVENTS} or (about.first <= ${FIRST_EVENTS} and about.code <> all(${NOISE}))
    order by about.at, about.lane, about.sequence`.execute(connection);
  return rows.map(eventOf);
}

type Row = { id: string; at: Date; code: string; lane: number; sequence: number; body: Buffer; displayName: string | null };
type Body = { readonly event: string; readonly actor: { readonly kind: TimelineEvent['actor']['kind'] }; readonly fields: TimelineEvent['fields'] };

function eventOf({ id, at, code, lane, sequence, body, displayName }: Row): TimelineEvent {
  const { event, actor, fields } = JSON.parse(body.toString('utf8')) as Body;
  return { id, at, code, event, actor: { kind: actor.kind, ...(displayName !== null && { displayName }) }, fields, lane, sequence };
}
