import type { SessionListed } from '../../../broker/port.ts';
import { ImportPreview, PeopleList, Problem } from '../../../gateway/http/schemas/index.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import type { HttpClient } from '../../support/http-client.ts';
import type { Person } from '../../support/people.ts';

let gateway: TestGateway;
let member: Person;
let system: HttpClient;
beforeAll(async () => {
  gateway = await startGateway();
  member = await gateway.addPerson({ displayName: '=HYPERLINK("https://evil.example")' });
  system = await gateway.signedIn(await gateway.addPerson({ roles: ['system-admin'], colleagueOf: member }));
});
afterAll(() => gateway?.stop());

/** The header of a file and its rows, split at commas. */
async function fileOf(client: HttpClient, path: string): Promise<{ header: string[]; rows: string[][]; text: string }> {
  const { status, headers, text } = await client.call('GET', path);
  expect([status, headers['content-type'], headers['content-disposition']]).toEqual([200, 'text/csv; charset=utf-8', expect.stringMatching(/^attachment; filename="[\w-]+\.csv"$/)]);
  expect(text.startsWith('\ufeff')).toBe(true);
  expect(text.endsWith('\r\n')).toBe(true);
  const [header, ...rows] = text.slice(1, -2).split('\r\n').map((line) => line.split(','));
  return { header: header!, rows, text };
}

const SESSION: SessionListed = {
  id: '3f0c2a52-3c53-4a3b-9d52-0a3f7a1d8b11',
  kind: 'request',
  state: 'refuse',
  person: { id: '3f0c2a52-3c53-4a3b-9d52-0a3f7a1d8b12', username: 'hanako', displayName: '職員 花子' },
  unit: { id: '3f0c2a52-3c53-4a3b-9d52-0a3f7a1d8b13', name: '総務課' },
  desktop: null,
  duty: null,
  site: null,
  address: '192.0.2.1',
  level: '0',
  at: new Date('2026-11-24T00:00:00Z'),
  reasons: ['desktop-unknown'],
  lifted: [],
  refusedChannels: 0,
};

async function* broken(session: SessionListed): AsyncGenerator<SessionListed> {
  for (let count = 0; count < 2_000; count += 1) yield session;
  throw new Error('the database is gone');
}

describe('an import', () => {
  it('is looked at first and then done as it was looked at', async () => {
    const { header, rows } = await fileOf(system, '/api/imports/people/template.csv');
    expect(rows).toEqual([]);
    const now = await fileOf(system, '/api/imports/people/rows.csv');
    expect(now.header).toEqual(header);

    const column = (name: string) => header.findIndex((cell) => cell === name);
    const line = (values: Record<string, string>) => header.map((_cell, index) => Object.entries(values).find(([name]) => column(name) === index)?.[1] ?? '').join(',');
    expect(now.rows.length).toBe(2);
    const username = now.rows.map((row) => row.indexOf(member.username)).find((index) => index >= 0)!;
    const unit = now.rows[0]!.findIndex((cell) => cell === '総務課');
    const name = now.rows.find((row) => row.includes(member.username))!.findIndex((cell) => cell.includes('HYPERLINK'));
    const added = (who: string, place = '総務課') => line({ [header[username]!]: who, [header[name]!]: '新しい 人', [header[unit]!]: place });

    const bad = ImportPreview.strict().parse((await system.call('POST', '/api/imports/people/preview', { json: { csv: [header.join(','), added('import-1'), added('import-2', 'ない課')].join('\r\n') } })).json());
    expect(bad.errors).toMatchObject([{ line: 3, column: header[unit], cause: 'unknown-unit' }]);
    const refused = await system.call('POST', '/api/imports/people', { json: { csv: [header.join(','), added('import-2', 'ない課')].join('\r\n'), digest: bad.digest } });
    expect([422, 409]).toContain(refused.status);

    const csv = [header.join(','), added('import-1'), added('import-2')].join('\r\n');
    const preview = ImportPreview.strict().parse((await system.call('POST', '/api/imports/people/preview', { json: { csv } })).json());
    expect(preview).toMatchObject({ rows: 2, added: 2, changed: 0, errors: [] });
    const found = async () => PeopleList.parse((await system.call('GET', '/api/people?search=import-')).json()).items.map((person) => person.username);
    expect(await found()).toEqual([]);
    const stale = await system.call('POST', '/api/imports/people', { json: { csv, digest: 'x'.repeat(64) } });
    expect([stale.status, stale.json().code]).toEqual([409, 'import-out-of-date']);
    expect((await system.call('POST', '/api/imports/people', { json: { csv, digest: preview.digest } })).status).toBe(200);
    expect(await found()).toEqual(['import-1', 'import-2']);
  });

  it('may be far longer than any other body, and no longer', async () => {
    const csv = 'あ'.repeat(1_500_000);
    expect((await system.call('POST', '/api/imports/people/preview', { json: { csv } })).status).toBe(200);
    const rows = await system.call('POST', '/api/imports/people/preview', { json: { csv: `利用者名,氏名,部署\n${'a,b,c\n'.repeat(900_000)}` } });
    expect(rows.status).toBe(200);
    expect(rows.json<ImportPreview>().errors.map(({ cause }) => cause)).toContain('too-many-rows');
    const large = await system.call('POST', '/api/imports/people/preview', { json: { csv: 'a'.repeat(8 * 1024 * 1024) } });
    expect([large.status, large.json().code]).toEqual([413, 'request-too-large']);
    const other = await system.call('POST', '/api/people', { json: { unitId: member.unitId, username: 'a'.repeat(70_000), displayName: 'a' } });
    expect([other.status, other.json().code]).toEqual([413, 'request-too-large']);
  });
});

describe('a file', () => {
  it('holds no formula', async () => {
    const { text } = await fileOf(system, '/api/imports/people/rows.csv');
    expect(text).toContain(`"'=HYPERLINK(""https://evil.example"")"`);
  });

  it('of sessions is for those who may export them, and tells times as in Japan', async () => {
    const officer = await gateway.signedIn(await gateway.addPerson({ roles: ['security-officer'], colleagueOf: member }));
    const staff = await gateway.signedIn(member);
    await staff.call('POST', '/api/leases', { json: { desktopId: member.id, dutyId: member.dutyId } });
    const { header, rows } = await fileOf(officer, '/api/sessions/export.csv?state=refused');
    expect(header[0]).toBe('要求');
    expect(rows).toHaveLength(1);
    expect(rows[0]!.slice(0, 3)).toEqual([expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/), '拒否', member.username]);
    const refused = await staff.call('GET', '/api/sessions/export.csv');
    expect(Problem.strict().parse(refused.json())).toMatchObject({ status: 403, code: 'forbidden' });
  });

  it('is the same by HEAD, without its rows', async () => {
    const officer = await gateway.signedIn(await gateway.addPerson({ roles: ['security-officer'], colleagueOf: member }));
    const { status, headers, text } = await officer.call('HEAD', '/api/sessions/export.csv');
    expect([status, headers['content-type'], text]).toEqual([200, 'text/csv; charset=utf-8', '']);
  });

  it('that breaks off half-way is cut, so that nobody takes a part for the whole', async () => {
    const officer = await gateway.signedIn(await gateway.addPerson({ roles: ['auditor'], colleagueOf: member }));
    const { oversight } = gateway.broker;
    const original = oversight.exportSessions;
    oversight.exportSessions = async () => broken(SESSION);
    await expect(officer.call('GET', '/api/sessions/export.csv').finally(() => (oversight.exportSessions = original))).rejects.toThrow();
    expect(gateway.logged()).toContain('an answer broke off');
  });

  it('of telework is for the head of the unit', async () => {
    const staff = await gateway.signedIn(member, 1);
    const today = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10);
    expect((await staff.call('POST', '/api/telework/marks', { json: { kind: 'start' } })).json()).toMatchObject({ state: 'working' });
    expect((await staff.call('POST', '/api/telework/marks', { json: { kind: 'resume' } })).json()).toMatchObject({ code: 'conflict' });
    const head = await gateway.signedIn(await gateway.addPerson({ roles: ['unit-head'], colleagueOf: member }));
    const { header, rows } = await fileOf(head, `/api/telework/unit.csv?from=${today}&to=${today}`);
    expect(header).toEqual(['日付', 'ユーザー名', '氏名', '部署', '開始', '終了', '勤務（分）', '中断（分）', '接続（分）', '解除された規程']);
    expect(rows.filter((row) => row[1] === member.username)).toMatchObject([[today, member.username, expect.any(String), expect.any(String), expect.stringMatching(/^\d{4}-/), '', '0', '0', '0', '']]);
  });
});
