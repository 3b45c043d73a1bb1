import { randomUUID } from 'node:crypto';
import { createTrail } from '../../broker/audit/index.ts';
import { randomIds } from '../../broker/environment.ts';
import { createDirectory, createPasswords, requireFreshFactor, SIGN_IN_POLICY } from '../../broker/identity/index.ts';
import { readGrants } from '../../broker/identity/signed-in.ts';
import { createPeople, createTermUpkeep } from '../../broker/people/index.ts';
import type { RequestOrigin, Role, SignedIn } from '../../broker/port.ts';
import type { Database } from '../../broker/store/index.ts';
import { cheapHashing } from './identity.ts';
import { addOrganisation, addPerson, createOffice, silentLog, standingClock, testPolicy } from './office.ts';

export type City = Awaited<ReturnType<typeof createCity>>;

/** Ends at most 90 days ahead, warned of 14 and 3 days before. */
const LOANED = { longest: 90 * 86_400, warnBefore: [14 * 86_400, 3 * 86_400] };

/** An organisation with the units 総務部, 総務部/総務課 and 防災部, and those who administer it. */
export async function createCity({ database, clock = standingClock() }: { database: Database; clock?: ReturnType<typeof standingClock> }) {
  const office = createOffice({ database, clock, policy: () => testPolicy() });
  const trail = createTrail({ clock, ids: randomIds });
  const { secretBox, endLeasesOf } = office;
  const deps = { database, trail, clock, ids: randomIds, secretBox, endLeasesOf, policy: SIGN_IN_POLICY, passwords: createPasswords({ policy: SIGN_IN_POLICY, algorithm: cheapHashing }) };
  const rules = { current: () => Promise.resolve(testPolicy({ loanedStaff: LOANED })) };
  const termUpkeep = createTermUpkeep({ ...deps, policy: rules, log: silentLog });
  const people = createPeople({ ...deps, rules, requireFreshFactor: async (person) => requireFreshFactor(person, undefined, clock) });
  const directory = createDirectory({ ...deps, actor: { kind: 'operator' } });

  const place = await addOrganisation(database, clock.now());
  const organisation = { ...place, unitId: (await directory.addUnit({ organisationId: place.id, name: '総務部' })).id };
  const section = await directory.addUnit({ organisationId: place.id, parentId: organisation.unitId, name: '総務課' });
  const other = await directory.addUnit({ organisationId: place.id, name: '防災部' });
  const units = { department: organisation.unitId, section: section.id, other: other.id, first: place.unitId };

  /** Somebody signed in, with these roles for a unit and below or for the whole organisation. */
  const holder = async (roles: readonly Role[], { unit = null, at = units.section }: { unit?: string | null; at?: string } = {}): Promise<SignedIn> => {
    const person = await addPerson(database, { ...place, unitId: at }, clock.now(), []);
    const granted = roles.map((role) => ({ id: randomUUID(), person_id: person.personId, organisation_id: place.id, unit_id: unit, role, granted_by: null, granted_at: clock.now() }));
    if (granted.length > 0) await database.insertInto('role_grant').values(granted).execute();
    return { ...person, roles, grants: await readGrants(database, person.personId) };
  };
  const administrator = await holder(['system-admin'], { at: units.other });
  const planner = await holder(['bcp-admin'], { at: units.other });

  return { ...deps, office, people, termUpkeep, clock, directory, organisation: place, units, holder, administrator, planner, by: (person: SignedIn) => ({ person, origin }), events: () => eventsOfOrganisation(database, place.id) };
}

export const origin: RequestOrigin = { address: '10.0.4.9', userAgent: 'test' };

async function eventsOfOrganisation(database: Database, organisationId: string) {
  const rows = await database.selectFrom('audit_record').where('organisation_id', '=', organisationId).select('body').orderBy('at').orderBy('lane').orderBy('sequence').execute();
  return rows.map(({ body }) => JSON.parse(body.toString()) as { code: string; event: string; address?: string; actor: Record<string, string>; fields: Record<string, unknown> });
}
