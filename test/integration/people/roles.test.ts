import { createCity, type City } from '../../support/city.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { refusalOf } from '../../support/identity.ts';
import { addDesktop, addDuty, giveDuty, originAt } from '../../support/office.ts';

let test: TestDatabase;
let city: City;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());
beforeEach(async () => {
  city = await createCity({ database: test.database });
});

const codeOf = async (call: Promise<unknown>) => (await refusalOf(call)).code;

describe('roles', () => {
  it('are granted for the organisation or a unit and taken again, on the trail', async () => {
    const { people, administrator, by, holder, units, events } = city;
    const { personId } = await holder([]);
    await people.grantRole({ ...by(administrator), personId, role: 'security-officer', unitId: null });
    const held = await people.grantRole({ ...by(administrator), personId, role: 'unit-head', unitId: units.department });
    expect(held.roles).toEqual(['security-officer', 'unit-head']);
    expect(held.grants).toEqual([
      expect.objectContaining({ role: 'security-officer', unitId: null, unitName: null, grantedBy: '関 守' }),
      expect.objectContaining({ role: 'unit-head', unitId: units.department, unitName: '総務部' }),
    ]);
    const left = await people.revokeRole({ ...by(administrator), personId, grantId: held.grants[0]!.id });
    expect(left.roles).toEqual(['unit-head']);
    const told = (await events()).filter(({ fields }) => fields['personId'] === personId).map(({ event, fields }) => [event, fields['role'], fields['unitId']]);
    expect(told).toEqual([['roleGranted', 'security-officer', undefined], ['roleGranted', 'unit-head', units.department], ['roleRevoked', 'security-officer', undefined]]);
  });

  it('granted again, or taken again, change nothing', async () => {
    const { people, administrator, by, holder, units, events } = city;
    const { personId } = await holder([]);
    const { grants } = await people.grantRole({ ...by(administrator), personId, role: 'staff', unitId: units.section });
    const before = (await events()).length;
    expect((await people.grantRole({ ...by(administrator), personId, role: 'staff', unitId: units.section })).grants).toEqual(grants);
    expect(await events()).toHaveLength(before);
    await people.revokeRole({ ...by(administrator), personId, grantId: grants[0]!.id });
    expect(await codeOf(people.revokeRole({ ...by(administrator), personId, grantId: grants[0]!.id }))).toBe('not-found');
  });

  it('that exclude each other, and roles to oneself, are refused', async () => {
    const { people, administrator, by, holder, units } = city;
    const { personId } = await holder(['auditor'], { unit: units.section });
    expect(await codeOf(people.grantRole({ ...by(administrator), personId, role: 'system-admin', unitId: null }))).toBe('roles-incompatible');
    expect(await codeOf(people.grantRole({ ...by(administrator), personId: administrator.personId, role: 'staff', unitId: null }))).toBe('forbidden');
  });

  it('ask for a second factor proved lately', async () => {
    const { people, administrator, by, holder, clock, directory } = city;
    const { personId } = await holder(['staff']);
    clock.advance(301);
    const [grant] = await directory.listGrants({ personId });
    expect(await codeOf(people.grantRole({ ...by(administrator), personId, role: 'auditor', unitId: null }))).toBe('step-up-required');
    expect(await codeOf(people.revokeRole({ ...by(administrator), personId, grantId: grant!.id }))).toBe('step-up-required');
  });

  it('of another person are not taken under this one\'s name', async () => {
    const { people, administrator, by, holder, directory } = city;
    const [one, other] = [await holder(['staff']), await holder(['staff'])];
    const [grant] = await directory.listGrants({ personId: other.personId });
    expect(await codeOf(people.revokeRole({ ...by(administrator), personId: one.personId, grantId: grant!.id }))).toBe('not-found');
  });

  it('leave the organisation somebody who administers it, even when two are taken at once', async () => {
    const { people, administrator, by, holder, directory, database } = city;
    const second = await holder(['system-admin']);
    const grantOf = async (personId: string) => (await directory.listGrants({ personId }))[0]!.id;
    const [first, other] = [await grantOf(administrator.personId), await grantOf(second.personId)];
    const outcomes = await Promise.allSettled([
      people.revokeRole({ ...by(administrator), personId: second.personId, grantId: other }),
      people.revokeRole({ ...by(second), personId: administrator.personId, grantId: first }),
    ]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const left = await database.selectFrom('role_grant').where('organisation_id', '=', city.organisation.id).where('role', '=', 'system-admin').select('person_id').execute();
    expect(left).toHaveLength(1);
    const last = left[0]!.person_id;
    expect(await codeOf(directory.revokeRole({ grantId: last === administrator.personId ? first : other }))).toBe('last-administrator');
  });

  it('one for a unit is nobody who administers the organisation', async () => {
    const { directory, administrator, holder, units } = city;
    await holder(['system-admin'], { unit: units.department });
    const [grant] = await directory.listGrants({ personId: administrator.personId });
    expect(await codeOf(directory.revokeRole({ grantId: grant!.id }))).toBe('last-administrator');
  });

  it('of staff take the sessions along when the last is gone', async () => {
    const { people, administrator, by, holder, directory, database, office, organisation, units } = city;
    const person = await holder(['staff']);
    await directory.grantRole({ personId: person.personId, role: 'staff', unitId: units.section });
    const dutyId = await addDuty(database, { ...organisation, unitId: units.section });
    await giveDuty(database, person, dutyId);
    const desktopId = await addDesktop(office, { ...organisation, unitId: units.section }, { to: [person] });
    const { id } = await office.leases.request({ person, desktopId, dutyId, origin: originAt('office') });
    const state = async () => (await database.selectFrom('lease').where('id', '=', id).select(['state', 'ended_because as because']).executeTakeFirstOrThrow());
    const [whole, narrow] = await directory.listGrants({ personId: person.personId });
    await people.revokeRole({ ...by(administrator), personId: person.personId, grantId: whole!.id });
    expect((await state()).state).toBe('granted');
    await people.revokeRole({ ...by(administrator), personId: person.personId, grantId: narrow!.id });
    expect(await state()).toEqual({ state: 'ended', because: 'role-not-held' });
  });
});
