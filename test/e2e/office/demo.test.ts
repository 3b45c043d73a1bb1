// What `npm run demo` starts, as whoever tries it would use it.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateSync } from 'otplib';
import type { DemoAccount } from '../../../scripts/demo/accounts.ts';
import { openFromCard, signIn, startStaffBrowser } from '../../support/staff-browser.ts';

const root = join(import.meta.dirname, '../../..');
let directory: string;
let demo: ChildProcess;
let ended: Promise<number | null>;
let port: number;
let said = '';

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sekisho-demo-'));
  port = await freePort();
  demo = spawn(process.execPath, [join(root, 'scripts/demo/main.ts')], { cwd: root, env: { ...process.env, SEKISHO_PORT: `${port}`, SEKISHO_DATA_DIR: directory }, stdio: ['ignore', 'pipe', 'inherit'] });
  ended = new Promise((done) => demo.once('close', done));
  await new Promise<void>((ready, fail) => {
    demo.stdout!.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('Ready: ')) ready();
    });
    void ended.then((code) => fail(new Error(`the demo ended with ${code}: ${said}`)));
  });
}, 120_000);
afterAll(async () => {
  demo.kill('SIGINT');
  await ended;
  await rm(directory, { recursive: true, force: true });
});

it('lets an account of accounts.json in, opens both desktops, and ends in order', async () => {
  expect((await stat(join(directory, 'accounts.json'))).mode & 0o777).toBe(0o600);
  expect((await stat(join(directory, 'env'))).mode & 0o777).toBe(0o600);
  const accounts: readonly DemoAccount[] = JSON.parse(await readFile(join(directory, 'accounts.json'), 'utf8'));
  const suzuki = accounts.find(({ username }) => username === 'suzuki')!;
  expect(said).toContain(suzuki.password);

  const browser = await startStaffBrowser({ origin: `https://localhost:${port}` });
  try {
    const page = await (await browser.context()).newPage();
    await signIn(page, { oneTimeCode: ({ totpSecret }) => generateSync({ secret: totpSecret }) }, suzuki);
    await page.locator('.card-actions button').first().waitFor();
    expect(await page.locator('.card').count()).toBe(2);
    for (const name of ['VNC', 'RDP']) {
      await openFromCard(page, name);
      expect(await page.locator('.session-view canvas').count()).toBeGreaterThan(0);
    }
  } finally {
    await browser.close();
  }

  demo.kill('SIGINT');
  expect(await ended).toBe(0);
}, 90_000);

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port: free } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return free;
}
