import { csvLine } from '../../../broker/imports/index.ts';
import type { SignedIn } from '../../../broker/port.ts';
import { createCity, type City } from '../../support/city.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { refusalOf } from '../../support/identity.ts';
import { addDuty, giveDuty, operator, originAt } from '../../support/office.ts';

let test: TestDatabase;
let city: City;
beforeAll(async () => {
  test = await startTestDatabase();
});
afterAll(() => test.close());
beforeEach(async () => {
  city = await createCity({ database: test.database });
});

const HEADER = ['name', 'protocol', 'host', 'port', 'assigned_to', 'status', 'weight', 'credentials'];
const file = (...rows: (readonly string[])[]) => [HEADER, ...rows].map(csvLine).join('');
/** Addresses are the whole installation's. */
const host = (name: string) => `${name}-${city.organisation.id.slice(0, 8)}.test`;
const preview = (csv: string) => city.people.previewImport({ ...city.by(city.administrator), kind: 'desktops', csv });
const apply = async (csv: string) => city.people.applyImport({ ...city.by(city.administrator), kind: 'desktops', csv, digest: (await preview(csv)).digest });
const records = () => city.office.desktopsAdmin.list(city.organisation.id);

describe('an import of desktops', () => {
  it('adds them with those they are assigned to, and changes them, on the trail', async () => {
    const [one, other] = [await city.holder(['staff']), await city.holder(['staff'])];
    const before = (await city.events()).length;
    expect(await apply(file(['PC-1', 'RDP', host('pc1').toUpperCase(), '', `${one.username}; ${other.username}`, '', '', ''], ['PC-2', 'vnc', host('pc2'), '5901', '', '停止', '3', '毎回入力']))).toMatchObject({ added: 2, errors: [] });
    expect(await records()).toMatchObject([
      { name: 'PC-1', protocol: 'rdp', host: host('pc1'), port: 3389, status: 'active', weight: 1, credentials: 'ask', assignedTo: [one.username, other.username].sort() },
      { name: 'PC-2', protocol: 'vnc', port: 5901, status: 'disabled', weight: 3, assignedTo: [] },
    ]);
    expect((await apply(file(['PC-1', 'rdp', host('pc9'), '3390', one.username, '停止', '2', '']))).changes).toEqual([
      {
        line: 2,
        kind: 'change',
        name: 'PC-1',
        columns: [
          { column: 'host', before: host('pc1'), after: host('pc9') },
          { column: 'port', before: '3389', after: '3390' },
          { column: 'weight', before: '1', after: '2' },
          { column: 'assigned_to', before: [one.username, other.username].sort().join(';'), after: one.username },
          { column: 'status', before: '有効', after: '停止' },
        ],
      },
    ]);
    expect((await records())[0]).toMatchObject({ host: host('pc9'), port: 3390, weight: 2, status: 'disabled', assignedTo: [one.username] });
    expect((await city.events()).slice(before).map(({ event }) => event)).toEqual([
      'desktopAdded', 'desktopAdded', 'desktopDisabled', 'desktopAssigned', 'desktopAssigned', 'importApplied',
      'desktopChanged', 'desktopDisabled', 'desktopUnassigned', 'importApplied',
    ]);
  });

  it('ends the sessions on what it takes away, and touches no other', async () => {
    const dutyId = await addDuty(test.database, { ...city.organisation, unitId: city.units.section });
    const people: SignedIn[] = [await city.holder(['staff']), await city.holder(['staff']), await city.holder(['staff'])];
    await apply(file(...people.map(({ username }, n) => [`PC-${n}`, 'vnc', host(`pc${n}`), '', username, '', '', ''])));
    const desktops = await records();
    const leases = [];
    for (const [n, person] of people.entries()) {
      await giveDuty(test.database, person, dutyId);
      leases.push((await city.office.leases.request({ person, desktopId: desktops[n]!.id, dutyId, origin: originAt('office'), credentials: { username: 'u', password: 'p' } })).id);
    }
    await apply(file(['PC-0', 'vnc', host('pc0'), '', '', '', '', ''], ['PC-1', 'vnc', host('pc1'), '', people[1]!.username, 'disabled', '', ''], ['PC-2', 'vnc', host('pc2'), '', people[2]!.username, '', '5', '']));
    const ended = await test.database.selectFrom('lease').where('id', 'in', leases).select(['id', 'ended_because as because']).execute();
    expect(leases.map((id) => ended.find((lease) => lease.id === id)?.because)).toEqual(['desktop-not-assigned', 'desktop-disabled', null]);
  });

  it('moves no desktop on which somebody\'s session is open', async () => {
    const dutyId = await addDuty(test.database, { ...city.organisation, unitId: city.units.section });
    const person = await city.holder(['staff']);
    await giveDuty(test.database, person, dutyId);
    await apply(file(['PC-1', 'vnc', host('pc1'), '', person.username, '', '', '']));
    const csv = file(['PC-1', 'vnc', host('moved'), '', person.username, '', '', '']);
    const { digest } = await preview(csv);
    const [desktop] = await records();
    await city.office.leases.request({ person, desktopId: desktop!.id, dutyId, origin: originAt('office'), credentials: { username: 'u', password: 'p' } });
    expect((await refusalOf(city.people.applyImport({ ...city.by(city.administrator), kind: 'desktops', csv, digest }))).code).toBe('import-out-of-date');
    expect((await preview(csv)).errors).toEqual([{ line: 2, column: 'host', cause: 'contradiction', detail: 'desktop-in-use' }]);
  });

  it('keeps what is stored, never shows it, and forgets it when told to', async () => {
    const { desktopsAdmin } = city.office;
    await desktopsAdmin.add({ organisationId: city.organisation.id, name: 'PC-1', protocol: 'rdp', host: host('pc1'), port: 3389, credentials: { username: 'soumu', password: 'ひみつ' } }, operator);
    const rows: (readonly string[])[] = [];
    for await (const row of await city.people.exportRows({ ...city.by(city.administrator), kind: 'desktops' })) rows.push(row);
    expect(JSON.stringify(rows)).not.toMatch(/ひみつ|soumu/);
    const again = await preview(rows.map(csvLine).join(''));
    expect(again).toMatchObject({ unchanged: 1, changed: 0, errors: [] });
    await apply(file(['PC-1', 'rdp', host('pc1'), '', '', '', '', 'ask']));
    expect(await test.database.selectFrom('desktop').where('organisation_id', '=', city.organisation.id).select(['credentials', 'sealed_credentials as sealed']).execute()).toEqual([{ credentials: 'ask', sealed: null }]);
  });

  it('is not for somebody who administers a unit only', async () => {
    const local = await city.holder(['system-admin'], { unit: city.units.department });
    expect((await refusalOf(city.people.previewImport({ ...city.by(local), kind: 'desktops', csv: '' }))).code).toBe('forbidden');
    expect((await refusalOf(city.people.exportRows({ ...city.by(local), kind: 'desktops' }))).code).toBe('forbidden');
  });
});
