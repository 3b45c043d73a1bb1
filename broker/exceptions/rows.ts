import { asOf, may } from '../authorization/index.ts';
import { countedOf, countedPage, rowsFrom } from '../paging/by-count.ts';
import type { Page, SignedIn, ZoneException } from '../port.ts';
import { sql, type Connection } from '../store/index.ts';

export type Asked = {
  /** Units whose people may be seen. */
  readonly units: 'all' | readonly string[];
  readonly open: boolean;
  readonly now: Date;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
};

/** Newest first. The cursor counts those before. @throws Refusal `request-invalid` */
export async function readExceptions(connection: Connection, person: SignedIn, { units, open, now, cursor, limit }: Asked): Promise<Page<ZoneException>> {
  const page = countedOf({ cursor, limit });
  const conditions = sql`
    ${units === 'all' ? sql`true` : sql`asked.unit_id = any(${units}::uuid[])`}
    and ${open ? sql`ended.exception_id is null and ((agreed.until is null and asked.closes_at > ${now}) or agreed.until > ${now})` : sql`true`}`;
  const rows = await select(connection, person.organisationId, sql`${conditions} order by asked.asked_at desc, asked.id ${rowsFrom(page)}`);
  return countedPage(rows, page, (row) => exceptionOf(row, person, now));
}

export async function readException(connection: Connection, person: SignedIn, { id, now }: { id: string; now: Date }): Promise<ZoneException | undefined> {
  const [row] = await select(connection, person.organisationId, sql`asked.id::text = ${id.toLowerCase()}`);
  return row && exceptionOf(row, person, now);
}

async function select(connection: Connection, organisationId: string, conditions: ReturnType<typeof sql>): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select asked.id, asked.person_id, person.display_name as person_name, asked.unit_id, unit.name as unit_name, asked.duty_id, duty.name as duty_name, asked.seconds, asked.reason,
      asked.asked_by, asker.display_name as asker_name, asked.asked_at, asked.closes_at,
      agreed.agreed_by, agreer.display_name as agreer_name, agreed.agreed_at, agreed.as_deputy is not null as as_deputy, agreed.until,
      ended.ended_by, ender.display_name as ender_name, ended.ended_at, ended.reason as end_reason,
      (select count(*)::integer from lease where lease.exception_id = asked.id and lease.state <> 'ended') as sessions
    from zone_exception as asked
    join person on person.id = asked.person_id
    join unit on unit.id = asked.unit_id
    join duty on duty.id = asked.duty_id
    join person as asker on asker.id = asked.asked_by
    left join zone_exception_agreement as agreed on agreed.exception_id = asked.id
    left join person as agreer on agreer.id = agreed.agreed_by
    left join zone_exception_end as ended on ended.exception_id = asked.id
    left join person as ender on ender.id = ended.ended_by
    where asked.organisation_id = ${organisationId} and ${conditions}`.execute(connection);
  return rows;
}

type Row = {
  id: string;
  person_id: string;
  person_name: string;
  unit_id: string;
  unit_name: string;
  duty_id: string;
  duty_name: string;
  seconds: number;
  reason: string;
  asked_by: string;
  asker_name: string;
  asked_at: Date;
  closes_at: Date;
  agreed_by: string | null;
  agreer_name: string | null;
  agreed_at: Date | null;
  as_deputy: boolean;
  until: Date | null;
  ended_by: string | null;
  ender_name: string | null;
  ended_at: Date | null;
  end_reason: string | null;
  sessions: number;
};

function exceptionOf(row: Row, person: SignedIn, now: Date): ZoneException {
  const state = stateOf(row, now);
  const open = state === 'waiting' || state === 'holds';
  const holder = asOf(person, now);
  return {
    id: row.id,
    state,
    person: { id: row.person_id, displayName: row.person_name, unitName: row.unit_name },
    duty: { id: row.duty_id, name: row.duty_name },
    seconds: row.seconds,
    reason: row.reason,
    askedBy: { id: row.asked_by, displayName: row.asker_name },
    askedAt: row.asked_at,
    closesAt: row.closes_at,
    ...(row.agreed_by !== null && row.agreed_at !== null && row.until !== null && { agreedBy: { id: row.agreed_by, displayName: row.agreer_name ?? '' }, agreedAt: row.agreed_at, asDeputy: row.as_deputy, until: row.until }),
    ...(row.ended_by !== null && row.ended_at !== null && { endedBy: { id: row.ended_by, displayName: row.ender_name ?? '' }, endedAt: row.ended_at, endReason: row.end_reason ?? '' }),
    sessions: row.sessions,
    may: {
      agree: state === 'waiting' && may(holder, 'exceptions.agree') && row.asked_by !== person.personId && row.person_id !== person.personId,
      end: open && may(person, 'exceptions.end', { organisationId: person.organisationId, unitId: row.unit_id }),
    },
  };
}

function stateOf({ ended_at: endedAt, until, closes_at: closesAt }: Row, now: Date): ZoneException['state'] {
  if (endedAt !== null) return 'ended';
  if (until !== null) return until > now ? 'holds' : 'over';
  return closesAt > now ? 'waiting' : 'lapsed';
}
