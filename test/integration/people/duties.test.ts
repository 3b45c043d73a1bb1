import { createCity, type City } from '../../support/city.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { refusalOf } from '../../support/identity.ts';
import { addDesktop, originAt } from '../../support/office.ts';

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
const NEW = { name: '住民票', class: 'P2', zone: 'lgwan', targetSeconds: null } as const;

describe('duties', () => {
  it('are added, changed and retired, each on the trail', async () => {
    const { people, planner, by, events } = city;
    const before = (await events()).length;
    const added = await people.addDuty({ ...by(planner), ...NEW });
    expect(added).toEqual({ id: added.id, ...NEW, status: 'active', people: 0 });
    expect(await people.changeDuty({ ...by(planner), dutyId: added.id, targetSeconds: 3_600, class: 'P1' })).toMatchObject({ class: 'P1', zone: 'lgwan', targetSeconds: 3_600 });
    expect(await people.changeDuty({ ...by(planner), dutyId: added.id, targetSeconds: null, class: 'P1' })).toMatchObject({ targetSeconds: null });
    expect(await people.retireDuty({ ...by(planner), dutyId: added.id })).toMatchObject({ status: 'retired' });
    await people.retireDuty({ ...by(planner), dutyId: added.id });
    const told = (await events()).slice(before);
    expect(told.map(({ event }) => event)).toEqual(['dutyAdded', 'dutyChanged', 'dutyChanged', 'dutyRetired']);
    expect(told[1]?.fields).toEqual({ dutyId: added.id, class: 'P1', targetSeconds: 3_600 });
    expect(told[2]?.fields).toEqual({ dutyId: added.id, targetSeconds: null });
    expect(await codeOf(people.changeDuty({ ...by(planner), dutyId: added.id, name: 'x' }))).toBe('conflict');
    expect(await codeOf(people.assignDuty({ ...by(planner), personId: planner.personId, dutyId: added.id }))).toBe('conflict');
  });

  it('are looked for by a part of the name and by status, page by page', async () => {
    const { people, planner, by, administrator } = city;
    for (const name of ['税務', '住民税', 'ＴＡＸ', '窓口']) await people.addDuty({ ...by(planner), ...NEW, name });
    const gone = await people.addDuty({ ...by(planner), ...NEW, name: '旧税' });
    await people.retireDuty({ ...by(planner), dutyId: gone.id });
    const names = async (asked: object) => (await people.duties({ person: administrator, ...asked })).items.map(({ name }) => name).sort();
    expect(await names({ search: '税' })).toEqual(['住民税', '旧税', '税務']);
    expect(await names({ search: '税', status: 'active' })).toEqual(['住民税', '税務']);
    expect(await names({ search: 'tax' })).toEqual(['ＴＡＸ']);
    const first = await people.duties({ person: administrator, limit: 3 });
    const second = await people.duties({ person: administrator, limit: 3, cursor: first.next! });
    expect([...first.items, ...second.items]).toHaveLength(5);
    expect(second.next).toBeNull();
    expect(await codeOf(people.duties({ person: administrator, cursor: 'あ' }))).toBe('request-invalid');
  });

  it('refuse a name that is taken, a target that is none and the duty of another organisation', async () => {
    const { people, planner, by } = city;
    const { id: dutyId } = await people.addDuty({ ...by(planner), ...NEW });
    const { id: other } = await people.addDuty({ ...by(planner), ...NEW, name: '税' });
    expect(await codeOf(people.addDuty({ ...by(planner), ...NEW }))).toBe('conflict');
    expect(await codeOf(people.changeDuty({ ...by(planner), dutyId: other, name: '住民票' }))).toBe('conflict');
    expect(await codeOf(people.changeDuty({ ...by(planner), dutyId, targetSeconds: -1 }))).toBe('request-invalid');
    const neighbour = await createCity({ database: test.database });
    for (const call of [
      () => neighbour.people.changeDuty({ ...by(neighbour.planner), dutyId, name: 'x' }),
      () => neighbour.people.retireDuty({ ...by(neighbour.planner), dutyId }),
      () => neighbour.people.assignDuty({ ...by(neighbour.planner), personId: neighbour.planner.personId, dutyId }),
      () => neighbour.people.assignDutyToUnit({ ...by(neighbour.planner), unitId: neighbour.units.section, dutyId }),
      () => neighbour.people.assignDutyToUnit({ ...by(neighbour.planner), unitId: city.units.section, dutyId }),
    ]) {
      expect(await codeOf(call())).toBe('not-found');
    }
  });

  it('are given to a person and taken again, which ends what they are used for', async () => {
    const { people, planner, by, holder, office, organisation, units } = city;
    const { id: dutyId } = await people.addDuty({ ...by(planner), ...NEW, zone: 'internet' });
    const person = await holder(['staff']);
    expect((await people.assignDuty({ ...by(planner), personId: person.personId, dutyId })).duties).toEqual([{ id: dutyId, name: '住民票', class: 'P2' }]);
    const desktopId = await addDesktop(office, { ...organisation, unitId: units.section }, { to: [person] });
    const lease = async () => (await office.leases.request({ person, desktopId, dutyId, origin: originAt('office') })).id;
    const because = async (id: string) => (await test.database.selectFrom('lease').where('id', '=', id).select('ended_because').executeTakeFirstOrThrow()).ended_because;
    const first = await lease();
    expect((await people.unassignDuty({ ...by(planner), personId: person.personId, dutyId })).duties).toEqual([]);
    expect(await because(first)).toBe('duty-not-held');
    await people.assignDuty({ ...by(planner), personId: person.personId, dutyId });
    const second = await lease();
    expect(await people.retireDuty({ ...by(planner), dutyId })).toMatchObject({ people: 0 });
    expect(await because(second)).toBe('duty-not-held');
  });

  it('are given to everybody of a unit and below who is active, by whoever reaches that unit', async () => {
    const { people, planner, by, holder, units, administrator } = city;
    const { id: dutyId } = await people.addDuty({ ...by(planner), ...NEW });
    const [below, inside, outside, suspended] = [await holder(['staff'], { at: units.section }), await holder(['staff'], { at: units.department }), await holder(['staff'], { at: units.other }), await holder(['staff'])];
    await people.disable({ ...by(administrator), personId: suspended.personId });
    const local = await holder(['bcp-admin'], { unit: units.department, at: units.other });
    expect(await codeOf(people.assignDutyToUnit({ ...by(local), unitId: units.other, dutyId }))).toBe('not-found');
    expect(await people.assignDutyToUnit({ ...by(local), unitId: units.department, dutyId })).toEqual({ assigned: 2 });
    expect(await people.assignDutyToUnit({ ...by(local), unitId: units.department, dutyId })).toEqual({ assigned: 0 });
    const { items } = await people.list({ person: planner, dutyId });
    expect(items.map(({ id }) => id).sort()).toEqual([below.personId, inside.personId].sort());
    expect(await codeOf(people.assignDuty({ ...by(local), personId: outside.personId, dutyId }))).toBe('not-found');
    expect(await codeOf(people.addDuty({ ...by(local), ...NEW, name: 'x' }))).toBe('forbidden');
  });

  it('that change end at once the sessions that they no longer allow, and no others', async () => {
    const { people, planner, by, holder, office, organisation, units, directory } = city;
    const { id: dutyId } = await people.addDuty({ ...by(planner), ...NEW, zone: 'internet' });
    const person = await holder(['staff']);
    await directory.assignDuty({ personId: person.personId, dutyId });
    const desktopId = await addDesktop(office, { ...organisation, unitId: units.section }, { to: [person] });
    const opened = async () => (await office.leases.request({ person, desktopId, dutyId, origin: originAt('home') })).id;
    const reviewed = async (leaseId: string) => {
      await office.review.run();
      return office.leases.get({ person, leaseId });
    };
    for (let turn = 0; turn < 2; turn += 1) {
      const leaseId = await opened();
      await people.changeDuty({ ...by(planner), dutyId, targetSeconds: 60 + turn });
      expect(await reviewed(leaseId)).toMatchObject({ state: 'granted' });
      await people.changeDuty({ ...by(planner), dutyId, zone: 'my-number' });
      expect(await reviewed(leaseId)).toMatchObject({ state: 'ended', endedBecause: 'zone-forbidden-at-site' });
      await people.changeDuty({ ...by(planner), dutyId, zone: 'internet' });
    }
    expect((await reviewed(await opened())).state).toBe('granted');
  });
});
