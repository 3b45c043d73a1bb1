import { createCity, type City } from '../../support/city.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { refusalOf } from '../../support/identity.ts';
import { addOrganisation, addPerson } from '../../support/office.ts';

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

describe('people as an administrator sees them', () => {
  it('are added, changed, suspended and let in again, each on the trail in the name of the administrator', async () => {
    const { people, administrator, by, units, events } = city;
    const before = (await events()).length;
    const added = await people.add({ ...by(administrator), unitId: units.section, username: 'Seki.Mamoru', displayName: '関 守' });
    expect(added).toMatchObject({ username: 'seki.mamoru', displayName: '関 守', unitName: '総務課', status: 'active', signIn: 'none', roles: ['staff'], duties: [], desktops: 0, language: 'ja', desktopNames: [] });
    expect(added.grants).toEqual([expect.objectContaining({ role: 'staff', unitId: null, unitName: null, grantedBy: '関 守', grantedAt: expect.any(Date) })]);
    const changed = await people.change({ ...by(administrator), personId: added.id, displayName: '関 まもる', unitId: units.other });
    expect(changed).toMatchObject({ displayName: '関 まもる', unitName: '防災部', language: 'ja' });
    const invited = await people.invite({ ...by(administrator), personId: added.id });
    expect(invited.path).toMatch(/^\/welcome#[\w-]{43}$/);
    expect(await people.get({ person: administrator, personId: added.id })).toMatchObject({ signIn: 'invited' });
    expect(await people.disable({ ...by(administrator), personId: added.id })).toMatchObject({ status: 'disabled', signIn: 'none' });
    expect(await people.enable({ ...by(administrator), personId: added.id })).toMatchObject({ status: 'active' });
    await people.forgetFailures({ ...by(administrator), personId: added.id });

    const told = (await events()).slice(before);
    expect(told.map(({ event }) => event)).toEqual(['personAdded', 'roleGranted', 'personChanged', 'invitationIssued', 'personDisabled', 'personEnabled', 'failuresForgotten']);
    for (const record of told) expect(record).toMatchObject({ actor: { kind: 'person', personId: administrator.personId, signInId: administrator.signInId }, address: '10.0.4.9', fields: { personId: added.id } });
    expect(told[2]?.fields).toMatchObject({ displayName: '関 まもる', unitId: units.other });
    expect(told[2]?.fields).not.toHaveProperty('language');
  });

  it('that are changed to what they are stay off the trail', async () => {
    const { people, administrator, by, units, events } = city;
    const { id: personId } = await people.add({ ...by(administrator), unitId: units.section, username: 'same', displayName: '同 じ' });
    const before = (await events()).length;
    await people.change({ ...by(administrator), personId, displayName: '同 じ', unitId: units.section, language: 'ja' });
    await people.enable({ ...by(administrator), personId });
    expect(await events()).toHaveLength(before);
  });

  it('are not found in another organisation, whatever is asked', async () => {
    const { people, administrator, by, database } = city;
    const elsewhere = await addPerson(database, await addOrganisation(database));
    const { personId, unitId } = elsewhere;
    const calls = [
      () => people.get({ person: administrator, personId }),
      () => people.change({ ...by(administrator), personId, displayName: 'x' }),
      () => people.disable({ ...by(administrator), personId }),
      () => people.enable({ ...by(administrator), personId }),
      () => people.invite({ ...by(administrator), personId }),
      () => people.forgetFailures({ ...by(administrator), personId }),
      () => people.grantRole({ ...by(administrator), personId, role: 'staff', unitId: null }),
      () => people.add({ ...by(administrator), unitId, username: 'x', displayName: 'x' }),
      () => people.change({ ...by(administrator), personId: administrator.personId, unitId }),
      () => people.addUnit({ ...by(administrator), name: 'x', parentId: unitId }),
      () => people.get({ person: administrator, personId: 'nonsense' }),
    ];
    for (const call of calls) expect(await codeOf(call())).toBe('not-found');
  });

  it('are nobody\'s business without a role', async () => {
    const { people, by, units, holder, administrator } = city;
    const staff = await holder(['staff', 'unit-head', 'shelter-manager', 'activation-authority', 'security-officer']);
    const { personId } = administrator;
    const calls = [
      () => people.list({ person: staff }),
      () => people.get({ person: staff, personId }),
      () => people.add({ ...by(staff), unitId: units.section, username: 'x', displayName: 'x' }),
      () => people.change({ ...by(staff), personId, displayName: 'x' }),
      () => people.disable({ ...by(staff), personId }),
      () => people.enable({ ...by(staff), personId }),
      () => people.invite({ ...by(staff), personId }),
      () => people.forgetFailures({ ...by(staff), personId }),
      () => people.grantRole({ ...by(staff), personId, role: 'staff', unitId: null }),
      () => people.revokeRole({ ...by(staff), personId, grantId: personId }),
      () => people.addUnit({ ...by(staff), name: 'x' }),
      () => people.addDuty({ ...by(staff), name: 'x', class: 'P2', zone: 'lgwan', targetSeconds: null }),
      () => people.assignDuty({ ...by(staff), personId, dutyId: personId }),
      () => people.previewImport({ ...by(staff), kind: 'people', csv: '' }),
      () => people.applyImport({ ...by(staff), kind: 'desktops', csv: '', digest: '' }),
      () => people.exportRows({ ...by(staff), kind: 'people' }),
    ];
    for (const call of calls) expect(await codeOf(call())).toBe('forbidden');
  });

  it('are not changed by somebody whose right or sign-in ended meanwhile', async () => {
    const { people, administrator, by, database, holder, directory, units } = city;
    const { personId } = await holder(['staff']);
    const another = await holder(['system-admin']);
    const [grant] = await directory.listGrants({ personId: another.personId });
    await directory.revokeRole({ grantId: grant!.id });
    expect(await codeOf(people.change({ ...by(another), personId, displayName: 'x' }))).toBe('forbidden');
    await database.updateTable('sign_in').set({ ended_at: new Date(), ended_because: 'by-owner' }).where('id', '=', administrator.signInId).execute();
    expect(await codeOf(people.add({ ...by(administrator), unitId: units.section, username: 'x', displayName: 'x' }))).toBe('sign-in-required');
  });

  it('suspend neither themselves nor the last who administers', async () => {
    const { people, administrator, by, holder, directory } = city;
    const { personId } = administrator;
    expect(await codeOf(people.disable({ ...by(administrator), personId }))).toBe('forbidden');
    const second = await holder(['system-admin']);
    await people.disable({ ...by(second), personId });
    expect(await codeOf(directory.disablePerson(second.personId))).toBe('last-administrator');
    await directory.enablePerson(personId);
    await directory.disablePerson(second.personId);
  });

  it('of two administrators that suspend each other at once one stays', async () => {
    const { people, administrator, by, holder, database } = city;
    const second = await holder(['system-admin']);
    const outcomes = await Promise.allSettled([people.disable({ ...by(administrator), personId: second.personId }), people.disable({ ...by(second), personId: administrator.personId })]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const active = await database.selectFrom('person').where('id', 'in', [second.personId, administrator.personId]).where('status', '=', 'active').select('id').execute();
    expect(active).toHaveLength(1);
  });
});

describe('an administrator of one unit', () => {
  it('reaches the people of that unit and below, and moves them nowhere else', async () => {
    const { people, by, units, holder } = city;
    const local = await holder(['system-admin'], { unit: units.department, at: units.other });
    const inside = await holder(['staff'], { at: units.section });
    const outside = await holder(['staff'], { at: units.other });
    expect((await people.list({ person: local })).items.map(({ id }) => id)).toEqual([inside.personId]);
    expect((await people.units(local)).map(({ name }) => name)).toEqual(['総務部', '総務課']);
    expect(await people.change({ ...by(local), personId: inside.personId, unitId: units.department })).toMatchObject({ unitName: '総務部' });
    for (const call of [
      () => people.get({ person: local, personId: outside.personId }),
      () => people.change({ ...by(local), personId: inside.personId, unitId: units.other }),
      () => people.change({ ...by(local), personId: outside.personId, unitId: units.section }),
      () => people.disable({ ...by(local), personId: outside.personId }),
      () => people.invite({ ...by(local), personId: outside.personId }),
      () => people.add({ ...by(local), unitId: units.other, username: 'x', displayName: 'x' }),
      () => people.grantRole({ ...by(local), personId: inside.personId, role: 'unit-head', unitId: units.other }),
    ]) {
      expect(await codeOf(call())).toBe('not-found');
    }
  });

  it('gives nothing that reaches further, and gets at nobody whose roles do', async () => {
    const { people, by, units, holder } = city;
    const local = await holder(['system-admin'], { unit: units.department, at: units.other });
    const added = await people.add({ ...by(local), unitId: units.section, username: 'local', displayName: '局 所' });
    expect(added.grants).toEqual([expect.objectContaining({ role: 'staff', unitId: units.section })]);
    expect(await codeOf(people.grantRole({ ...by(local), personId: added.id, role: 'system-admin', unitId: null }))).toBe('forbidden');
    const above = await holder(['auditor'], { at: units.section });
    const elsewhere = await holder(['unit-head'], { at: units.section, unit: units.other });
    for (const { personId } of [above, elsewhere]) {
      expect(await codeOf(people.invite({ ...by(local), personId }))).toBe('forbidden');
      expect(await codeOf(people.disable({ ...by(local), personId }))).toBe('forbidden');
      expect(await codeOf(people.change({ ...by(local), personId, displayName: 'x' }))).toBe('forbidden');
    }
    expect(await codeOf(people.addUnit({ ...by(local), name: 'x', parentId: units.department }))).toBe('forbidden');
  });
});
