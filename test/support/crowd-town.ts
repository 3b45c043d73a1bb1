import { randomUUID } from 'node:crypto';
import type { Policy } from '../../broker/policy/index.ts';
import type { PriorityClass, SignedIn } from '../../broker/port.ts';
import { sql, type Database } from '../../broker/store/index.ts';
import type { Member } from './crowd.ts';
import { addOrganisation, testPolicy } from './office.ts';
import { testCapacity } from './policy.ts';

const CLASSES: readonly PriorityClass[] = ['P0', 'P1', 'P2', 'P3', 'P4', 'P5'];
const UNITS = ['福祉部', '税務部', '防災部', '総務部'];

/** A town whose people all have an exclusive desktop of their own and a duty of some class, spread over four departments. Made in bulk. */
export async function crowdTown(database: Database, size: number): Promise<{ organisation: { id: string; name: string }; members: Member[] }> {
  const now = new Date();
  const organisation = await addOrganisation(database, now);
  const units = UNITS.map((name) => ({ id: randomUUID(), organisation_id: organisation.id, parent_id: null, name, created_at: now }));
  await database.insertInto('unit').values(units).execute();
  const duties = CLASSES.map((name) => ({ id: randomUUID(), organisation_id: organisation.id, name: `業務 ${name}`, priority_class: name, zone: 'internet' as const, created_at: now }));
  await database.insertInto('duty').values(duties).execute();
  const expiresAt = new Date(now.getTime() + 43_200_000);
  const members = Array.from({ length: size }, (_, number): Member => {
    const unit = units[number % units.length]!;
    const grants = [{ role: 'staff' as const, organisationId: organisation.id, unitId: null, unitIds: [] }];
    const person: SignedIn = {
      signInId: randomUUID(),
      personId: randomUUID(),
      organisationId: organisation.id,
      organisationName: organisation.name,
      username: `c-${number}-${randomUUID()}`,
      displayName: '関 守',
      unitId: unit.id,
      unitName: unit.name,
      language: 'ja',
      grants,
      roles: ['staff'],
      duties: [],
      since: now,
      expiresAt,
      idleSeconds: 3_600,
      warnSeconds: 300,
      provedAt: now,
      method: 'password-totp',
    };
    return { person, dutyId: duties[(number * 7) % duties.length]!.id, desktopId: randomUUID() };
  });
  const column = <Value>(of: (member: Member, number: number) => Value) => members.map(of);
  await sql`
    insert into person (id, organisation_id, unit_id, username, display_name, language, status, created_at)
    select id, ${organisation.id}, unit_id, username, '関 守', 'ja', 'active', ${now}
    from unnest(${column(({ person }) => person.personId)}::uuid[], ${column(({ person }) => person.unitId)}::uuid[], ${column(({ person }) => person.username)}::text[]) as made (id, unit_id, username)`.execute(database);
  await sql`
    insert into role_grant (id, person_id, organisation_id, role, granted_at)
    select gen_random_uuid(), id, ${organisation.id}, 'staff', ${now} from unnest(${column(({ person }) => person.personId)}::uuid[]) as made (id)`.execute(database);
  await sql`
    insert into sign_in (id, person_id, half_sign_in_id, token_hash, at, last_seen_at, proved_at, expires_at, address, user_agent)
    select id, person_id, gen_random_uuid(), sha256(id::text::bytea), ${now}, ${now}, ${now}, ${expiresAt}, '10.0.4.9', 'test'
    from unnest(${column(({ person }) => person.signInId)}::uuid[], ${column(({ person }) => person.personId)}::uuid[]) as made (id, person_id)`.execute(database);
  await sql`
    insert into duty_assignment (organisation_id, person_id, duty_id, assigned_at)
    select ${organisation.id}, person_id, duty_id, ${now} from unnest(${column(({ person }) => person.personId)}::uuid[], ${column(({ dutyId }) => dutyId)}::uuid[]) as made (person_id, duty_id)`.execute(database);
  await sql`
    insert into desktop (id, organisation_id, name, protocol, host, port, status, weight, credentials, sealed_credentials, parameters, created_at)
    select id, ${organisation.id}, '机 ' || id, 'vnc', 'd-' || id || '.test', 5900, 'active', 1, 'ask', null, '{}', ${now} from unnest(${column(({ desktopId }) => desktopId)}::uuid[]) as made (id)`.execute(database);
  await sql`
    insert into desktop_assignment (organisation_id, desktop_id, person_id, assigned_at)
    select ${organisation.id}, desktop_id, person_id, ${now} from unnest(${column(({ desktopId }) => desktopId)}::uuid[], ${column(({ person }) => person.personId)}::uuid[]) as made (desktop_id, person_id)`.execute(database);
  return { organisation, members };
}

/** These have been at work for an hour, however busy the machine is. */
export async function sitDown(database: Database, members: readonly Member[]): Promise<void> {
  await sql`
    insert into lease (id, organisation_id, person_id, unit_id, desktop_id, duty_id, sign_in_id, site, address, weight, policy_version, state, granted_at, expires_at, unused_until)
    select gen_random_uuid(), person.organisation_id, person.id, person.unit_id, made.desktop_id, made.duty_id, made.sign_in_id, 'office', '10.0.4.9', 1, '', 'granted', now() - interval '1 hour', now() + interval '8 hours', now() + interval '8 hours'
    from unnest(${members.map(({ person }) => person.personId)}::uuid[], ${members.map(({ desktopId }) => desktopId)}::uuid[], ${members.map(({ dutyId }) => dutyId)}::uuid[], ${members.map(({ person }) => person.signInId)}::uuid[]) as made (person_id, desktop_id, duty_id, sign_in_id)
    join person on person.id = made.person_id`.execute(database);
}

/** Seats that run short at once, and durations of seconds, so that everything happens within a test. */
export function crowdPolicy(name: string, total: number): Policy {
  const { levels, durations } = testPolicy();
  const share = (unit: string, floor: number) => ({ path: [name, unit], floor, most: undefined });
  return testPolicy({
    capacity: testCapacity({ total, reserve: Math.ceil(total / 30), shares: [share('福祉部', Math.floor(total / 5)), share('防災部', Math.floor(total / 10))] }),
    levels: { ...levels, '0': { ...levels['0'], preempting: ['P0', 'P1', 'P2'], grace: 1 } },
    durations: { ...durations, lease: 60, unused: 2, parking: 1, tenure: 1, sitDown: 2, absentAfter: 20, placeKept: 60, ageing: 3 },
  });
}
