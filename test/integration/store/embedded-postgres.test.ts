import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { chooseLauncher, direct, namespace, otherUser } from '../../../broker/store/embedded-postgres-launcher.ts';
import { startEmbeddedPostgres } from '../../../broker/store/embedded-postgres.ts';

const root = process.getuid?.() === 0;
// User namespaces may be forbidden, and a chroot has none.
const launchers = (await chooseLauncher()) === namespace ? [namespace, otherUser] : [otherUser];
const quiet = () => undefined;
let base: string;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'sekisho-test-'));
});
afterEach(() => rm(base, { recursive: true, force: true }));

async function ask(connectionString: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('embedded PostgreSQL', () => {
  it('keeps what was written across a stop and a start, durably, in UTF-8', async () => {
    const first = await startEmbeddedPostgres({ directory: base, log: quiet });
    await ask(first.connectionString, `create table note (text text); insert into note values ('関所')`);
    await first.stop();
    const second = await startEmbeddedPostgres({ directory: base, log: quiet });
    expect(await ask(second.connectionString, 'select text from note')).toEqual([{ text: '関所' }]);
    expect(await ask(second.connectionString, 'show fsync')).toEqual([{ fsync: 'on' }]);
    await second.stop();
  });

  it('listens on no network address', async () => {
    const server = await startEmbeddedPostgres({ directory: base, log: quiet });
    expect(await ask(server.connectionString, 'show listen_addresses')).toEqual([{ listen_addresses: '' }]);
    await server.stop();
  });

  it('makes further databases, and leaves an existing one as it is', async () => {
    const server = await startEmbeddedPostgres({ directory: base, log: quiet });
    const other = await server.createDatabase('other');
    await ask(other, 'create table kept ()');
    expect(await ask(await server.createDatabase('other'), 'select count(*)::int from kept')).toEqual([{ count: 0 }]);
    await expect(server.createDatabase('bad"name')).rejects.toThrow('Not a name');
    await server.stop();
  });

  it('works in a directory too deep for a socket, and leaves no socket directory behind', async () => {
    const deep = join(base, 'd'.repeat(60), '日本語'.repeat(10), 'deep');
    const server = await startEmbeddedPostgres({ directory: deep, log: quiet });
    expect(Buffer.byteLength(join(server.socketDirectory, '.s.PGSQL.5432'))).toBeLessThanOrEqual(107);
    expect(await ask(server.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
    expect(existsSync(server.socketDirectory)).toBe(false);
  });

  it('starts over where an earlier initialisation was cut short', async () => {
    await mkdir(join(base, 'data.initialising-abc', 'base'), { recursive: true });
    const server = await startEmbeddedPostgres({ directory: base, log: quiet });
    expect((await readdir(base)).sort()).toEqual(['data', 'socket']);
    await server.stop();
  });

  it('passes over a lock file that names a live but unrelated process', async () => {
    await (await startEmbeddedPostgres({ directory: base, log: quiet })).stop();
    await writeFile(join(base, 'data', 'postmaster.pid'), `${process.ppid}\n${join(base, 'data')}\n0\n5432\n\n\n`, { mode: 0o600 });
    await (await startEmbeddedPostgres({ directory: base, log: quiet })).stop();
  });

  it('ends when the process that started it is killed, and then starts again', async () => {
    const script = `
      import { startEmbeddedPostgres } from '${join(import.meta.dirname, '../../../broker/store/embedded-postgres.ts')}';
      await startEmbeddedPostgres({ directory: process.argv[1], log: () => undefined });
      console.log('up');`;
    const parent = spawn(process.execPath, ['--input-type=module-typescript', '-e', script, base], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((up) => parent.stdout.once('data', up));
    const pid = Number.parseInt(await readFile(join(base, 'data', 'postmaster.pid'), 'utf8'), 10);
    expect(await readlink(`/proc/${pid}/cwd`)).toBe(join(base, 'data'));
    parent.kill('SIGKILL');
    const server = await startEmbeddedPostgres({ directory: base, log: quiet });
    await expect(readlink(`/proc/${pid}/cwd`)).rejects.toThrow();
    await server.stop();
  });

  (root ? it : it.skip).each(launchers)('as root, starts by $name', async (launcher) => {
    const server = await startEmbeddedPostgres({ directory: base, log: quiet, launcher });
    expect(await ask(server.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
  });

  (launchers.length > 1 ? it : it.skip).each(launchers)('as root, by $name, takes over data from the other way', async (launcher) => {
    const other = launcher === namespace ? otherUser : namespace;
    await (await startEmbeddedPostgres({ directory: base, log: quiet, launcher: other })).stop();
    await (await startEmbeddedPostgres({ directory: base, log: quiet, launcher })).stop();
  });

  (root ? it : it.skip)('says why it does not start', async () => {
    await expect(startEmbeddedPostgres({ directory: base, log: quiet, launcher: { ...direct, owner: 0 } })).rejects.toThrow(/root/);
  });
});
