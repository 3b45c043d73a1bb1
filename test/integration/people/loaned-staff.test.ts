import { csvLine } from '../../../broker/imports/index.ts';
import { createCity, type City } from '../../support/city.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { addDesktop, addDuty, giveDuty, originAt, signInAgain, testPolicy } from '../../support/office.ts';
import { reasonsFrom, refusalFrom } from '../../support/refusal-of.ts';

let test: TestDatabase;
let city: City;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());
beforeEach(async () => {
  city = await createCity({ database: test.database });
});

const DAY = 86_400;
const after = (seconds: number) => new Date(city.clock.now().getTime() + seconds * 1000);
const code = async (work: Promise<unknown>) => (await refusalFrom(work))?.code;
const unique = (name: string) => `${name}-${city.organisation.id.slice(0, 8)}`;
const add = (name: string, endsAt: Date) => city.people.add({ ...city.by(city.administrator), unitId: city.units.section, username: unique(name), displayName: '応援 太郎', loan: { from: 'となり市', endsAt } });
const term = (personId: string, endsAt: Date, reason = '復旧が長引いたため') => city.people.changeTerm({ ...city.by(city.administrator), personId, endsAt, reason });
const told = async (personId: string) => (await city.events()).filter(({ fields }) => fields['personId'] === personId).map(({ event }) => event);

describe('an account of loaned staff', () => {
  it('ends by itself at its time: sign-ins, sessions and roles, on the trail, and nothing before', async () => {
    const { clock, termUpkeep, office, organisation, people, administrator } = city;
    const person = await add('ends', after(3_600));
    const dutyId = await addDuty(test.database, organisation);
    const shape = { personId: person.id, organisationId: organisation.id, organisationName: organisation.name, unitId: person.unitId, unitName: '総務課', username: person.username, displayName: person.displayName, language: 'ja', grants: [], roles: ['staff'], duties: [] } as const;
    const signedIn = await signInAgain(test.database, shape, clock.now());
    await giveDuty(test.database, signedIn, dutyId);
    const desktopId = await addDesktop(office, organisation, { to: [signedIn] });
    const ask = () => office.leases.request({ person: signedIn, desktopId, dutyId, origin: originAt('office'), credentials: { username: 'u', password: 'p' } });
    const lease = await ask();
    expect(lease.expiresAt).toEqual(after(3_600));
    clock.advance(3_599);
    await termUpkeep.run();
    expect((await people.get({ person: administrator, personId: person.id })).status).toBe('active');
    clock.advance(1);
    // Before anybody has swept it already.
    expect(await reasonsFrom(ask())).toEqual(['account-disabled']);
    await Promise.all([termUpkeep.run(), termUpkeep.run()]);
    expect(await people.get({ person: administrator, personId: person.id })).toMatchObject({ status: 'disabled', roles: [], loan: { from: 'となり市' } });
    expect(await test.database.selectFrom('sign_in').where('person_id', '=', person.id).where('ended_at', 'is', null).select('id').execute()).toEqual([]);
    expect(await test.database.selectFrom('lease').where('person_id', '=', person.id).where('state', '<>', 'ended').select('id').execute()).toEqual([]);
    expect((await told(person.id)).filter((event) => event === 'personTermOver' || event === 'roleRevoked')).toEqual(['personTermOver', 'roleRevoked']);
  });

  it('is warned of, each time once', async () => {
    const { clock, termUpkeep } = city;
    const { id } = await add('warned', after(20 * DAY));
    const warnings = async () => (await told(id)).filter((event) => event === 'personTermNear').length;
    await termUpkeep.run();
    expect(await warnings()).toBe(0);
    clock.advance(6 * DAY);
    await Promise.all([termUpkeep.run(), termUpkeep.run()]);
    expect(await warnings()).toBe(1);
    clock.advance(11 * DAY);
    await termUpkeep.run();
    await termUpkeep.run();
    expect(await warnings()).toBe(2);
    await term(id, after(60 * DAY));
    await termUpkeep.run();
    clock.advance(46 * DAY);
    await termUpkeep.run();
    expect(await warnings()).toBe(3);
  });

  it('is extended with a reason, at most as far as the policy says', async () => {
    const { id } = await add('extended', after(DAY));
    expect(await term(id, after(90 * DAY))).toMatchObject({ loan: { endsAt: after(90 * DAY) } });
    expect(await code(term(id, after(90 * DAY + 1)))).toBe('span-too-long');
    expect(await code(term(id, after(0)))).toBe('request-invalid');
    expect(await code(term(id, after(DAY), ' '))).toBe('request-invalid');
    expect(await code(add('too-long', after(91 * DAY)))).toBe('span-too-long');
    expect((await city.events()).find(({ event, fields }) => event === 'personTermChanged' && fields['personId'] === id)?.fields).toMatchObject({ reason: '復旧が長引いたため', endsAt: after(90 * DAY).toISOString() });
    const usual = await city.people.add({ ...city.by(city.administrator), unitId: city.units.section, username: unique('usual'), displayName: '職員' });
    expect(await code(term(usual.id, after(DAY)))).toBe('conflict');
    expect(usual).not.toHaveProperty('loan');
  });

  it('that has ended is let in again only with a new end', async () => {
    const { clock, termUpkeep, people, by, administrator } = city;
    const { id } = await add('again', after(60));
    clock.advance(60);
    await termUpkeep.run();
    expect(await code(people.enable({ ...by(administrator), personId: id }))).toBe('account-term-over');
    await term(id, after(DAY));
    expect(await people.enable({ ...by(administrator), personId: id })).toMatchObject({ status: 'active' });
    await termUpkeep.run();
    expect((await people.get({ person: administrator, personId: id })).status).toBe('active');
  });

  it('is not made by a policy that says nothing of it', () => {
    expect(testPolicy().loanedStaff).toBeUndefined();
    return expect(code(add('never', after(1_000 * DAY)))).resolves.toBe('span-too-long');
  });

  it('is told from others in the list', async () => {
    const loaned = await add('listed', after(DAY));
    const ids = async (only: boolean) => (await city.people.list({ person: city.administrator, loaned: only, limit: 200 })).items.map(({ id }) => id);
    expect(await ids(true)).toEqual([loaned.id]);
    expect(await ids(false)).not.toContain(loaned.id);
  });
});

describe('a file of people', () => {
  const file = (...rows: (readonly string[])[]) => [['username', 'display_name', 'unit', 'ends-at', 'loaned-from'], ...rows].map(csvLine).join('');
  const preview = (csv: string) => city.people.previewImport({ ...city.by(city.administrator), kind: 'people', csv });

  it('adds loaned staff until the end of a day in Japan, and names them again as it read them', async () => {
    const csv = file([unique('a'), '応援 一郎', '総務部/総務課', '2026-06-15', 'となり市'], [unique('b'), '応援 二郎', '総務部/総務課', '2026-06-15 17:15', 'となり市'], [unique('c'), '職員', '総務部/総務課', '', '']);
    const { digest, errors } = await preview(csv);
    expect(errors).toEqual([]);
    await city.people.applyImport({ ...city.by(city.administrator), kind: 'people', csv, digest });
    const { items } = await city.people.list({ person: city.administrator, loaned: true });
    expect(items.map(({ loan }) => loan)).toEqual([
      { from: 'となり市', endsAt: new Date('2026-06-15T15:00:00Z') },
      { from: 'となり市', endsAt: new Date('2026-06-15T08:15:00Z') },
    ]);
    expect(await told(items[0]!.id)).toContain('personLoaned');
    expect(await preview(csv)).toMatchObject({ unchanged: 3, errors: [] });
    const rows: (readonly string[])[] = [];
    for await (const row of await city.people.exportRows({ ...city.by(city.administrator), kind: 'people' })) rows.push(row);
    expect(rows.filter(([name]) => name?.startsWith('a-') || name?.startsWith('b-')).map((row) => row.slice(-2))).toEqual([['2026-06-15', 'となり市'], ['2026-06-15 17:15', 'となり市']]);
  });

  it('is refused an end that is over, too far ahead or no time, one without a place, and another end for somebody who is there', async () => {
    const { username } = await add('known', after(DAY));
    const row = (...cells: string[]) => [unique('x'), '応援', '総務部/総務課', ...cells];
    const errors = async (cells: readonly string[]) => (await preview(file(cells))).errors.map(({ column, cause, detail }) => `${column}:${cause}:${detail}`);
    expect(await errors(row('2026-03-31', 'となり市'))).toEqual(['ends-at:not-allowed:2026-03-31']);
    expect(await errors(row('2027-03-31', 'となり市'))).toEqual(['ends-at:not-allowed:2027-03-31']);
    expect(await errors(row('31.3.2026', 'となり市'))).toEqual([expect.stringContaining('ends-at:not-allowed')]);
    expect(await errors(row('2026-06-15', ''))).toEqual(['loaned-from:missing:']);
    expect(await errors(row('', 'となり市'))).toEqual(['ends-at:missing:']);
    expect(await errors([username, '応援 太郎', '総務部/総務課', '2026-06-15', 'となり市'])).toEqual(['ends-at:contradiction:by-hand']);
  });
});
