import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { developmentCertificate } from '../../../certs/development.ts';
import { eventually } from '../../support/eventually.ts';
import { createHttpClient } from '../../support/http-client.ts';

const ROOT = join(import.meta.dirname, '../../..');

let directory: string;
beforeEach(async () => (directory = await mkdtemp(join(tmpdir(), 'sekisho-process-'))));
afterEach(() => rm(directory, { recursive: true, force: true }));

type Process = { readonly child: ChildProcess; output(): string; readonly ended: Promise<number | NodeJS.Signals | null> };

/** What `npm start` runs, with these settings and nothing of this machine's. */
function start(settings: Record<string, string>): Process {
  const child = spawn(process.execPath, ['gateway/main.ts'], { cwd: ROOT, env: { PATH: process.env['PATH'], ...settings }, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return { child, output: () => text, ended: new Promise((done) => child.once('close', (code, signal) => done(code ?? signal))) };
}

/** Settings of a plain machine, but for a certificate that is not left in the source tree. */
async function plain(): Promise<Record<string, string>> {
  const certificates = join(directory, 'certs');
  await developmentCertificate({ directory: certificates, hosts: ['localhost'], now: new Date() });
  return {
    SEKISHO_DATA_DIR: join(directory, 'var'),
    SEKISHO_PORT: String(await freePort()),
    SEKISHO_TLS_CERT_FILE: join(certificates, 'development.pem'),
    SEKISHO_TLS_KEY_FILE: join(certificates, 'development.key'),
  };
}

const stopped = async (running: Process, signal: NodeJS.Signals = 'SIGTERM') => {
  const began = performance.now();
  running.child.kill(signal);
  const code = await running.ended;
  return { code, seconds: (performance.now() - began) / 1000 };
};

describe('the program', () => {
  it('starts on a plain machine, gives the first administrator a link once, and stops in order', async () => {
    const settings = await plain();
    const origin = `https://localhost:${settings['SEKISHO_PORT']}`;
    const first = start(settings);
    await eventually(() => expect(first.output()).toContain('the gateway is ready'), 60_000);
    const token = new RegExp(`${origin}/welcome#([\\w-]{43})`).exec(first.output())?.[1];
    expect(token).toBeDefined();
    expect(first.output()).toContain('A key that seals secrets was made');
    expect((await stat(join(directory, 'var/keys/secret.key'))).mode & 0o777).toBe(0o600);

    const client = createHttpClient({ origin, ca: await readFile(join(directory, 'certs/development-ca.pem'), 'utf8') });
    expect((await client.call('GET', '/readyz')).status).toBe(200);
    expect((await client.call('POST', '/api/invitations/view', { json: { token } })).json()).toMatchObject({ username: 'admin' });
    const log = first.output().split('\n').filter((line) => line.startsWith('{'));
    expect(log.join('\n')).not.toContain(token);
    expect(await stopped(first)).toEqual({ code: 0, seconds: expect.any(Number) });

    const second = start(settings);
    await eventually(() => expect(second.output()).toContain('the gateway is ready'), 60_000);
    expect(second.output()).not.toContain('/welcome#');
    const { code, seconds } = await stopped(second, 'SIGINT');
    expect(code).toBe(0);
    expect(seconds).toBeLessThan(10);
  }, 120_000);

  it('stops in order when it is asked to before it is ready', async () => {
    const running = start(await plain());
    await eventually(() => expect(running.output()).toContain('PostgreSQL'), 60_000);
    const { code, seconds } = await stopped(running);
    expect(code).toBe(0);
    expect(seconds).toBeLessThan(10);
  }, 90_000);

  it('names the settings that are wrong, without a stack, and does not start', async () => {
    const running = start({ ...(await plain()), SEKISHO_GUACD: 'nowhere', DATABASE_URL: 'mysql://root:hunter2@db' });
    expect(await running.ended).toBe(1);
    expect(running.output()).toMatch(/SEKISHO_GUACD must be host:port/);
    expect(running.output()).toMatch(/DATABASE_URL must begin with postgresql:/);
    expect(running.output()).not.toMatch(/hunter2|\.ts:\d+|\n\s+at /);
  });

  it('does not start with a key that others can read', async () => {
    const settings = await plain();
    chmodSync(settings['SEKISHO_TLS_KEY_FILE']!, 0o644);
    const running = start(settings);
    expect(await running.ended).toBe(1);
    expect(running.output()).toContain('SEKISHO_TLS_KEY_FILE');
  });

  it('does not start where its port is taken, and leaves nothing running', async () => {
    const settings = await plain();
    const server = createServer();
    await new Promise<void>((done) => server.listen(Number(settings['SEKISHO_PORT']), '127.0.0.1', done));
    const running = start(settings);
    expect(await running.ended).toBe(1);
    expect(running.output()).toMatch(/EADDRINUSE/);
    await expect(stat(join(directory, 'var/postgres/data/postmaster.pid'))).rejects.toThrow('ENOENT');
    await new Promise((done) => server.close(done));
  }, 90_000);
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
