import { may, type Reach } from '../authorization/index.ts';
import { countedOf, countedPage, rowsFrom } from '../paging/by-count.ts';
import { Refusal, type Device, type DeviceState, type OwnDevice, type Page, type SignedIn } from '../port.ts';
import { sql, type Connection } from '../store/index.ts';

/** Newest first; what was ended long ago is left out. */
export async function readOwn(connection: Connection, person: SignedIn, now: Date): Promise<readonly OwnDevice[]> {
  const rows = await select(connection, person.signInId, sql`device.person_id = ${person.personId} and (ended.ended_at is null or ended.ended_at > ${new Date(now.getTime() - 90 * 86_400_000)}) order by device.asked_at desc, device.id`);
  return rows.map((row) => ({ ...deviceOf(row, now), current: row.current }));
}

/** Those that wait first, then the newest. The cursor counts those before. @throws Refusal `request-invalid` */
export async function readDevices(connection: Connection, person: SignedIn, { reach: { units }, waiting, now, cursor, limit }: { reach: Reach; waiting: boolean; now: Date; cursor?: string | undefined; limit?: number | undefined }): Promise<Page<Device>> {
  const page = countedOf({ cursor, limit });
  const open = sql`approved.device_id is null and ended.device_id is null`;
  const rows = await select(
    connection,
    person.signInId,
    sql`device.organisation_id = ${person.organisationId} and ${units === 'all' ? sql`true` : sql`person.unit_id = any(${units}::uuid[])`} and ${waiting ? open : sql`true`}
      order by (${open}) desc, device.asked_at desc, device.id ${rowsFrom(page)}`,
  );
  return countedPage(rows, page, (row) => administered(row, person, now));
}

/** @throws Refusal `not-found` */
export async function readDevice(connection: Connection, person: SignedIn, id: string, now: Date): Promise<Device> {
  const [row] = await select(connection, person.signInId, sql`device.organisation_id = ${person.organisationId} and device.id::text = ${id.toLowerCase()}`);
  if (row === undefined) throw new Refusal('not-found');
  return administered(row, person, now);
}

async function select(connection: Connection, signInId: string, conditions: ReturnType<typeof sql>): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select device.id, device.name, device.user_agent, device.asked_at, device.person_id, person.display_name as person_name, person.unit_id, unit.name as unit_name,
      approved.approved_at, approved.until, approved.approved_by, approver.display_name as approver_name,
      ended.ended_at, ended.reason as end_reason, ended.ended_by, ender.display_name as ender_name,
      (select max(proved_at) from sign_in_device where device_id = device.id) as last_proved_at,
      exists (select from sign_in_device where device_id = device.id and sign_in_id = ${signInId}) as current,
      (select count(*)::integer from lease where lease.device_id = device.id and lease.state <> 'ended') as sessions
    from device
    join person on person.id = device.person_id
    join unit on unit.id = person.unit_id
    left join device_approval as approved on approved.device_id = device.id
    left join person as approver on approver.id = approved.approved_by
    left join device_end as ended on ended.device_id = device.id
    left join person as ender on ender.id = ended.ended_by
    where ${conditions}`.execute(connection);
  return rows;
}

type Row = {
  id: string;
  name: string;
  user_agent: string;
  asked_at: Date;
  person_id: string;
  person_name: string;
  unit_id: string;
  unit_name: string;
  approved_at: Date | null;
  until: Date | null;
  approved_by: string | null;
  approver_name: string | null;
  ended_at: Date | null;
  end_reason: string | null;
  ended_by: string | null;
  ender_name: string | null;
  last_proved_at: Date | null;
  current: boolean;
  sessions: number;
};

function deviceOf(row: Row, now: Date): Omit<OwnDevice, 'current'> {
  return {
    id: row.id,
    name: row.name,
    state: stateOf(row, now),
    userAgent: row.user_agent,
    askedAt: row.asked_at,
    ...(row.approved_at !== null && row.until !== null && { approvedAt: row.approved_at, until: row.until }),
    ...(row.ended_at !== null && { endedAt: row.ended_at, endReason: row.end_reason ?? '' }),
    ...(row.last_proved_at !== null && { lastProvedAt: row.last_proved_at }),
  };
}

function administered(row: Row, person: SignedIn, now: Date): Device {
  const device = deviceOf(row, now);
  const target = { organisationId: person.organisationId, unitId: row.unit_id };
  return {
    ...device,
    person: { id: row.person_id, displayName: row.person_name, unitName: row.unit_name },
    ...(row.approved_by !== null && { approvedBy: { id: row.approved_by, displayName: row.approver_name ?? '' } }),
    ...(row.ended_by !== null && { endedBy: { id: row.ended_by, displayName: row.ender_name ?? '' } }),
    sessions: row.sessions,
    may: {
      approve: device.state === 'waiting' && row.person_id !== person.personId && may(person, 'devices.approve', target),
      end: (device.state === 'waiting' || device.state === 'registered') && may(person, 'devices.end', target),
    },
  };
}

function stateOf({ ended_at: endedAt, until }: Row, now: Date): DeviceState {
  if (endedAt !== null) return 'ended';
  if (until === null) return 'waiting';
  return until > now ? 'registered' : 'over';
}
