import { randomBytes, randomUUID } from 'node:crypto';
import { createTrail, type Actor, type Trail } from '../../broker/audit/index.ts';
import { standsProof } from '../../broker/devices/index.ts';
import { createDesktopsAdmin, openCredentials } from '../../broker/desktops/index.ts';
import { randomIds, type Clock, type Log } from '../../broker/environment.ts';
import { createAskedCredentials, createEndLeasesOf, createLeases, createReview, createSweeper, type Carried } from '../../broker/leases/index.ts';
import type { Policy } from '../../broker/policy/index.ts';
import type { PriorityClass, RequestOrigin, Role, SignedIn, Site, Zone } from '../../broker/port.ts';
import { createSecretBox } from '../../broker/secret-box.ts';
import { sql, type Database } from '../../broker/store/index.ts';
import { createDistribution, createOutlooks, createPlaces } from '../../broker/waiting/index.ts';

export const SITES: readonly Site[] = ['home', 'evacuation-site', 'satellite-office', 'alternative-office', 'office', 'other'];
export const operator: Actor = { kind: 'operator' };
export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** An address that {@link testPolicy} takes for this site; undefined gives one that no network holds. */
export const addressAt = (site: Site | undefined): string => (site === undefined ? '192.0.2.1' : `10.0.${SITES.indexOf(site)}.9`);
/** A gateway's guacd, for claims of tests in which none is reached. */
export const guacds = [{ address: '127.0.0.1:4822', reachable: true }] as const;
export const originAt = (site: Site | undefined): RequestOrigin => ({ address: addressAt(site), userAgent: 'test' });

export { testPolicy } from './policy.ts';

/** A clock that stands until it is moved. */
export function standingClock(start = new Date('2026-04-01T00:00:00.000Z')): Clock & { advance(seconds: number): void } {
  let at = start.getTime();
  return { now: () => new Date(at), advance: (seconds) => (at += seconds * 1000) };
}

const secretBox = createSecretBox([randomBytes(32)]);

/** The part of the broker that admits and keeps leases, over a real database. */
export function createOffice({ database, clock, policy, trail, gatewayId = randomUUID() }: { database: Database; clock: Clock; policy: () => Policy | undefined; trail?: Trail; gatewayId?: string }) {
  const written = trail ?? createTrail({ clock, ids: randomIds });
  const endLeasesOf = createEndLeasesOf({ trail: written, clock });
  const asked = createAskedCredentials({ clock });
  const carried: Carried = new Map();
  const source = { current: () => Promise.resolve(policy()) };
  const leases = createLeases({
    database,
    trail: written,
    clock,
    ids: randomIds,
    policy: source,
    openCredentials: (desktopId, sealed) => openCredentials(secretBox, desktopId, sealed),
    asked,
    standsProof,
    endLeasesOf,
    carried,
    claiming: new Set(),
    unreleased: new Map(),
    gatewayId,
    log: silentLog,
  });
  const desktopsAdmin = createDesktopsAdmin({ database, trail: written, clock, ids: randomIds, secretBox, endLeasesOf });
  const sweeper = createSweeper({ database, trail: written, clock, policy: source });
  const review = createReview({ database, trail: written, clock, policy: source, endLeasesOf });
  const distribution = createDistribution({ database, trail: written, clock, ids: randomIds, policy: source });
  const waiting = createPlaces({ database, trail: written, clock, policy: source, outlooks: createOutlooks(database) });
  return { leases, waiting, distribution, desktopsAdmin, sweeper, review, endLeasesOf, asked, carried, secretBox, gatewayId, trail: written, ids: randomIds };
}

/** Says that a gateway process lives, as its heartbeat does. */
export async function beatOnce(database: Database, gatewayId: string): Promise<void> {
  await sql`insert into gateway_process values (${gatewayId}, clock_timestamp(), clock_timestamp()) on conflict (id) do update set seen_at = excluded.seen_at`.execute(database);
}

export async function addOrganisation(database: Database, at = new Date()): Promise<{ id: string; name: string; unitId: string }> {
  const [id, unitId] = [randomUUID(), randomUUID()];
  const name = `みほん市 ${id}`;
  await database.insertInto('organisation').values({ id, name, created_at: at }).execute();
  await database.insertInto('unit').values({ id: unitId, organisation_id: id, parent_id: null, name: '総務課', created_at: at }).execute();
  return { id, name, unitId };
}

type Organisation = Awaited<ReturnType<typeof addOrganisation>>;

/** A person with a live sign-in, in the organisation's unit, whose roles reach all of it. */
export async function addPerson(database: Database, organisation: Organisation, at = new Date(), roles: readonly Role[] = ['staff']): Promise<SignedIn> {
  const personId = randomUUID();
  const username = `p-${personId}`;
  await database
    .insertInto('person')
    .values({ id: personId, organisation_id: organisation.id, unit_id: organisation.unitId, username, display_name: '関 守', language: 'ja', status: 'active', password_hash: null, created_at: at })
    .execute();
  const granted = roles.map((role) => ({ id: randomUUID(), person_id: personId, organisation_id: organisation.id, unit_id: null, role, granted_by: null, granted_at: at }));
  if (granted.length > 0) await database.insertInto('role_grant').values(granted).execute();
  const grants = roles.map((role) => ({ role, organisationId: organisation.id, unitId: null, unitIds: [] }));
  const place = { organisationId: organisation.id, organisationName: organisation.name, unitId: organisation.unitId, unitName: '総務課' };
  return signInAgain(database, { personId, ...place, username, displayName: '関 守', language: 'ja', grants, roles: [...roles], duties: [] }, at);
}

/** A further sign-in of the same person, as from another browser. */
export async function signInAgain(database: Database, person: Omit<SignedIn, 'signInId' | 'since' | 'expiresAt' | 'idleSeconds' | 'warnSeconds' | 'provedAt' | 'method'>, at = new Date()): Promise<SignedIn> {
  const signInId = randomUUID();
  const expiresAt = new Date(at.getTime() + 43_200_000);
  await database
    .insertInto('sign_in')
    .values({ id: signInId, person_id: person.personId, half_sign_in_id: randomUUID(), token_hash: randomBytes(32), at, last_seen_at: at, proved_at: at, method: 'password-totp', expires_at: expiresAt, previous_id: null, address: '10.0.4.9', user_agent: 'test', ended_at: null, ended_because: null })
    .execute();
  return { ...person, signInId, since: at, expiresAt, idleSeconds: 3_600, warnSeconds: 300, provedAt: at, method: 'password-totp' };
}

export async function addDuty(database: Database, organisation: Organisation, zone: Zone = 'internet', priorityClass: PriorityClass = 'P5'): Promise<string> {
  const id = randomUUID();
  await database.insertInto('duty').values({ id, organisation_id: organisation.id, name: `業務 ${id}`, priority_class: priorityClass, zone, created_at: new Date() }).execute();
  return id;
}

export async function giveDuty(database: Database, person: SignedIn, dutyId: string): Promise<void> {
  await database.insertInto('duty_assignment').values({ organisation_id: person.organisationId, person_id: person.personId, duty_id: dutyId, assigned_at: new Date() }).execute();
}

let lastPort = 0;
type TestDesktop = { weight?: number; ask?: boolean; to?: readonly SignedIn[]; poolId?: string; /** Several people at once. */ sessions?: number };
/** A VNC desktop at an address of its own, where nothing listens; an RDP one where several people may be on it at once. */
export async function addDesktop(office: Pick<ReturnType<typeof createOffice>, 'desktopsAdmin'>, organisation: Organisation, { weight = 1, ask = false, to = [], poolId, sessions }: TestDesktop = {}): Promise<string> {
  lastPort += 1;
  const place = { organisationId: organisation.id, name: `机 ${randomUUID()}`, host: `d${lastPort}-${randomUUID()}.test`, port: 5900, weight, ...(poolId !== undefined && { poolId }) };
  const kind = sessions === undefined ? ({ protocol: 'vnc', credentials: ask ? 'ask' : {} } as const) : ({ protocol: 'rdp', credentials: 'ask', kind: 'multi-session', sessions } as const);
  const { id } = await office.desktopsAdmin.add({ ...place, ...kind }, operator);
  for (const { personId } of to) await office.desktopsAdmin.assign({ organisationId: organisation.id, desktopId: id, personId }, operator);
  return id;
}

type TestPool = { logIn?: 'personal' | 'shared'; cleanUp?: 'none' | 'proved'; seats?: number | null; toAll?: boolean; to?: readonly SignedIn[] };
/** A pool of personal log-ins unless said otherwise; `toAll`: everybody of the organisation's unit may use it. */
export async function addPool({ desktopsAdmin }: Pick<ReturnType<typeof createOffice>, 'desktopsAdmin'>, organisation: Organisation, { logIn = 'personal', cleanUp = 'none', seats = null, toAll = false, to = [] }: TestPool = {}): Promise<string> {
  const poolId = await desktopsAdmin.addPool(organisation.id, { name: `プール ${randomUUID()}`, logIn, cleanUp, seats }, operator);
  const of = { organisationId: organisation.id, poolId };
  if (toAll) await desktopsAdmin.assignPool(of, { unitId: organisation.unitId }, operator);
  for (const { personId } of to) await desktopsAdmin.assignPool(of, { personId }, operator);
  return poolId;
}

export async function eventsOf(database: Database): Promise<{ code: string; event: string; fields: Record<string, unknown> }[]> {
  const rows = await database.selectFrom('audit_record').select('body').orderBy('at').orderBy('lane').orderBy('sequence').execute();
  return rows.map(({ body }) => JSON.parse(body.toString('utf8')) as { code: string; event: string; fields: Record<string, unknown> });
}
