import { randomBytes, randomUUID } from 'node:crypto';
import type { Role } from '../../broker/port.ts';
import { addDesktop } from './add-desktop.ts';
import type { TestGateway } from './gateway.ts';
import type { HttpClient } from './http-client.ts';
import type { Person } from './people.ts';

/** Every role there is. */
export const ROLES: readonly Role[] = ['staff', 'unit-head', 'shelter-manager', 'bcp-admin', 'activation-authority', 'security-officer', 'auditor', 'system-admin'];

/** What an address or a body may name. */
export type Kind = 'person' | 'colleague' | 'delegation' | 'unit' | 'duty' | 'desktop' | 'pool' | 'grant' | 'residual' | 'lease' | 'waiting' | 'sign-in' | 'entry-stop' | 'proposal' | 'drill' | 'order' | 'deputyship' | 'exception' | 'authenticator' | 'passkey' | 'notice' | 'bypass' | 'voucher' | 'device';
export type Ids = Readonly<Record<Kind, string>>;

export type TownHall = {
  readonly organisationId: string;
  readonly name: string;
  /** One person a role, who holds nothing but that. */
  readonly people: Readonly<Record<Role, Person>>;
  readonly clients: Readonly<Record<Role, HttpClient>>;
  /** A member of the staff to whom everything belongs that {@link ids} name. */
  readonly subject: Person;
  readonly ids: Ids;
  /** A unit that nobody is in, beside that of everybody. */
  readonly otherUnitId: string;
};

/** An organisation with somebody of every role, signed in, and one of everything that can be named. */
export async function addTownHall(gateway: TestGateway): Promise<TownHall> {
  const subject = await gateway.addPerson();
  const { organisationId } = subject;
  const people = await forEachRole((role) => gateway.addPerson({ roles: [role], colleagueOf: subject }));
  const clients = await forEachRole((role) => gateway.signedIn(people[role]));
  const { id: otherUnitId } = await gateway.broker.directory.addUnit({ organisationId, name: '防災課' });
  const [{ name }] = (await gateway.database.selectFrom('organisation').select('name').where('id', '=', organisationId).execute()) as [{ name: string }];
  const ids = await addOneOfEach(gateway, subject, people, otherUnitId);
  return { organisationId, name, people, clients, subject, ids, otherUnitId };
}

export async function forEachRole<Value>(make: (role: Role) => Promise<Value>): Promise<Record<Role, Value>> {
  const made: Partial<Record<Role, Value>> = {};
  for (const role of ROLES) made[role] = await make(role);
  return made as Record<Role, Value>;
}

/** An order that is in force, with somebody in it who stands in, another one that is proposed, and an exception that waits. */
async function addSuccession(gateway: TestGateway, subject: Person, people: Record<Role, Person>, { now, later }: { now: Date; later: Date }): Promise<Pick<Ids, 'order' | 'deputyship' | 'exception'>> {
  const { database } = gateway;
  const { organisationId: organisation_id, unitId: unit_id } = subject;
  const [order, inForce, deputyship, exception, duty] = [randomUUID(), randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const deputy = await gateway.addPerson({ roles: ['staff'], colleagueOf: subject });
  const [asker, authority] = [people['bcp-admin'].id, people['activation-authority'].id];
  const proposed = { organisation_id, people: [deputy.id], reason: '見直し', proposed_by: asker, proposed_at: now, closes_at: later };
  await database.insertInto('succession_order').values([{ id: order, ...proposed }, { id: inForce, ...proposed }]).execute();
  await database.updateTable('succession_order').set({ approved_by: authority, approved_at: now, number: 1 }).where('id', '=', inForce).execute();
  await database.insertInto('deputyship').values({ id: deputyship, organisation_id, deputy_id: deputy.id, how: 'handed-over', begun_by: authority, absent: [authority], reason: '出張', begins_at: now, until: later }).execute();
  await database.insertInto('duty').values({ id: duty, organisation_id, name: `住民基本台帳 ${duty}`, priority_class: 'P1', zone: 'my-number', target_seconds: null, created_at: now }).execute();
  await database.insertInto('duty_assignment').values({ duty_id: duty, person_id: subject.id, organisation_id, assigned_at: now }).execute();
  await database
    .insertInto('zone_exception')
    .values({ id: exception, organisation_id, person_id: subject.id, unit_id, duty_id: duty, seconds: 3_600, reason: '証明書の発行', asked_by: asker, asked_at: now, closes_at: later })
    .execute();
  return { order, deputyship, exception };
}

/** What proves who the subject is, and something that they were told. */
async function addFactors({ database }: TestGateway, { id: person_id }: Person, now: Date): Promise<Pick<Ids, 'authenticator' | 'passkey' | 'notice'>> {
  const [passkey, notice] = [randomUUID(), randomUUID()];
  const { id: authenticator } = await database.selectFrom('authenticator').select('id').where('person_id', '=', person_id).executeTakeFirstOrThrow();
  await database.insertInto('passkey').values({ id: passkey, person_id, credential_id: passkey, public_key: Buffer.alloc(77), counter: 0, transports: [], name: '鍵', synced: false, created_at: now, last_used_at: null, stopped_at: null }).execute();
  await database.insertInto('security_notice').values({ id: notice, person_id, kind: 'passkey-added', first_at: now, at: now, count: 1, address: '192.0.2.1', user_agent: 'test', sign_in_id: null, read_at: null }).execute();
  return { authenticator, passkey, notice };
}

async function addOneOfEach(gateway: TestGateway, subject: Person, people: Record<Role, Person>, otherUnitId: string): Promise<Ids> {
  const { broker, database, signedIn } = gateway;
  const { organisationId: organisation_id, id: person_id, unitId: unit_id, dutyId } = subject;
  const client = await signedIn(subject);
  const now = new Date();
  // Late enough that no clock warns of it meanwhile.
  const later = new Date(now.getTime() + 48 * 3_600_000);
  const desktop = await addDesktop(broker, subject);
  const granted = await client.call('POST', '/api/leases', { json: { desktopId: desktop, dutyId } });
  if (granted.status !== 201) throw new Error(`no lease: ${granted.status} ${granted.text}`);
  const lease = granted.json<{ id: string }>().id;
  // However long the calls take, nobody's lease runs out meanwhile.
  await database.updateTable('lease').set({ unused_until: later }).where('id', '=', lease).execute();
  const [pool, residual, stop, proposal] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  await database.insertInto('pool').values({ id: pool, organisation_id, name: '共用', status: 'active', log_in: 'personal', clean_up: 'none', seats: null, created_at: now }).execute();
  await database.insertInto('residual_session').values({ id: residual, organisation_id, desktop_id: desktop, person_id, lease_id: lease, exclusive: true, began_at: now, ended_at: null, ended_because: null }).execute();
  await database.insertInto('entry_stop').values({ id: stop, organisation_id, unit_id: otherUnitId, reason: '訓練', stopped_by: people['security-officer'].id, stopped_at: now }).execute();
  await database
    .insertInto('level_proposal')
    .values({ id: proposal, organisation_id, level: '2', event: 'earthquake', onset: now, reason: '地震', until: later, proposed_by: people['bcp-admin'].id, proposed_at: now, closes_at: later, withdrawn_at: null })
    .execute();
  const grant = await database.selectFrom('role_grant').select('id').where('person_id', '=', person_id).executeTakeFirstOrThrow();
  const signIn = await database.selectFrom('sign_in').select('id').where('person_id', '=', person_id).executeTakeFirstOrThrow();
  const waiting = randomUUID();
  await database
    .insertInto('waiting')
    .values({ id: waiting, organisation_id, person_id, unit_id, desktop_id: null, pool_id: pool, duty_id: dutyId, sign_in_id: signIn.id, site: 'home', address: '192.0.2.1', weight: 1, change_duty: false, arrived_at: now, after_lease_id: null, seen_at: later, due: true, counts_as: 5, promised_at: null, reasons: ['pool-exhausted'], policy_version: '', lease_id: null, ended_at: null, ended_because: null })
    .execute();
  const { digest } = await database.selectFrom('policy_version').select('digest').executeTakeFirstOrThrow();
  const drill = randomUUID();
  await database
    .insertInto('drill')
    .values({ id: drill, organisation_id, name: '訓練', event: 'storm', level: '2', seats: 40, pace: 1, turnout: 0, asks_within: 1, seed: 1, roster: '[]', policy_version: digest, started_by: people['bcp-admin'].id, started_at: now, ends_at: new Date(now.getTime() + 8 * 3_600_000), ended_at: null, ended_because: null, result: null })
    .execute();
  // Somebody of the staff who does not hold the subject's duty, and one who was handed it.
  const [colleague, delegation] = [randomUUID(), randomUUID()];
  await database.insertInto('person').values({ id: colleague, organisation_id, unit_id, username: `c-${colleague}`, display_name: '職員 次郎', language: 'ja', status: 'active', password_hash: null, created_at: now }).execute();
  await database.insertInto('role_grant').values({ id: randomUUID(), person_id: colleague, organisation_id, unit_id: null, role: 'staff', granted_by: null, granted_at: now }).execute();
  await database
    .insertInto('delegation')
    .values({ id: delegation, organisation_id, duty_id: dutyId, delegator_id: person_id, delegate_id: people.staff.id, made_by: person_id, reason: '出張', made_at: now, begins_at: now, ends_at: later, ended_at: null, ended_because: null, ended_by: null })
    .execute();
  const factors = await addFactors(gateway, subject, now);
  const succession = await addSuccession(gateway, subject, people, { now, later });
  const bypass = randomUUID();
  const issuer = people['bcp-admin'].id;
  const issuedIn = await database.selectFrom('sign_in').select('id').where('person_id', '=', issuer).executeTakeFirstOrThrow();
  await database
    .insertInto('bypass')
    .values({ id: bypass, organisation_id, person_id, unit_id, shelter: '第一小学校体育館', voucher_id: people['shelter-manager'].id, reached_by: '防災無線', reason: '携帯電話がない', issued_by: issuer, issued_in: issuedIn.id, issued_at: now, closes_at: new Date(now.getTime() + 20 * 3_600_000) })
    .execute();
  const device = randomUUID();
  await database.insertInto('device').values({ id: device, organisation_id, person_id, name: '自宅のパソコン', public_key: Buffer.concat([Buffer.of(4), randomBytes(64)]), user_agent: '', asked_in: signIn.id, asked_at: now }).execute();
  return { ...succession, ...factors, device, bypass, voucher: people['shelter-manager'].id, drill, colleague, delegation, waiting, person: person_id, unit: unit_id, duty: dutyId, desktop, pool, grant: grant.id, residual, lease, 'sign-in': signIn.id, 'entry-stop': stop, proposal };
}
