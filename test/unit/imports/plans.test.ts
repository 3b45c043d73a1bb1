import fc from 'fast-check';
import { planDesktops } from '../../../broker/imports/desktops/plan.ts';
import { readDesktopRow } from '../../../broker/imports/desktops/row.ts';
import type { DesktopsState, KnownDesktop } from '../../../broker/imports/desktops/state.ts';
import { DESKTOP_COLUMNS } from '../../../broker/imports/desktops/columns.ts';
import { PEOPLE_COLUMNS } from '../../../broker/imports/people/columns.ts';
import { planPeople } from '../../../broker/imports/people/plan.ts';
import { readPersonRow } from '../../../broker/imports/people/row.ts';
import type { KnownPerson, PeopleState } from '../../../broker/imports/people/state.ts';
import type { ImportScope } from '../../../broker/imports/index.ts';
import { readTable } from '../../../broker/imports/table.ts';
import { csvLine } from '../../../broker/imports/csv/write.ts';

const EVERYTHING: ImportScope = { organisationId: 'city', people: 'all', roles: 'all', duties: 'all' };
const HANAKO: KnownPerson = { id: 'h', organisationId: 'city', unitId: 'general', username: 'hanako', displayName: '山田 花子', language: 'ja', status: 'active', roles: ['staff'], byProvider: [], narrower: [{ role: 'auditor', unitId: 'general' }], duties: [{ id: 'tax', name: '税' }], endsAt: null, loanedFrom: null };
const PEOPLE: PeopleState = {
  units: new Map([['総務部', 'general'], ['総務部/総務課', 'section']]),
  paths: new Map([['general', '総務部'], ['section', '総務部/総務課']]),
  duties: new Map([['税', 'tax'], ['住民票', 'residents']]),
  people: new Map([['hanako', HANAKO]]),
  conflicts: [{ role: 'system-admin', other: 'auditor' }, { role: 'auditor', other: 'system-admin' }],
  administrators: new Set(['somebody']),
};
const PC: KnownDesktop = { id: 'pc', name: 'PC-1', protocol: 'rdp', host: 'pc1.test', port: 3389, kind: 'exclusive', sessions: 1, weight: 1, poolId: null, pool: null, credentials: 'stored', status: 'active', assignedTo: [{ id: 'h', username: 'hanako' }], occupied: false };
const DESKTOPS: DesktopsState = {
  desktops: new Map([['PC-1', PC], ['PC-2', { ...PC, id: 'busy', name: 'PC-2', host: 'pc2.test', credentials: 'ask', occupied: true }]]),
  addresses: new Map([['pc1.test 3389', 'pc'], ['pc2.test 3389', 'busy'], ['foreign.test 3389', 'another']]),
  pools: new Map([['共用', { id: 'p', name: '共用', logIn: 'personal' }]]),
  people: new Map([['hanako', 'h'], ['taro', 't']]),
};

function people(csv: string, { state = PEOPLE, scope = EVERYTHING } = {}) {
  const { rows, findings } = readTable(csv, PEOPLE_COLUMNS);
  return planPeople(rows.map((row) => readPersonRow(row, findings)), { state, scope, findings });
}
function desktops(csv: string, state = DESKTOPS) {
  const { rows, findings } = readTable(csv, DESKTOP_COLUMNS);
  return planDesktops(rows.map((row) => readDesktopRow(row, findings)), { state, findings });
}
const said = ({ errors }: { errors: readonly { line: number; column: string; cause: string; detail: string }[] }) => errors.map(({ line, column, cause, detail }) => `${line}:${column}:${cause}:${detail}`);

describe('the header of a file', () => {
  it.each([
    ['a column that is missing', 'username,unit\na,総務部\n', ['1:display_name:header-missing:氏名']],
    ['a column that nobody knows', 'username,display_name,unit,密码\na,b,総務部,x\n', ['1:密码:header-unknown:密码']],
    ['a column twice, in two languages', 'username,display_name,unit,利用者名\na,b,総務部,x\n', ['1:利用者名:twice-in-file:利用者名']],
    ['nothing at all', '', ['1:username:header-missing:利用者名', '1:display_name:header-missing:氏名', '1:unit:header-missing:部署']],
  ])('names %s', (_, csv, errors) => {
    expect(said(people(csv))).toEqual(errors);
    expect(people(csv).rows).toBe(0);
  });

  it('may stand behind empty lines, in any order, width and case', () => {
    expect(people('\n\nＵＮＩＴ,Display Name, 利用者名 \n総務部,新,a\n')).toMatchObject({ rows: 1, added: 1, errors: [] });
  });

  it('lets 5,000 rows in and not one more', () => {
    const row = (n: number) => `u${n},x,総務部\n`;
    const file = (count: number) => `username,display_name,unit\n${Array.from({ length: count }, (_, n) => row(n)).join('')}`;
    expect(people(file(5_000))).toMatchObject({ rows: 5_000, added: 5_000, errors: [] });
    expect(said(people(file(5_001)))).toEqual(['5002::too-many-rows:5001']);
  });
});

describe('a plan for people', () => {
  const HEADER = 'username,display_name,unit,language,roles,duties,status\n';

  it('finds every wrong cell of a row, not just the first', () => {
    expect(said(people(`${HEADER}a b,,無い部,fr,king;職員,無;税,x\n`))).toEqual([
      '2:display_name:missing:', '2:username:not-allowed:a b', '2:language:not-allowed:fr', '2:status:not-allowed:x', '2:roles:not-allowed:king', '2:unit:unknown-unit:無い部', '2:duties:unknown-duty:無',
    ]);
  });

  it('counts roles that are held for a unit among those that exclude each other', () => {
    expect(said(people(`${HEADER}hanako,山田 花子,総務部,,staff;system-admin,税,\n`))).toEqual(['2:roles:roles-incompatible:system-admin;auditor']);
  });

  it('leaves nobody without an administrator, counting those that the file adds', () => {
    const state = { ...PEOPLE, people: new Map([['boss', { ...HANAKO, id: 'somebody', username: 'boss', narrower: [], roles: ['system-admin' as const] }]]) };
    expect(said(people(`${HEADER}boss,山田 花子,総務部,,staff,税,\n`, { state }))).toEqual(['2:roles:contradiction:last-administrator']);
    expect(said(people(`${HEADER}boss,山田 花子,総務部,,system-admin,税,停止\n`, { state }))).toEqual(['2:status:contradiction:last-administrator']);
    expect(people(`${HEADER}boss,山田 花子,総務部,,staff,税,\nnew,新,総務部,,system-admin,,\n`, { state }).errors).toEqual([]);
    expect(said(people(`${HEADER}boss,山田 花子,総務部,,staff,税,\nnew,新,総務部,,system-admin,,停止\n`, { state }))).toHaveLength(1);
  });

  it('counts nobody who stays suspended among those who administer, and whoever it lets in again', () => {
    const boss: KnownPerson = { ...HANAKO, id: 'somebody', username: 'boss', narrower: [], roles: ['system-admin'] };
    const away = (roles: KnownPerson['roles']): PeopleState => ({ ...PEOPLE, people: new Map([['boss', boss], ['away', { ...boss, id: 'a', username: 'away', status: 'disabled', roles }]]) });
    const file = (status: string) => `${HEADER}boss,山田 花子,総務部,,staff,税,\naway,山田 花子,総務部,,system-admin,税,${status}\n`;
    expect(said(people(file(''), { state: away(['staff']) }))).toEqual(['2:roles:contradiction:last-administrator']);
    expect(said(people(file(''), { state: away(['system-admin']) }))).toEqual(['2:roles:contradiction:last-administrator']);
    expect(people(file('有効'), { state: away(['system-admin']) }).errors).toEqual([]);
  });

  it('takes an empty list for nothing, and an empty word for what it is', () => {
    expect(people(`${HEADER}hanako,山田 花子,総務部,,staff,,\n`).work.change).toEqual([{ personId: 'h', grant: [], revoke: [], assign: [], unassign: ['tax'] }]);
    expect(people('username,display_name,unit\nhanako,山田 花子,総務部\n')).toMatchObject({ unchanged: 1, changed: 0 });
  });
});

describe('a plan for desktops', () => {
  const row = (cells: Record<string, string>) => csvLine(Object.keys(cells)) + csvLine(Object.values(cells));

  it.each([
    ['a stored password would go to another machine', { name: 'PC-1', protocol: 'rdp', host: 'evil.test' }, ['2:host:contradiction:stored']],
    ['a stored password would go to another port', { name: 'PC-1', protocol: 'rdp', host: 'pc1.test', port: '3390' }, ['2:port:contradiction:stored']],
    ['somebody is there', { name: 'PC-2', protocol: 'rdp', host: 'pc9.test' }, ['2:host:contradiction:desktop-in-use']],
    ['somebody is there and a pool would open it', { name: 'PC-2', protocol: 'rdp', host: 'pc2.test', pool: '共用' }, ['2:pool:contradiction:desktop-in-use']],
    ['its protocol would be another', { name: 'PC-1', protocol: 'vnc', host: 'pc1.test' }, ['2:protocol:contradiction:rdp']],
    ['a stored log-in would be everybody\'s in a personal pool', { name: 'PC-1', protocol: 'rdp', host: 'pc1.test', pool: '共用' }, ['2:pool:contradiction:stored']],
    ['a VNC screen would be several people\'s', { name: 'v', protocol: 'vnc', host: 'v.test', kind: '共用', sessions: '3' }, ['2:kind:contradiction:vnc']],
    ['its address is a desktop\'s of somebody else', { name: 'n', protocol: 'rdp', host: 'FOREIGN.test.' }, ['2:host:taken:foreign.test 3389']],
    ['its address is the one of the desktop beside it', { name: 'n', protocol: 'rdp', host: 'pc1.test' }, ['2:host:taken:pc1.test 3389']],
    ['a number is no number', { name: 'n', protocol: 'rdp', host: 'n.test', port: '33x9', sessions: '-1', weight: '1.5' }, ['2:port:not-allowed:33x9', '2:sessions:not-allowed:-1', '2:weight:not-allowed:1.5']],
  ])('refuses a row where %s', (_, cells, errors) => {
    expect(said(desktops(row(cells)))).toEqual(errors);
  });

  it('forgets a stored log-in when told to ask, and may move it then', () => {
    expect(desktops(row({ name: 'PC-1', protocol: 'rdp', host: 'new.test', credentials: 'ask', pool: '共用' }))).toMatchObject({ errors: [], changed: 1, work: { change: [{ host: 'new.test', credentials: 'ask', poolId: 'p', poolBefore: null }] } });
  });

  it('leaves a stored log-in where nothing is said of it', () => {
    expect(desktops(row({ name: 'PC-1', protocol: 'rdp', host: 'pc1.test', credentials: '', weight: '２' })).work.change).toEqual([{ desktopId: 'pc', weight: 2, assign: [], unassign: [] }]);
  });
});

describe('whatever is in a file', () => {
  it('half of a surrogate pair is found wrong: it would be stored as another text', () => {
    expect(said(people('username,display_name,unit\na,関\ud842守,総務部\n'))).toEqual(['2:display_name:encoding:関\ufffd守']);
  });

  it('is told with a bounded number of findings, and with none forgotten nothing passes', () => {
    const wide = `username,display_name,unit${',x'.repeat(90_000)}\n`;
    expect(people(wide).errors.length).toBeLessThan(200);
    const listing = Array.from({ length: 30 }, (_, n) => `u${n},x,総務部,"${Array.from({ length: 1_400 }, (_, part) => `n${part}`).join(';')}"\n`).join('');
    const plan = people(`username,display_name,unit,duties\n${listing}`);
    expect(plan).toMatchObject({ rows: 30, added: 0 });
    expect(new Set(plan.errors.map(({ line }) => line)).size).toBe(30);
    expect(plan.errors.length).toBeLessThanOrEqual(30 * 20);
  });

  const good = Buffer.from(`\ufeffusername,display_name,unit,language,roles,duties,status\r\nhanako,"山田, 花子",総務部,ja,staff,税;住民票,active\r\n新人,=新,総務部/総務課,en,職員,,停止\r\n`);
  const mutated = fc.tuple(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }), fc.nat(good.length)).map(([changes, cut]) => {
    const bytes = Buffer.from(good);
    for (const [at, byte] of changes) bytes[at] = byte;
    return bytes.subarray(0, cut % 3 === 0 ? cut : bytes.length).toString();
  });

  it('it is planned or found wrong, and never fails', () => {
    fc.assert(
      fc.property(fc.oneof(mutated, fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', 'u', ';', '\ufffd', '\0') })), (csv) => {
        for (const plan of [people(csv), desktops(csv)]) {
          expect(plan.added + plan.changed + plan.unchanged).toBeLessThanOrEqual(plan.rows);
          if (plan.errors.length === 0) expect(plan.added + plan.changed + plan.unchanged).toBe(plan.rows);
          for (const { line, detail } of plan.errors) expect([line >= 1, [...detail].length <= 100]).toEqual([true, true]);
        }
      }),
      { numRuns: 3_000 },
    );
  });
});
