import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { chooseLauncher, giveTo, type Launcher } from './embedded-postgres-launcher.ts';
import { forgetStalePostmaster } from './embedded-postgres-lock.ts';

/** PostgreSQL's own name of the socket in its socket directory, without the directory. */
const SOCKET_NAME = '.s.PGSQL.5432';
/** A Unix socket's path holds at most 107 bytes (`sun_path` is 108 with its NUL; unix(7)). */
const LONGEST_SOCKET_DIRECTORY = 107 - `/${SOCKET_NAME}`.length;
/** How long PostgreSQL may take to come up, recovery after a crash included, in milliseconds. */
const START_LIMIT = 60_000;
/** How long a fast shutdown may take before an immediate one is ordered, in milliseconds. */
const STOP_LIMIT = 15_000;
const SETTINGS = ['listen_addresses=', 'unix_socket_permissions=0700', 'timezone=UTC', 'log_timezone=UTC', 'shared_buffers=64MB'];
const SUPERUSER = 'sekisho';
const DATABASE = 'sekisho';
const LOCALE = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
const INITIALISATION = ['-U', SUPERUSER, '--auth=trust', '--no-instructions', ...LOCALE];

export interface EmbeddedPostgres {
  /** For `pg` and `psql`; names the Unix socket, the user and the database `sekisho`. */
  readonly connectionString: string;
  /** Directory (mode 0700) that holds the socket; whoever can enter it is trusted. */
  readonly socketDirectory: string;
  /** Makes a further, empty database (name: `[a-z][a-z0-9_]*`) and gives its connection string. */
  createDatabase(name: string): Promise<string>;
  /** Resolves once PostgreSQL has ended in order. May be called more than once. */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** Where the data lives; made (0700) when absent. One running PostgreSQL a directory. */
  readonly directory: string;
  /** Receives PostgreSQL's own log, a line at a time. */
  readonly log: (line: string) => void;
  /** How to start it; found out by itself when left away. */
  readonly launcher?: Launcher;
  /** Further settings of PostgreSQL's own, `name=value`; the last one of a name counts. */
  readonly settings?: readonly string[];
}

/**
 * Starts the PostgreSQL that comes with the npm packages, durable (fsync on, unless the settings say otherwise) and reachable by a Unix socket only.
 *
 * It ends with this process, however that ends. A start that was interrupted, and the remains of a process that was
 * killed, are repaired.
 *
 * @throws Error where the platform has no packaged PostgreSQL, another PostgreSQL runs on the directory, or it does not start.
 */
export async function startEmbeddedPostgres({ directory, log, launcher, settings = [] }: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const binaries = await packagedBinaries();
  const start = launcher ?? (await chooseLauncher());
  const home = resolve(directory);
  const data = join(home, 'data');
  await mkdir(home, { recursive: true, mode: 0o700 });
  await initialiseOnce({ home, data, initdb: binaries.initdb, launcher: start });
  await giveTo(start.owner, data);
  await forgetStalePostmaster(data);

  const sockets = await socketDirectory(home, start);
  const child = launch(start, binaries.postgres, [
    '-D',
    data,
    ...[...SETTINGS, `unix_socket_directories=${sockets.path}`, ...settings].flatMap((setting) => ['-c', setting]),
  ]);
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  await untilReady(child, log);

  const connectionStringOf = (database: string) =>
    `postgresql://${SUPERUSER}@/${database}?host=${encodeURIComponent(sockets.path)}`;
  const createDatabase = async (name: string) => {
    await makeDatabase(connectionStringOf('postgres'), name);
    return connectionStringOf(name);
  };
  const stop = async () => {
    await end(child, ended);
    if (sockets.temporary) await rm(sockets.path, { recursive: true, force: true });
  };

  try {
    await createDatabase(DATABASE);
  } catch (cause) {
    await stop();
    throw cause;
  }
  return { connectionString: connectionStringOf(DATABASE), socketDirectory: sockets.path, createDatabase, stop };
}

/** The packages export where their programs are; nothing is looked for on the machine. */
async function packagedBinaries(): Promise<{ initdb: string; postgres: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const programs: { initdb: string; postgres: string } = await import(name);
    return programs;
  } catch (cause) {
    throw new Error(`No packaged PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL to one of your own`, { cause });
  }
}

function launch(launcher: Launcher, program: string, args: readonly string[]): ChildProcess {
  const [command, ...prefix] = launcher.command;
  // A process group of its own: Ctrl-C in the terminal reaches whoever started PostgreSQL, and that ends it in order.
  return spawn(command, [...prefix, program, ...args], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env['PATH'], LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' },
  });
}

/** Initialises under another name and renames at the end, so that `data` is either whole or absent. */
async function initialiseOnce(place: { home: string; data: string; initdb: string; launcher: Launcher }): Promise<void> {
  const unfinished = 'data.initialising-';
  for (const name of await readdir(place.home)) {
    if (name.startsWith(unfinished)) await rm(join(place.home, name), { recursive: true, force: true });
  }
  if (await stat(place.data).catch(() => undefined)) return;

  const fresh = await mkdtemp(join(place.home, unfinished));
  await giveTo(place.launcher.owner, fresh);
  const child = launch(place.launcher, place.initdb, ['-D', fresh, ...INITIALISATION]);
  const lines: string[] = [];
  createInterface({ input: child.stderr! }).on('line', (line) => lines.push(line));
  const code = await new Promise<number | null>((done, fail) => child.once('close', done).once('error', fail));
  if (code !== 0) throw new Error(`PostgreSQL could not be initialised in ${place.home}: ${lines.join(' ')}`);
  await rename(fresh, place.data);
}

/** Beside the data where the path fits, otherwise a short private directory that lives as long as the server. */
async function socketDirectory(home: string, launcher: Launcher): Promise<{ path: string; temporary: boolean }> {
  const beside = join(home, 'socket');
  // Other characters would need quoting in `unix_socket_directories`, a list.
  const fits = Buffer.byteLength(beside) <= LONGEST_SOCKET_DIRECTORY && /^[\w./-]+$/.test(beside);
  const base = Buffer.byteLength(tmpdir()) < 60 ? tmpdir() : '/tmp';
  const path = fits ? beside : await mkdtemp(join(base, 'sekisho-pg-'));
  if (fits) {
    await rm(path, { recursive: true, force: true });
    await mkdir(path, { mode: 0o700 });
  }
  await chmod(path, 0o700);
  await giveTo(launcher.owner, path);
  return { path, temporary: !fits };
}

async function untilReady(child: ChildProcess, log: (line: string) => void): Promise<void> {
  const last: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  await new Promise<void>((ready, fail) => {
    const because = (why: string) => fail(new Error(`PostgreSQL did not start (${why}): ${last.join(' ')}`));
    timer = setTimeout(() => {
      child.kill('SIGQUIT');
      because(`not ready after ${START_LIMIT / 1000} s`);
    }, START_LIMIT);
    child.once('error', (error) => because(error.message));
    child.once('close', (code, signal) => because(`ended with ${signal ?? code}`));
    createInterface({ input: child.stderr! }).on('line', (line) => {
      log(line);
      last.push(line);
      if (last.length > 10) last.shift();
      if (line.includes('database system is ready to accept connections')) ready();
    });
  }).finally(() => clearTimeout(timer));
}

/** SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one, from which the next start recovers. */
async function end(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGINT');
  const timer = setTimeout(() => child.kill('SIGQUIT'), STOP_LIMIT);
  await ended;
  clearTimeout(timer);
}

async function makeDatabase(connectionString: string, name: string): Promise<void> {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new Error(`Not a name for a database: ${name}`);
  const client = new Client({ connectionString });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
}
