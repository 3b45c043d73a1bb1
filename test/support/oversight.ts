import { randomUUID } from 'node:crypto';
import { createTrail } from '../../broker/audit/index.ts';
import { randomIds } from '../../broker/environment.ts';
import { createOversight } from '../../broker/oversight/index.ts';
import type { Policy } from '../../broker/policy/index.ts';
import type { RelayEnd, Role, SessionFilter, SignedIn, Site } from '../../broker/port.ts';
import { createTelework } from '../../broker/telework/index.ts';
import type { TestDatabase } from './database.ts';
import { refusalOf } from './identity.ts';
import { addDesktop, addDuty, addOrganisation, addPerson, beatOnce, createOffice, eventsOf, giveDuty, guacds, originAt, standingClock, testPolicy } from './office.ts';

export type Watched = Awaited<ReturnType<typeof watchedOffice>>;

/** An organisation with two units, one below the other, whose sessions are looked at. */
export async function watchedOffice(test: TestDatabase, { policy = testPolicy() }: { policy?: Policy } = {}) {
  const { database } = test;
  const clock = standingClock(new Date('2026-11-24T00:00:00.000Z'));
  const office = createOffice({ database, clock, policy: () => policy });
  await beatOnce(database, office.gatewayId);
  const organisation = await addOrganisation(database, clock.now());
  const unitId = randomUUID();
  await database.insertInto('unit').values({ id: unitId, organisation_id: organisation.id, parent_id: organisation.unitId, name: '防災課', created_at: clock.now() }).execute();
  const below = { ...organisation, unitId };
  const dutyId = await addDuty(database, organisation);
  const deps = { database, clock, ids: randomIds, trail: createTrail({ clock, ids: randomIds }), policy: { current: () => Promise.resolve(policy) }, endLeasesOf: office.endLeasesOf };

  /** Somebody with the duty and a desktop. */
  const staff = async (where: typeof organisation = organisation) => {
    const person = await addPerson(database, where, clock.now());
    await giveDuty(database, person, dutyId);
    return { person, desktopId: await addDesktop(office, organisation, { to: [person] }) };
  };
  /** Somebody with roles that reach this unit and what is below it, or the whole organisation. */
  const holder = async (roles: readonly Role[], unit: string | null = null): Promise<SignedIn> => {
    const person = await addPerson(database, organisation, clock.now(), []);
    // Several together may be none that the database lets one person hold.
    if (roles.length === 1) await database.insertInto('role_grant').values({ id: randomUUID(), person_id: person.personId, organisation_id: organisation.id, role: roles[0]!, unit_id: unit, granted_by: null, granted_at: clock.now() }).execute();
    const unitIds = unit === null ? [] : unit === organisation.unitId ? [organisation.unitId, unitId] : [unit];
    return { ...person, roles, grants: roles.map((role) => ({ role, organisationId: organisation.id, unitId: unit, unitIds })) };
  };
  const ask = (at: Site | undefined, { person, desktopId }: Awaited<ReturnType<typeof staff>>) => office.leases.request({ person, desktopId, dutyId, origin: originAt(at) });
  const request = (who: Awaited<ReturnType<typeof staff>>) => ask('office', who);
  /** From an address that no network holds, so that it is refused. */
  const requestFromNowhere = (who: Awaited<ReturnType<typeof staff>>) => ask(undefined, who);
  const claim = (person: SignedIn, leaseId: string) => office.leases.claim({ person, leaseId, origin: originAt('office'), guacds });
  const carry = async (who: Awaited<ReturnType<typeof staff>>) => {
    const lease = await request(who);
    const claimed = await claim(who.person, lease.id);
    await office.leases.connected(claimed);
    return { lease, claimed };
  };
  const events = async (name: string) => (await eventsOf(database)).filter(({ event, fields }) => event === name && fields !== undefined);
  return { ...office, ...deps, oversight: createOversight(deps), telework: createTelework(deps), organisation, below, dutyId, staff, holder, request, requestFromNowhere, claim, carry, events };
}

export const relayEnd = (cause: RelayEnd['cause'], refused: RelayEnd['refused'] = {}): RelayEnd => ({ cause, status: 0, connectedSeconds: 3, bytesToBrowser: 10, bytesFromBrowser: 20, refused });

/** One session that goes on, one that ended, one refused request; of the unit, the unit below, the unit. */
export async function busyOffice(test: TestDatabase) {
  const office = await watchedOffice(test);
  const [one, two, three] = [await office.staff(), await office.staff(office.below), await office.staff()];
  const live = await office.carry(one);
  office.clock.advance(60);
  const past = await office.carry(two);
  await office.leases.released(past.claimed, relayEnd('desktop-ended', { 'client:clipboard': { count: 2, bytes: 40 }, 'server:file': { count: 1, bytes: 9 } }));
  office.clock.advance(60);
  await refusalOf(office.requestFromNowhere(three));
  const officer = await office.holder(['security-officer']);
  const list = async (filter: SessionFilter = {}, person = officer) => (await office.oversight.sessions({ person, origin: originAt('office'), filter })).items;
  return { ...office, one, two, three, live: live.lease, past: past.lease, officer, list };
}
