import { csvLine } from '../../../broker/imports/index.ts';
import { createCity, type City } from '../../support/city.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { refusalOf } from '../../support/identity.ts';
import { addDesktop, addOrganisation, addPerson, originAt } from '../../support/office.ts';
import type { SignedIn } from '../../../broker/port.ts';

let test: TestDatabase;
let city: City;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());
beforeEach(async () => {
  city = await createCity({ database: test.database });
});

const file = (...rows: (readonly string[])[]) => rows.map(csvLine).join('');
const HEADER = ['username', 'display_name', 'unit'];
/** Unlike any other test's, for usernames are the whole installation's. */
const unique = (name: string) => `${name}-${city.organisation.id.slice(0, 8)}`;
const preview = (csv: string, person: SignedIn = city.administrator) => city.people.previewImport({ ...city.by(person), kind: 'people', csv });
const apply = async (csv: string, person: SignedIn = city.administrator) => city.people.applyImport({ ...city.by(person), kind: 'people', csv, digest: (await preview(csv, person)).digest });
const found = async (username: string) => {
  const { items } = await city.people.list({ person: city.administrator, search: username });
  return items[0] && city.people.get({ person: city.administrator, personId: items[0].id });
};
const both = async () => city.holder(['system-admin', 'bcp-admin']);

describe('an import of people', () => {
  it('says what it would do, and then does that, on the trail', async () => {
    const person = await both();
    const { id: dutyId } = await city.directory.addDuty({ organisationId: city.organisation.id, name: '住民票', class: 'P2', zone: 'lgwan' });
    const one = await city.holder(['staff'], { at: city.units.other });
    const csv = file(
      ['利用者名', '氏名', '部署', '言語', '役割', '業務', '状態'],
      [unique('new'), '新規 太郎', '総務部／総務課', '英語', '職員；所属長', '住民票', '有効'],
      [one.username, '改名 花子', ' 総務部 / 総務課 ', '', 'staff', '', '停止'],
    );
    const seen = await preview(csv, person);
    expect(seen).toMatchObject({ rows: 2, added: 1, changed: 1, unchanged: 0, errors: [] });
    expect(seen.changes[0]).toEqual({
      line: 2,
      kind: 'add',
      name: unique('new'),
      columns: [
        { column: '利用者名', before: null, after: unique('new') },
        { column: '氏名', before: null, after: '新規 太郎' },
        { column: '部署', before: null, after: '総務部/総務課' },
        { column: '言語', before: null, after: '英語' },
        { column: '役割', before: null, after: '職員;所属長' },
        { column: '業務', before: null, after: '住民票' },
        { column: '状態', before: null, after: '有効' },
      ],
    });
    expect(seen.changes[1]).toMatchObject({ line: 3, kind: 'change', name: one.username });
    expect(seen.changes[1]?.columns).toEqual([
      { column: '氏名', before: '関 守', after: '改名 花子' },
      { column: '部署', before: '防災部', after: '総務部/総務課' },
      { column: '状態', before: '有効', after: '停止' },
    ]);
    expect(await found(unique('new'))).toBeUndefined();

    const before = (await city.events()).length;
    expect(await apply(csv, person)).toEqual(seen);
    expect(await found(unique('new'))).toMatchObject({ displayName: '新規 太郎', unitName: '総務課', language: 'en', roles: ['staff', 'unit-head'], duties: [{ id: dutyId }], status: 'active' });
    expect(await found(one.username)).toMatchObject({ displayName: '改名 花子', unitName: '総務課', language: 'ja', status: 'disabled' });
    const told = (await city.events()).slice(before);
    expect(told.map(({ event }) => event)).toEqual(['signedOut', 'personChanged', 'personDisabled', 'personAdded', 'roleGranted', 'roleGranted', 'dutyAssigned', 'importApplied']);
    expect(told.at(-1)?.fields).toMatchObject({ kind: 'people', rows: 2, added: 1, changed: 1, unchanged: 0, file: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(await preview(csv, person)).toMatchObject({ added: 0, changed: 0, unchanged: 2, changes: [] });
  });

  it('leaves what the file does not name: people, and columns', async () => {
    const person = await both();
    const { id: dutyId } = await city.directory.addDuty({ organisationId: city.organisation.id, name: '税', class: 'P2', zone: 'lgwan' });
    const [one, other] = [await city.holder(['staff', 'auditor'], { at: city.units.other }), await city.holder(['staff'])];
    await city.directory.assignDuty({ personId: one.personId, dutyId });
    await apply(file(HEADER, [one.username, '関 守', '総務部']), person);
    expect(await found(one.username)).toMatchObject({ unitName: '総務部', roles: ['auditor', 'staff'], duties: [{ id: dutyId }], status: 'active' });
    expect(await found(other.username)).toMatchObject({ unitName: '総務課', status: 'active' });
  });

  it('ends what rested on what it takes away', async () => {
    const person = await both();
    const place = { ...city.organisation, unitId: city.units.section };
    const { id: dutyId } = await city.directory.addDuty({ organisationId: city.organisation.id, name: '税', class: 'P5', zone: 'internet' });
    const lease = async () => {
      const one = await city.holder(['staff']);
      await city.directory.assignDuty({ personId: one.personId, dutyId });
      const desktopId = await addDesktop(city.office, place, { to: [one] });
      return { one, id: (await city.office.leases.request({ person: one, desktopId, dutyId, origin: originAt('office') })).id };
    };
    const [suspended, withoutDuty, withoutRole, untouched] = [await lease(), await lease(), await lease(), await lease()];
    const csv = file([...HEADER, 'roles', 'duties', 'status'], [suspended.one.username, '関 守', '総務部/総務課', 'staff', '税', 'disabled'], [withoutDuty.one.username, '関 守', '総務部/総務課', 'staff', '', ''], [withoutRole.one.username, '関 守', '総務部/総務課', '', '税', ''], [untouched.one.username, '関 守', '総務部/総務課', 'staff', '税', 'active']);
    expect(await apply(csv, person)).toMatchObject({ changed: 3, unchanged: 1 });
    const becauses = await Promise.all([suspended, withoutDuty, withoutRole, untouched].map(async ({ id }) => (await test.database.selectFrom('lease').where('id', '=', id).select('ended_because').executeTakeFirstOrThrow()).ended_because));
    expect(becauses).toEqual(['account-disabled', 'duty-not-held', 'role-not-held', null]);
    const signIn = await test.database.selectFrom('sign_in').where('id', '=', suspended.one.signInId).select('ended_because').executeTakeFirstOrThrow();
    expect(signIn.ended_because).toBe('account-disabled');
  });

  it('is out of date when what it would do is no longer what the preview said', async () => {
    const csv = file(HEADER, [unique('late'), '遅 延', '総務部']);
    const { digest } = await preview(csv);
    const applying = { ...city.by(city.administrator), kind: 'people', csv, digest } as const;
    await city.people.add({ ...city.by(city.administrator), unitId: city.units.other, username: unique('late'), displayName: '先 着' });
    expect((await refusalOf(city.people.applyImport(applying))).code).toBe('import-out-of-date');
    expect(await found(unique('late'))).toMatchObject({ displayName: '先 着' });
    expect((await refusalOf(city.people.applyImport({ ...applying, csv: `${csv}\r\n` }))).code).toBe('import-out-of-date');
    expect((await refusalOf(city.people.applyImport({ ...applying, digest: '' }))).code).toBe('import-out-of-date');
  });

  it('done twice at once is done once', async () => {
    const csv = file(HEADER, [unique('once'), '一 度', '総務部']);
    const { digest } = await preview(csv);
    const outcomes = await Promise.allSettled([1, 2].map(() => city.people.applyImport({ ...city.by(city.administrator), kind: 'people', csv, digest })));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await city.people.list({ person: city.administrator, search: unique('once') })).items).toHaveLength(1);
  });

  it('with errors is refused whole', async () => {
    const csv = file(HEADER, [unique('good'), '良 い', '総務部'], [unique('bad'), '悪 い', '無い部']);
    expect((await refusalOf(apply(csv))).code).toBe('import-has-errors');
    expect(await found(unique('good'))).toBeUndefined();
  });

  it('gives no more than whoever imports may give by hand', async () => {
    const { administrator, units } = city;
    await city.directory.addDuty({ organisationId: city.organisation.id, name: '税', class: 'P2', zone: 'lgwan' });
    const withDuty = file([...HEADER, 'duties'], [unique('a'), 'あ', '総務部', '税'], [unique('b'), 'い', '総務部', '税']);
    expect((await preview(withDuty)).errors).toEqual([{ line: 1, column: 'duties', cause: 'not-allowed', detail: 'duties.assign' }]);
    const local = await city.holder(['system-admin'], { unit: units.department, at: units.other });
    const outside = await city.holder(['staff'], { at: units.other });
    const csv = file([...HEADER, 'roles'], [unique('c'), 'う', '防災部', ''], [outside.username, 'え', '総務部', ''], [unique('d'), 'お', '総務部', 'auditor']);
    expect((await preview(csv, local)).errors).toEqual([
      { line: 1, column: 'roles', cause: 'not-allowed', detail: 'roles.manage' },
      { line: 2, column: 'unit', cause: 'unknown-unit', detail: '防災部' },
      { line: 3, column: 'username', cause: 'taken', detail: outside.username },
    ]);
    const own = file([...HEADER, 'roles', 'status'], [administrator.username, '関 守', '防災部', 'system-admin;staff', 'disabled']);
    expect((await preview(own)).errors).toEqual([
      { line: 2, column: 'status', cause: 'contradiction', detail: 'own-account' },
      { line: 2, column: 'roles', cause: 'contradiction', detail: 'own-account' },
    ]);
    const last = file([...HEADER, 'roles'], [administrator.username, '関 守', '防災部', '']);
    expect((await preview(last)).errors).toEqual([{ line: 2, column: 'roles', cause: 'contradiction', detail: 'last-administrator' }]);
    await city.holder(['system-admin']);
    expect(await preview(last)).toMatchObject({ changed: 1, errors: [] });
  });

  it('asks for a fresh second factor where it gives roles, and where it gives none it does not', async () => {
    city.clock.advance(301);
    await apply(file(HEADER, [unique('plain'), '並', '総務部']));
    expect((await refusalOf(apply(file([...HEADER, 'roles'], [unique('head'), '長', '総務部', 'staff;unit-head'])))).code).toBe('step-up-required');
  });

  it('never takes over somebody of another organisation', async () => {
    const elsewhere = await addPerson(test.database, await addOrganisation(test.database));
    expect((await preview(file(HEADER, [elsewhere.username, '奪 取', '総務部']))).errors).toEqual([{ line: 2, column: 'username', cause: 'taken', detail: elsewhere.username }]);
  });

  it('reads back what an export wrote, and changes nothing by it', async () => {
    const person = await both();
    await city.directory.addDuty({ organisationId: city.organisation.id, name: '窓口, "第一"', class: 'P2', zone: 'lgwan' });
    await apply(file([...HEADER, 'roles', 'duties', 'status'], [unique('x'), '=cmd|calc', '総務部/総務課', 'staff;unit-head', '窓口, "第一"', 'disabled'], [unique('y'), '改行"と,点', '総務部', '', '', '']), person);
    for (const language of ['ja', 'en'] as const) {
      const rows: (readonly string[])[] = [];
      for await (const row of await city.people.exportRows({ ...city.by({ ...person, language }), kind: 'people' })) rows.push(row);
      expect(rows[0]).toEqual(city.people.importColumns('people', language));
      expect(rows).toHaveLength(6);
      expect(await preview(`\ufeff${file(...rows)}`, person)).toMatchObject({ rows: 5, added: 0, changed: 0, unchanged: 5, errors: [] });
    }
  });
});
