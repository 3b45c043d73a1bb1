import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCommandLine, type CommandLine, type CommandLineCall } from '../../support/command-line.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';

let test: TestDatabase;
let line: CommandLine;
beforeAll(async () => {
  test = await startTestDatabase();
  line = await createCommandLine(test.connectionString);
  await json('org', 'add', 'みほん市');
  await json('unit', 'add', '総務部');
  await json('unit', 'add', '総務課', '--parent', '総務部');
  await json('unit', 'add', '防災部');
  await json('unit', 'add', '総務課', '--parent', '防災部');
  await json('duty', 'add', '窓口', '--class', 'P2', '--zone', 'internet', '--target', '3600');
}, 120_000);
afterAll(async () => {
  await test.close();
  await line.remove();
});

const sekisho = (args: readonly string[], { language = 'C.UTF-8', ...call }: CommandLineCall & { readonly language?: string } = {}) => line.sekisho(args, { ...call, environment: { LANG: language } });

const json = async (...args: readonly string[]) => (await line.json(...args)) as { readonly items?: readonly Record<string, unknown>[] } & Record<string, unknown>;

async function file(name: string, content: string | Buffer): Promise<string> {
  const path = join(line.directory, name);
  await writeFile(path, content);
  return path;
}

describe('the directory from the command line', () => {
  it('shows units by their path, and takes one by it', async () => {
    expect((await json('unit', 'list')).items?.map(({ path }) => path)).toEqual(['総務部', '総務部/総務課', '防災部', '防災部/総務課']);
    expect((await sekisho(['user', 'add', 'x', '--name', 'x', '--unit', '総務課'])).err).toContain('Several are called');
    await json('user', 'add', 'seki', '--name', '関 守', '--unit', '防災部 / 総務課');
    await json('user', 'add', 'taro', '--name', '田中 太郎', '--unit', '総務部');
  });

  it('lists people by a part of the name, unit, role and status', async () => {
    const names = async (...args: string[]) => (await json('user', 'list', ...args)).items?.map(({ username }) => username);
    expect(await names()).toEqual(['seki', 'taro']);
    expect(await names('--search', 'タロウ')).toEqual([]);
    expect(await names('--search', '太郎')).toEqual(['taro']);
    expect(await names('--search', 'SEK')).toEqual(['seki']);
    expect(await names('--unit', '防災部')).toEqual(['seki']);
    expect(await names('--role', 'auditor')).toEqual([]);
    expect(await names('--status', 'disabled')).toEqual([]);
  });

  it('grants and revokes roles, for the organisation or a unit, and refuses what must not be', async () => {
    await json('user', 'grant', 'seki', 'unit-head', '--unit', '防災部');
    await json('user', 'grant', 'seki', 'auditor');
    expect((await json('user', 'list', '--search', 'seki')).items).toMatchObject([{ roles: ['auditor', 'staff', 'unit-head'] }]);
    const refused = await sekisho(['user', 'grant', 'seki', 'system-admin']);
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('must not hold')]);
    const absent = await sekisho(['user', 'revoke', 'seki', 'unit-head']);
    expect([absent.code, absent.err]).toEqual([1, expect.stringContaining('Held: auditor, staff, unit-head --unit')]);
    await json('user', 'revoke', 'seki', 'unit-head', '--unit', '防災部');
    await json('user', 'revoke', 'seki', 'auditor');
    expect((await json('user', 'list', '--search', 'seki')).items).toMatchObject([{ roles: ['staff'] }]);
  });

  it('suspends nobody who is the last to administer', async () => {
    await json('user', 'grant', 'taro', 'system-admin');
    const refused = await sekisho(['user', 'disable', 'taro']);
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('sekisho user grant')]);
    expect((await sekisho(['user', 'revoke', 'taro', 'system-admin', '--json'])).err).toContain('last-administrator');
  });

  it('changes people and duties, and retires a duty', async () => {
    await json('user', 'change', 'seki', '--name', '関 まもる', '--unit', '総務部/総務課');
    expect((await json('user', 'list', '--search', 'まもる')).items).toMatchObject([{ username: 'seki', unitName: '総務課' }]);
    await json('duty', 'change', '窓口', '--name', '総合窓口', '--class', 'P1', '--target', 'class');
    expect((await json('duty', 'list')).items).toMatchObject([{ name: '総合窓口', class: 'P1', zone: 'internet', targetSeconds: null, status: 'active' }]);
    expect((await sekisho(['duty', 'change', '総合窓口'])).code).toBe(2);
    expect((await sekisho(['duty', 'change', '総合窓口', '--target', '-1'])).code).toBe(2);
    await json('duty', 'add', '旧業務', '--class', 'P5', '--zone', 'lgwan');
    await json('duty', 'retire', '旧業務');
    expect((await json('duty', 'list')).items).toContainEqual(expect.objectContaining({ name: '旧業務', status: 'retired' }));
  });
});

describe('an import from the command line', () => {
  const PEOPLE = '利用者名,氏名,部署,役割,業務\r\nhanako,山田 花子,総務部/総務課,職員;所属長,総合窓口\r\n';

  it('lists what is wrong by file, line and column, and does nothing', async () => {
    const path = await file('wrong.csv', `${PEOPLE}"改\r\n行",x,無い部,職員,無い業務\r\n`);
    const english = await sekisho(['import', 'people', path]);
    expect(english.code).toBe(1);
    expect(english.out.split('\n')).toEqual([`${path}:3: 利用者名: not allowed (改  行)`, `${path}:4: 部署: there is no such unit (無い部)`, `${path}:4: 業務: there is no such duty (無い業務)`, 'Nothing was imported. Rows: 2, added: 1, changed: 0, unchanged: 0, errors: 3', '']);
    expect((await sekisho(['import', 'people', path], { language: 'ja_JP.UTF-8' })).out).toContain(`${path}:4: 部署: 登録されていない部署です (無い部)`);
    const told = await sekisho(['import', 'people', path, '--json']);
    expect([told.code, (JSON.parse(told.out) as { errors: unknown[] }).errors]).toEqual([1, expect.arrayContaining([{ line: 4, column: '部署', cause: 'unknown-unit', detail: '無い部' }])]);
    expect((await json('user', 'list', '--search', 'hanako')).items).toEqual([]);
  });

  it('shows first what it would do, and says on a terminal what takes time', async () => {
    const path = await file('good.csv', PEOPLE);
    const seen = await sekisho(['import', 'people', path, '--preview'], { terminal: true });
    expect(seen).toMatchObject({ code: 0, err: `Checking ${path} …\n` });
    expect(seen.out).toBe(`${path}:2: add hanako\nNothing was imported yet. Rows: 1, added: 1, changed: 0, unchanged: 0, errors: 0\n`);
    expect((await json('user', 'list', '--search', 'hanako')).items).toEqual([]);
    expect(await json('import', 'people', path)).toMatchObject({ rows: 1, added: 1, errors: [] });
    expect((await sekisho(['import', 'people', path])).err).toBe('');
    expect((await json('user', 'list', '--search', 'hanako')).items).toMatchObject([{ roles: ['staff', 'unit-head'] }]);
    const changed = await sekisho(['import', 'people', '-', '--preview'], { input: PEOPLE.replace('山田', '佐藤') });
    expect(changed.out).toContain('-:2: change hanako: 氏名=山田 花子 → 佐藤 花子\n');
  });

  it('reads the Shift_JIS of a Japanese spreadsheet, and says of anything else that it cannot', async () => {
    // 利用者名,氏名,部署 and sjis,山田 花子,総務部 in Shift_JIS.
    const shiftJis = Buffer.from('979897708ed296bc2c8e8196bc2c95948f900d0a736a69732c8e5293 6320 89d48e712c918d96b195940d0a'.replaceAll(' ', ''), 'hex');
    expect(await json('import', 'people', await file('sjis.csv', shiftJis))).toMatchObject({ added: 1 });
    expect((await json('user', 'list', '--search', 'sjis')).items).toMatchObject([{ displayName: '山田 花子', unitName: '総務部' }]);
    const broken = await sekisho(['import', 'people', await file('broken.csv', Buffer.from([0x75, 0xff, 0xfe, 0x80]))]);
    expect([broken.code, broken.err]).toEqual([1, expect.stringContaining('neither UTF-8 nor Shift_JIS')]);
    expect((await sekisho(['import', 'people', join(line.directory, 'nowhere.csv')])).err).toContain('cannot be read');
  });

  it('writes out what it reads, and reading it again changes nothing', async () => {
    await json('import', 'desktops', await file('desktops.csv', 'name,protocol,host,assigned_to\nPC-1,rdp,pc1.test,hanako;seki\nPC-2,vnc,pc2.test,\n'));
    for (const kind of ['people', 'desktops']) {
      for (const language of ['C.UTF-8', 'ja_JP.UTF-8']) {
        const { out } = await sekisho(['export', kind], { language });
        const path = await file(`${kind}.csv`, out);
        expect((await readFile(path)).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
        const again = await json('import', kind, path);
        expect(again).toMatchObject({ added: 0, changed: 0, unchanged: again['rows'], errors: [] });
      }
    }
    expect((await json('export', 'desktops')).items).toMatchObject([{ name: 'PC-1', port: '3389', credentials: 'ask', assigned_to: 'hanako;seki' }, { name: 'PC-2' }]);
  });
});
