import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { home, identityOver, PASSWORD, refusalOf } from '../../support/identity.ts';

let server: TestDatabase;
let test: TestDatabase;
beforeAll(async () => {
  server = await startTestDatabase();
});
afterAll(() => server.close());
beforeEach(async () => {
  test = await server.another();
});
afterEach(() => test.close());

const NOT_THERE = '00000000-0000-4000-8000-000000000000';

async function city() {
  const identity = identityOver(test.database);
  const organisation = await identity.directory.addOrganisation({ name: ' 青葉市 ' });
  const unit = await identity.directory.addUnit({ organisationId: organisation.id, name: '総務部' });
  return { ...identity, organisation, unit };
}

describe('the directory', () => {
  it('lists what was added, with names trimmed, and puts each addition on the trail in the name of its actor', async () => {
    const { directory, organisation, unit, events } = await city();
    const section = await directory.addUnit({ organisationId: organisation.id, parentId: unit.id, name: '防災係' });
    const duty = await directory.addDuty({ organisationId: organisation.id, name: '住民票', class: 'P2', zone: 'lgwan' });
    const person = await directory.addPerson({ organisationId: organisation.id, unitId: section.id, username: 'Hanako', displayName: '山田 花子', roles: ['staff', 'unit-head'] });
    await directory.assignDuty({ personId: person.id, dutyId: duty.id });

    expect(await directory.listOrganisations()).toEqual([{ id: organisation.id, name: '青葉市' }]);
    expect(await directory.listUnits({ organisationId: organisation.id })).toEqual(
      expect.arrayContaining([
        { id: unit.id, organisationId: organisation.id, parentId: null, name: '総務部' },
        { id: section.id, organisationId: organisation.id, parentId: unit.id, name: '防災係' },
      ]),
    );
    expect(await directory.listDuties()).toEqual([{ id: duty.id, organisationId: organisation.id, name: '住民票', class: 'P2', zone: 'lgwan', targetSeconds: null, status: 'active' }]);
    const view = {
      id: person.id,
      organisationId: organisation.id,
      organisationName: '青葉市',
      unitId: section.id,
      unitName: '防災係',
      username: 'hanako',
      displayName: '山田 花子',
      language: 'ja',
      status: 'active',
      roles: ['staff', 'unit-head'],
      hasPassword: false,
      hasAuthenticator: false,
    };
    expect(await directory.listPeople()).toEqual([view]);
    expect(await directory.listPeople({ organisationId: NOT_THERE })).toEqual([]);
    expect(await directory.findPerson({ username: ' HANAKO ' })).toEqual(view);
    expect(await directory.findPerson({ username: 'nobody' })).toBeUndefined();
    const told = await events();
    expect(told.map(({ event }) => event).sort()).toEqual(['dutyAdded', 'dutyAssigned', 'organisationAdded', 'personAdded', 'roleGranted', 'roleGranted', 'unitAdded', 'unitAdded']);
    for (const record of told) expect(record).toMatchObject({ actor: { kind: 'operator' }, organisationId: organisation.id });
  });

  it('refuses a name that is taken, and adds nothing', async () => {
    const { directory, organisation, unit, events } = await city();
    await directory.addPerson({ organisationId: organisation.id, unitId: unit.id, username: 'hanako', displayName: '花子' });
    await directory.addDuty({ organisationId: organisation.id, name: '住民票', class: 'P2', zone: 'lgwan' });
    const before = (await events()).length;
    const calls = [
      () => directory.addOrganisation({ name: '青葉市' }),
      () => directory.addUnit({ organisationId: organisation.id, name: '総務部' }),
      () => directory.addPerson({ organisationId: organisation.id, unitId: unit.id, username: 'HANAKO', displayName: '別人' }),
      () => directory.addPersonWithCredentials({ organisationId: organisation.id, unitId: unit.id, username: 'hanako', displayName: '別人', password: PASSWORD, totpSecret: 'x' }),
      () => directory.addDuty({ organisationId: organisation.id, name: '住民票', class: 'P0', zone: 'internet' }),
    ];
    for (const call of calls) expect((await refusalOf(call())).code).toBe('conflict');
    expect(await events()).toHaveLength(before);
  });

  it('does not find what is not there or belongs to another organisation', async () => {
    const { directory, organisation, unit } = await city();
    const town = await directory.addOrganisation({ name: '隣町' });
    const duty = await directory.addDuty({ organisationId: town.id, name: '税', class: 'P3', zone: 'lgwan' });
    const person = await directory.addPerson({ organisationId: organisation.id, unitId: unit.id, username: 'hanako', displayName: '花子' });
    const calls = [
      () => directory.addUnit({ organisationId: NOT_THERE, name: 'x' }),
      () => directory.addUnit({ organisationId: town.id, parentId: unit.id, name: 'x' }),
      () => directory.addUnit({ organisationId: 'nonsense', name: 'x' }),
      () => directory.addPerson({ organisationId: town.id, unitId: unit.id, username: 'x', displayName: 'x' }),
      () => directory.assignDuty({ personId: person.id, dutyId: duty.id }),
      () => directory.assignDuty({ personId: NOT_THERE, dutyId: duty.id }),
      () => directory.unassignDuty({ personId: NOT_THERE, dutyId: duty.id }),
      () => directory.disablePerson(NOT_THERE),
      () => directory.enablePerson('\u0000'),
      () => directory.grantRole({ personId: NOT_THERE, role: 'staff' }),
      () => directory.issueInvitation(NOT_THERE),
      () => directory.forgetFailures(NOT_THERE),
    ];
    for (const call of calls) expect((await refusalOf(call())).code).toBe('not-found');
  });

  it('names the field that cannot be taken', async () => {
    const { directory, organisation, unit } = await city();
    const person = { organisationId: organisation.id, unitId: unit.id, username: 'hanako', displayName: '花子' };
    const paths = [];
    for (const call of [
      () => directory.addOrganisation({ name: ' ' }),
      () => directory.addPerson({ ...person, username: 'a b' }),
      () => directory.addPerson({ ...person, displayName: 'x'.repeat(201) }),
      () => directory.addPersonWithCredentials({ ...person, password: 'short', totpSecret: 'x' }),
    ]) {
      paths.push((await refusalOf(call())).details.fields?.[0]?.path);
    }
    expect(paths).toEqual(['name', 'username', 'displayName', 'password']);
  });

  it('changes nothing, and tells nothing, when asked for the same again', async () => {
    const identity = await city();
    const { directory, organisation } = identity;
    const person = await identity.newPerson();
    const duty = await directory.addDuty({ organisationId: person.organisationId, name: '税', class: 'P3', zone: 'lgwan' });
    const { token } = await identity.signIn(person);
    for (let n = 0; n < 2; n += 1) {
      await directory.assignDuty({ personId: person.id, dutyId: duty.id });
      await directory.grantRole({ personId: person.id, role: 'auditor' });
    }
    expect((await identity.signIns.resolve(token)).duties).toHaveLength(1);
    for (let n = 0; n < 2; n += 1) await directory.unassignDuty({ personId: person.id, dutyId: duty.id });
    expect((await identity.signIns.resolve(token)).duties).toHaveLength(0);
    for (let n = 0; n < 2; n += 1) await directory.disablePerson(person.id);
    for (let n = 0; n < 2; n += 1) await directory.enablePerson(person.id);
    const told = (await identity.events()).filter(({ organisationId }) => organisationId !== organisation.id).map(({ event }) => event);
    for (const event of ['dutyAssigned', 'dutyUnassigned', 'personDisabled', 'personEnabled']) expect(told.filter((name) => name === event)).toHaveLength(1);
    expect(told.filter((name) => name === 'roleGranted')).toHaveLength(2);
    expect(identity.endedLeasesOf).toContainEqual({ which: { personId: person.id, dutyId: duty.id }, because: 'duty-not-held' });
  });
});

describe('the first administrator', () => {
  it('gets an invitation on an empty database, and can sign in by it', async () => {
    const identity = identityOver(test.database);
    const first = await identity.directory.firstAdministrator({ organisationName: '青葉市' });
    expect(first?.username).toBe('admin');
    const half = await identity.signIns.redeemInvitation({ token: first!.token, password: PASSWORD, origin: home });
    const { secret } = await identity.signIns.enrolment({ token: half.token, origin: home });
    const { signedIn } = await identity.signIns.confirmEnrolment({ token: half.token, code: identity.codeOf(secret), origin: home });
    expect(signedIn).toMatchObject({ username: 'admin', roles: ['system-admin'], organisationName: '青葉市' });
  });

  it('is not made where there is somebody, disabled or not', async () => {
    const identity = identityOver(test.database);
    const person = await identity.newPerson();
    await identity.directory.disablePerson(person.id);
    expect(await identity.directory.firstAdministrator()).toBeUndefined();
  });

  it('joins the organisation that is there already', async () => {
    const { directory, organisation, unit } = await city();
    await directory.firstAdministrator();
    expect(await directory.listPeople()).toMatchObject([{ organisationId: organisation.id, unitId: unit.id }]);
  });
});
