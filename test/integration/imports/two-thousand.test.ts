import { csvLine } from '../../../broker/imports/index.ts';
import type { ImportCause, ImportKind, SignedIn } from '../../../broker/port.ts';
import { createCity, type City } from '../../support/city.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { refusalOf } from '../../support/identity.ts';
import { addOrganisation, addPerson } from '../../support/office.ts';

let test: TestDatabase;
let city: City;
let person: SignedIn;
beforeAll(async () => {
  test = await startTestDatabase();
  city = await createCity({ database: test.database });
  person = await city.holder(['system-admin', 'bcp-admin']);
});
afterAll(() => test.close());

const MANY = 2_000;
const LONGEST_SECONDS = 30;
type Planted = { readonly row: number; readonly column: number; readonly text: string; readonly cause: ImportCause };

const PEOPLE = ['利用者名', '氏名', '部署', '言語', '役割', '業務', '状態'];
const personRow = (n: number): string[] => [`user${n}`, `職員 ${n}`, n % 2 === 0 ? '総務部/総務課' : '防災部', 'ja', n % 10 === 0 ? 'staff;unit-head' : 'staff', '住民票;税', 'active'];
const DESKTOPS = ['name', 'protocol', 'host', 'port', 'kind', 'sessions', 'weight', 'pool', 'credentials', 'assigned_to', 'status'];
const desktopRow = (n: number): string[] => [`PC-${n}`, 'rdp', `pc-${n}.example.jp`, '3389', 'exclusive', '1', '1', n % 4 === 0 ? '共用' : '', 'ask', `user${n}`, 'active'];

/** The file's text, with the first cell of every hundredth row over two lines, and the line on which each row begins. */
function textOf(header: readonly string[], rows: readonly (readonly string[])[]): { csv: string; lines: readonly number[] } {
  let line = 2;
  const lines: number[] = [];
  const text = rows.map((row, index) => {
    lines.push(line);
    const broken = index % 100 === 99;
    line += broken ? 2 : 1;
    return csvLine(broken ? [`${row[0]}\r\n`, ...row.slice(1)] : row);
  });
  return { csv: `\ufeff${csvLine(header)}${text.join('')}`, lines };
}

/** In a row whose first cell takes two lines, all other cells stand on the second. */
const lineOf = (lines: readonly number[], { row, column }: Planted) => lines[row]! + (row % 100 === 99 && column > 0 ? 1 : 0);

async function expectAllNamed(kind: ImportKind, header: readonly string[], rows: string[][], planted: readonly Planted[]) {
  for (const { row, column, text } of planted) {
    if (column < 0) rows[row]!.push(text);
    else rows[row]![column] = text;
  }
  const { csv, lines } = textOf(header, rows);
  const seen = await city.people.previewImport({ ...city.by(person), kind, csv });
  const expected = planted.map((one) => `${one.column < 0 ? lines[one.row] : lineOf(lines, one)} ${header[one.column] ?? ''} ${one.cause}`);
  expect(seen.errors.map(({ line, column, cause }) => `${line} ${column} ${cause}`).sort()).toEqual(expected.sort());
  expect((await refusalOf(city.people.applyImport({ ...city.by(person), kind, csv, digest: seen.digest }))).code).toBe('import-has-errors');
}

async function importAll(kind: ImportKind, header: readonly string[], rows: readonly (readonly string[])[]): Promise<number> {
  const { csv } = textOf(header, rows);
  const before = performance.now();
  const { digest, errors, added } = await city.people.previewImport({ ...city.by(person), kind, csv });
  expect({ errors, added }).toEqual({ errors: [], added: rows.length });
  await city.people.applyImport({ ...city.by(person), kind, csv, digest });
  return (performance.now() - before) / 1_000;
}

describe('two thousand people and two thousand desktops', () => {
  it('with fifty planted errors: each is named by line and column, and nothing is in the database', async () => {
    const { database, organisation, directory } = city;
    await directory.addDuty({ organisationId: organisation.id, name: '住民票', class: 'P2', zone: 'lgwan' });
    const { id: retired } = await directory.addDuty({ organisationId: organisation.id, name: '廃止業務', class: 'P5', zone: 'lgwan' });
    await directory.addDuty({ organisationId: organisation.id, name: '税', class: 'P2', zone: 'lgwan' });
    await directory.retireDuty({ organisationId: organisation.id, dutyId: retired });
    await addPool(city);
    const elsewhere = await addPerson(database, await addOrganisation(database));
    const long = 'あ'.repeat(501);
    const before = await counts(city);
    await expectAllNamed('people', PEOPLE, range(personRow), [
      { row: 3, column: 0, text: '', cause: 'missing' },
      { row: 10, column: 1, text: '', cause: 'missing' },
      { row: 20, column: 2, text: ' ', cause: 'missing' },
      { row: 33, column: 0, text: 'user 33', cause: 'not-allowed' },
      { row: 47, column: 0, text: 'x'.repeat(101), cause: 'not-allowed' },
      { row: 99, column: 2, text: '無い部', cause: 'unknown-unit' },
      { row: 199, column: 2, text: '無い課', cause: 'unknown-unit' },
      { row: 250, column: 1, text: 'あ'.repeat(201), cause: 'too-long' },
      { row: 251, column: 5, text: long.repeat(20), cause: 'too-long' },
      { row: 299, column: 3, text: 'fr', cause: 'not-allowed' },
      { row: 350, column: 4, text: '村長', cause: 'not-allowed' },
      { row: 351, column: 4, text: 'system-admin;auditor', cause: 'roles-incompatible' },
      { row: 399, column: 4, text: 'BCP管理者;発動権者', cause: 'roles-incompatible' },
      { row: 420, column: 5, text: '無い業務', cause: 'unknown-duty' },
      { row: 421, column: 5, text: '住民票;廃止業務', cause: 'unknown-duty' },
      { row: 500, column: 6, text: '休止', cause: 'not-allowed' },
      { row: 777, column: 0, text: 'USER776', cause: 'twice-in-file' },
      { row: 901, column: 0, text: elsewhere.username, cause: 'taken' },
      { row: 1_000, column: 1, text: '文字\ufffd化け', cause: 'encoding' },
      { row: 1_100, column: 1, text: 'ベル\u0007', cause: 'not-allowed' },
      { row: 1_234, column: -1, text: '余分', cause: 'cell-count' },
      { row: 1_500, column: 6, text: 'あ'.repeat(501), cause: 'too-long' },
      { row: 1_599, column: 0, text: 'セミ;コロン', cause: 'not-allowed' },
      { row: 1_998, column: 2, text: '総務部/総務課/無い係', cause: 'unknown-unit' },
      { row: 1_999, column: 0, text: 'user0', cause: 'twice-in-file' },
    ]);
    await importAll('people', PEOPLE, [personRow(0)]);
    await city.people.previewImport({ ...city.by(person), kind: 'desktops', csv: '' });
    await takeAddress(city);
    const between = await counts(city);
    await expectAllNamed('desktops', DESKTOPS, range((n) => [...desktopRow(n).slice(0, 9), 'user0', 'active']), [
      { row: 1, column: 0, text: '', cause: 'missing' },
      { row: 2, column: 1, text: '', cause: 'missing' },
      { row: 3, column: 2, text: '', cause: 'missing' },
      { row: 50, column: 0, text: 'x'.repeat(201), cause: 'too-long' },
      { row: 99, column: 1, text: 'ssh', cause: 'not-allowed' },
      { row: 100, column: 2, text: 'pc:3389', cause: 'not-allowed' },
      { row: 101, column: 2, text: '10.0.0.01', cause: 'not-allowed' },
      { row: 102, column: 3, text: '0', cause: 'not-allowed' },
      { row: 103, column: 3, text: '65536', cause: 'not-allowed' },
      { row: 199, column: 3, text: '三三八九', cause: 'not-allowed' },
      { row: 200, column: 4, text: '貸出', cause: 'not-allowed' },
      { row: 201, column: 5, text: '2', cause: 'contradiction' },
      { row: 202, column: 5, text: '501', cause: 'not-allowed' },
      { row: 203, column: 6, text: '101', cause: 'not-allowed' },
      { row: 204, column: 7, text: '無いプール', cause: 'unknown-pool' },
      { row: 205, column: 8, text: 'P@ssw0rd', cause: 'not-allowed' },
      { row: 299, column: 8, text: 'keep', cause: 'contradiction' },
      { row: 300, column: 9, text: 'nobody', cause: 'unknown-person' },
      { row: 301, column: 9, text: `user0;${elsewhere.username}`, cause: 'unknown-person' },
      { row: 302, column: 10, text: '故障', cause: 'not-allowed' },
      { row: 999, column: 0, text: 'PC-5', cause: 'twice-in-file' },
      { row: 1_000, column: 2, text: 'pc-6.example.jp', cause: 'twice-in-file' },
      { row: 1_001, column: 2, text: 'TAKEN.example.jp.', cause: 'taken' },
      { row: 1_500, column: 0, text: 'PC\u0000', cause: 'not-allowed' },
      { row: 1_999, column: -1, text: '', cause: 'cell-count' },
    ]);
    expect(await counts(city)).toEqual(between);
    expect(between).toEqual({ ...before, people: before.people + 1, desktops: before.desktops + 1, assignments: before.assignments + 2, grants: before.grants + 2 });
  });

  it('without them: all are in, in seconds', async () => {
    const before = await counts(city);
    const peopleSeconds = await importAll('people', PEOPLE, range(personRow).slice(1));
    const desktopsSeconds = await importAll('desktops', DESKTOPS, range(desktopRow));
    expect(await counts(city)).toEqual({ ...before, people: before.people + 1_999, desktops: before.desktops + 2_000, assignments: before.assignments + 3_998, grants: before.grants + 1_999 + 199, given: before.given + 2_000 });
    if (process.env['SEKISHO_TIMES']) console.info(`2,000 people in ${peopleSeconds.toFixed(1)} s, 2,000 desktops in ${desktopsSeconds.toFixed(1)} s`);
    expect(peopleSeconds).toBeLessThan(LONGEST_SECONDS);
    expect(desktopsSeconds).toBeLessThan(LONGEST_SECONDS);
    const told = await city.database.selectFrom('audit_record').where('organisation_id', '=', city.organisation.id).where('code', 'in', ['SKA-1003', 'SKA-3001']).select((the) => the.fn.countAll<number>().as('number')).executeTakeFirstOrThrow();
    expect(told.number).toBe(4_001);
  });
});

const range = (rowOf: (n: number) => string[]) => Array.from({ length: MANY }, (_, n) => rowOf(n));

async function addPool({ database, organisation }: City): Promise<void> {
  await database.insertInto('pool').values({ id: crypto.randomUUID(), organisation_id: organisation.id, name: '共用', status: 'active', log_in: 'personal', clean_up: 'none', seats: null, created_at: new Date() }).execute();
}

async function takeAddress({ office, organisation }: City): Promise<void> {
  await office.desktopsAdmin.add({ organisationId: organisation.id, name: '先客', protocol: 'rdp', host: 'taken.example.jp', port: 3389, credentials: 'ask' }, { kind: 'operator' });
}

async function counts({ database, organisation: { id } }: City) {
  const count = async (table: 'person' | 'desktop' | 'duty_assignment' | 'role_grant' | 'desktop_assignment') =>
    (await database.selectFrom(table).where('organisation_id', '=', id).select((the) => the.fn.countAll<number>().as('number')).executeTakeFirstOrThrow()).number;
  return { people: await count('person'), desktops: await count('desktop'), assignments: await count('duty_assignment'), grants: await count('role_grant'), given: await count('desktop_assignment') };
}
