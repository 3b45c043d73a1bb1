import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { run } from '../../../bin/run.ts';
import { writeSigningKey } from '../../../broker/audit/index.ts';
import { startTestDatabase, type TestDatabase } from '../../support/database.ts';
import { eventsOf } from '../../support/office.ts';
import { SHIPPED, writePolicy } from '../../support/policy.ts';

const PROGRAM = join(import.meta.dirname, '../../../bin/sekisho');
let test: TestDatabase;
let directory: string;
let settings: Record<string, string>;

beforeAll(async () => {
  test = await startTestDatabase();
  directory = await mkdtemp(join(tmpdir(), 'sekisho-command-'));
  await writeFile(join(directory, 'secret.key'), `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  await writeSigningKey(join(directory, 'audit.pem'));
  settings = {
    PATH: process.env['PATH'] ?? '',
    LANG: 'C.UTF-8',
    DATABASE_URL: test.connectionString,
    SEKISHO_DATA_DIR: join(directory, 'var'),
    SEKISHO_SECRET_KEY_FILE: join(directory, 'secret.key'),
    SEKISHO_AUDIT_KEY_FILE: join(directory, 'audit.pem'),
    SEKISHO_AUDIT_HEADS_FILE: join(directory, 'heads.jsonl'),
    SEKISHO_PUBLIC_URL: 'https://localhost:9443',
    SEKISHO_POLICY_DIR: join(import.meta.dirname, '../../../policies'),
  };
});
afterAll(async () => {
  await test.close();
  await rm(directory, { recursive: true, force: true });
});

type Outcome = { code: number | null; out: string; err: string };

type Call = { input?: string; environment?: Record<string, string | undefined> };

/** The command line in this process. */
async function sekisho(args: readonly string[], { input = '', environment = {} }: Call = {}): Promise<Outcome> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await run(args, {
    stdin: Readable.from([Buffer.from(input)]),
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    environment: { ...settings, ...environment },
  });
  return { code, out: out.join(''), err: err.join('') };
}

/** The program as it is installed. */
function installed(program: string, args: readonly string[], { input = '', environment = {} }: Call = {}): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: { ...settings, ...environment }, cwd: directory });
    const [out, err]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

async function json(...args: Parameters<typeof sekisho>): Promise<unknown> {
  const { code, out, err } = await sekisho([...args[0], '--json'], args[1]);
  if (code !== 0) throw new Error(`exit ${code}: ${err}`);
  return JSON.parse(out);
}

describe('the command line', () => {
  it('sets up an organisation from nothing: units, people, duties, desktops, assignments, an invitation', async () => {
    await json(['org', 'add', 'みほん市']);
    await json(['unit', 'add', '総務部']);
    await json(['unit', 'add', '総務課', '--parent', '総務部']);
    expect(await json(['user', 'add', 'Seki.Mamoru', '--name', '関 守', '--unit', '総務課', '--role', 'staff', '--role', 'auditor'])).toMatchObject({ username: 'seki.mamoru' });
    await json(['duty', 'add', '窓口', '--class', 'P1', '--zone', 'internet']);
    await json(['duty', 'assign', '窓口', 'seki.mamoru']);
    const added = await json(['desktop', 'add', '--name', '総務1号機', '--protocol', 'rdp', '--host', 'pc1.office.test', '--credentials', 'stored', '--username', 'soumu', '--password-stdin', '--parameter', 'server-layout=ja-jp-qwerty'], { input: 'ひみつ pass\n' });
    expect(added).toMatchObject({ name: '総務1号機', port: 3389, credentials: 'stored', parameters: { 'server-layout': 'ja-jp-qwerty' } });
    expect(JSON.stringify(added)).not.toContain('ひみつ');
    expect(await json(['desktop', 'assign', '総務1号機', 'seki.mamoru'])).toEqual({ done: true });

    const invitation = await json(['user', 'invite', 'seki.mamoru']);
    expect(invitation).toMatchObject({ username: 'seki.mamoru', link: expect.stringMatching(/^https:\/\/localhost:9443\/welcome#[\w-]{43}$/) as unknown });
    expect(await json(['desktop', 'list'])).toMatchObject({ items: [{ name: '総務1号機', status: 'active', assignedTo: ['seki.mamoru'] }], next: null });
    expect(await json(['user', 'list'])).toMatchObject({ items: [{ username: 'seki.mamoru', roles: ['auditor', 'staff'], unitName: '総務課', hasPassword: false }] });
    const actors = (await test.database.selectFrom('audit_record').select('body').execute()).map(({ body }) => (JSON.parse(body.toString()) as { actor: { kind: string } }).actor.kind);
    expect(new Set(actors)).toEqual(new Set(['operator']));
  }, 120_000);

  it('shows tables and sentences in the language of the environment', async () => {
    const japanese = await sekisho(['org', 'list'], { environment: { LANG: 'ja_JP.UTF-8' } });
    expect(japanese.out).toContain('みほん市');
    expect((await sekisho(['user', 'disable', 'nobody'], { environment: { LANG: 'ja_JP.UTF-8' } })).err).toContain('登録されていません');
    expect((await sekisho(['user', 'disable', 'nobody'], { environment: { LANG: 'ja_JP.UTF-8', LC_ALL: 'C' } })).err).toContain('There is no user');
    expect((await sekisho([], { environment: { LANG: 'ja_JP.UTF-8' } })).out).toContain('使い方');
  });

  it('disables and enables, and disabling ends what is open', async () => {
    expect((await sekisho(['desktop', 'disable', '総務1号機'])).code).toBe(0);
    expect(await json(['desktop', 'list'])).toMatchObject({ items: [{ status: 'disabled' }] });
    expect((await sekisho(['desktop', 'enable', '総務1号機'])).code).toBe(0);
    expect((await sekisho(['user', 'disable', 'seki.mamoru'])).code).toBe(0);
    const invited = await sekisho(['user', 'invite', 'seki.mamoru']);
    expect([invited.code, invited.err]).toEqual([1, expect.stringContaining('sekisho user enable')]);
    expect((await sekisho(['user', 'enable', 'seki.mamoru'])).code).toBe(0);
  });

  it.each<[string, string[], number, string]>([
    ['an unknown noun', ['fly', 'away'], 2, 'Usage: sekisho NOUN VERB'],
    ['an unknown verb', ['org', 'remove'], 2, 'Usage: sekisho NOUN VERB'],
    ['an unknown option', ['org', 'list', '--all'], 2, 'Usage: sekisho org list'],
    ['too few words', ['desktop', 'assign', 'x'], 2, 'Usage: sekisho desktop assign DESKTOP USERNAME'],
    ['a class that is none', ['duty', 'add', 'x', '--class', 'P9', '--zone', 'internet'], 2, '--class: P0'],
    ['a name that is taken', ['org', 'add', 'みほん市'], 1, 'taken already'],
    ['a desktop that is not there', ['desktop', 'disable', '総務9号機'], 1, 'There is: 総務1号機'],
    ['a parameter that is refused', ['desktop', 'add', '--name', 'n', '--protocol', 'vnc', '--host', 'h2', '--credentials', 'ask', '--parameter', 'disable-copy=false'], 1, 'parameters.disable-copy'],
    ['an address that is taken', ['desktop', 'add', '--name', 'n', '--protocol', 'rdp', '--host', 'PC1.office.test', '--credentials', 'ask'], 1, 'host:'],
    ['a password on the command line', ['desktop', 'add', '--name', 'n', '--protocol', 'vnc', '--host', 'h', '--credentials', 'stored', '--password', 'x'], 2, 'Usage: sekisho desktop add'],
    ['a password file that is not there', ['desktop', 'add', '--name', 'n', '--protocol', 'vnc', '--host', 'h', '--credentials', 'stored', '--password-file', 'nowhere'], 1, 'cannot be read: nowhere'],
  ])('says what to do about %s, changes nothing and exits accordingly', async (_, args, code, text) => {
    const before = (await eventsOf(test.database)).length;
    const outcome = await sekisho(args);
    expect(outcome).toMatchObject({ code, out: '' });
    expect(outcome.err).toContain(text);
    expect(outcome.err).not.toMatch(/\n\s+at /);
    expect((await eventsOf(test.database)).length).toBe(before);
  });

  it('tells a refusal as JSON too', async () => {
    const { code, err } = await sekisho(['org', 'add', 'みほん市', '--json']);
    expect([code, JSON.parse(err)]).toEqual([1, { code: 'conflict', fields: [{ path: 'name', expected: 'one that is not taken' }] }]);
  });

  it.each<[string, readonly string[]]>([
    ['an option that is not there', ['org', 'add', 'x', '--nothing', '--json']],
    ['a verb that is missing', ['org', '--json']],
  ])('tells %s as JSON too', async (_, args) => {
    const { code, out, err } = await sekisho(args);
    expect([code, out, JSON.parse(err)]).toEqual([2, '', { code: 'wrong-use', message: expect.any(String) }]);
  });

  it('asks which organisation is meant once there are several', async () => {
    await json(['org', 'add', '別市']);
    const outcome = await sekisho(['unit', 'list']);
    expect([outcome.code, outcome.err]).toEqual([2, expect.stringContaining('--organisation is needed: みほん市, 別市')]);
    expect(await json(['unit', 'list', '-o', '別市'])).toEqual({ items: [], next: null });
  });

  it('says what to do where there is no database, a wrong setting or no key', async () => {
    const nothing = await sekisho(['org', 'list'], { environment: { DATABASE_URL: undefined, SEKISHO_DATA_DIR: join(directory, 'nowhere') } });
    expect([nothing.code, nothing.err]).toEqual([1, expect.stringContaining('npm start')]);
    const silent = await sekisho(['org', 'list'], { environment: { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' } });
    expect([silent.code, silent.err]).toEqual([1, expect.stringContaining('The database cannot be used')]);
    const wrong = await sekisho(['org', 'list'], { environment: { SEKISHO_PORT: 'many' } });
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('SEKISHO_PORT')]);
    const keyless = await sekisho(['org', 'list'], { environment: { SEKISHO_SECRET_KEY_FILE: join(directory, 'no.key') } });
    expect([keyless.code, keyless.err]).toEqual([1, expect.stringContaining('SEKISHO_SECRET_KEY_FILE')]);
  });

  it('is a program that works through a link from another directory, reads a pipe and exits with its code', async () => {
    const link = join(directory, 'sekisho-link');
    await symlink(PROGRAM, link);
    const added = await installed(link, ['desktop', 'add', '-o', 'みほん市', '--name', '総務2号機', '--protocol', 'vnc', '--host', 'pc2.office.test', '--credentials', 'stored', '--password-stdin', '--json'], { input: 'pass1234\n' });
    expect([added.code, added.err]).toEqual([0, '']);
    expect(JSON.parse(added.out)).toMatchObject({ name: '総務2号機', port: 5900 });
    expect((await installed(link, ['fly', 'away'])).code).toBe(2);
    expect((await installed(link, ['org', 'add', 'みほん市'])).code).toBe(1);
  });

  it('checks the policy and tells the site of an address, without a database', async () => {
    const environment = { DATABASE_URL: undefined };
    expect(await json(['policy', 'check'], { environment })).toMatchObject({ version: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown });
    expect(await json(['policy', 'site', '203.0.113.5'], { environment })).toEqual({ address: '203.0.113.5', site: 'home' });
    const changed = join(directory, 'policies');
    await writePolicy(changed, { 'access.yaml': 'networks: []\nzonez: {}\n' });
    const wrong = await sekisho(['policy', 'check'], { environment: { ...environment, SEKISHO_POLICY_DIR: changed } });
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining(`${join(changed, 'access.yaml')}:2:1: zonez`)]);
  });

  it('tries the cases of the policy and lists those that come out otherwise', async () => {
    const changed = join(directory, 'policies');
    const check = (args: readonly string[] = []) => sekisho(['policy', 'check', ...args], { environment: { DATABASE_URL: undefined, SEKISHO_POLICY_DIR: changed } });
    await writePolicy(changed, { 'capacity.yaml': { 'reserve: 10': 'reserve: 0' } });
    await cp(join(SHIPPED, 'cases'), join(changed, 'cases'), { recursive: true });
    const table = await check();
    expect([table.code, table.out]).toEqual([1, expect.stringMatching(/seats\.yaml:\d+ +予備しか残っていなければ待つ.* P1 .*wait \| seats-reserved.* admit/)]);
    const { items } = JSON.parse((await check(['--json'])).out) as { items: Record<string, string>[] };
    expect([...new Set(items.map(({ at }) => at?.replace(/:\d+$/, '')))]).toEqual(['queue.yaml', 'seats.yaml'].map((file) => join(changed, 'cases', file)));
    expect(items.find(({ at }) => at?.includes('seats.yaml'))).toMatchObject({ class: 'P1', expected: 'wait | seats-reserved | help: seat', found: 'admit | help: none' });
    await writePolicy(changed);
    expect(JSON.parse((await check(['--json'])).out)).toMatchObject({ cases: expect.any(Number) as unknown });
    await writeFile(join(changed, 'cases', 'seats.yaml'), 'cases:\n  - nam: a\n');
    const unreadable = await check();
    expect([unreadable.code, unreadable.err]).toEqual([1, expect.stringMatching(/^The policy is in force[^]*seats\.yaml:2:5: cases\.0\.nam/)]);
  });

  it('verifies the audit trail', async () => {
    const { code, out } = await sekisho(['audit', 'verify']);
    expect([code, out]).toEqual([0, expect.stringContaining('INTACT')]);
  });
});
