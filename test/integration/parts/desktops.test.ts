import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openDesktop } from '../../support/direct-desktop.ts';
import type { DirectSession } from '../../support/direct-guacd-client.ts';
import { eventually } from '../../support/eventually.ts';
import { startOffice, startRdpDesktop, type Office, type RealDesktop } from '../../support/parts.ts';

const RETURN = 0xff0d;
const END = 0xff57;
const CONTROL = 0xffe3;
const ZENKAKU_HANKAKU = 0xff2a;
const pause = (span: number) => new Promise((done) => setTimeout(done, span));

let office: Office;

beforeAll(async () => {
  office = await startOffice();
}, 90_000);
afterAll(() => office?.stop());

async function press(session: DirectSession, ...keysyms: number[]): Promise<void> {
  for (const keysym of keysyms) {
    session.send('key', `${keysym}`, '1');
    await pause(40);
    session.send('key', `${keysym}`, '0');
    await pause(40);
  }
}

const type = (session: DirectSession, text: string) => press(session, ...Array.from(text, (character) => character.charCodeAt(0)));

/** By keyboard: on a busy machine a click may take effect after the keys that follow it. */
async function goToEnd(session: DirectSession): Promise<void> {
  session.send('key', `${CONTROL}`, '1');
  await press(session, END);
  session.send('key', `${CONTROL}`, '0');
  await pause(300);
}

async function save(session: DirectSession): Promise<void> {
  session.send('key', `${CONTROL}`, '1');
  await press(session, 's'.charCodeAt(0));
  session.send('key', `${CONTROL}`, '0');
}

const documentOf = (desktop: RealDesktop) => desktop.run('cat', [desktop.documentFile]);

describe.each(['vnc', 'rdp'] as const)('the %s desktop', (protocol) => {
  it('runs as an ordinary account', async () => {
    expect(Number(await office[protocol].run('id', ['-u']))).toBeGreaterThan(0);
    await office[protocol].run('sh', ['-c', 'pgrep -u "$(id -u)" mousepad && pgrep -u "$(id -u)" openbox']);
  });

  it('saves what is typed, in ASCII and by the Japanese input method', async () => {
    const session = await openDesktop(office.guacd, office[protocol]);
    const word = `typed-${Math.random().toString(36).slice(2)}`;
    await goToEnd(session);
    await type(session, word);
    await press(session, RETURN);
    await type(session, 'x');
    await press(session, ZENKAKU_HANKAKU);
    await type(session, 'nihongo ');
    await pause(900);
    await press(session, RETURN, ZENKAKU_HANKAKU);
    await save(session);
    await eventually(async () => expect(await documentOf(office[protocol])).toContain(`${word}\nx日本語`));
    await session.close();
  });

  it('reports a command that fails, and gives a command its input', async () => {
    expect(await office[protocol].run('cat', [], { input: '関所' })).toBe('関所');
    await expect(office[protocol].run('sh', ['-c', 'echo why >&2; exit 3'])).rejects.toThrow(/ended with 3.*why/);
    await expect(office[protocol].run('no-such-command')).rejects.toThrow(/ENOENT/);
  });
});

it('several desktops run side by side, each leaves nothing when it stops, and can be had again as it was', async () => {
  const other = await startRdpDesktop();
  expect(other.display).not.toBe(office.rdp.display);
  expect(await other.run('id', ['-un'])).not.toBe(await office.rdp.run('id', ['-un']));
  await other.stop();
  expect(existsSync(dirname(other.home))).toBe(false);
  expect(await readFile('/etc/passwd', 'utf8')).not.toContain(`${other.user}:`);
  expect((await office.rdp.run('id', ['-un'])).trim()).toBe(office.rdp.user);

  const { port, username = '', password } = other;
  const same = await startRdpDesktop({ identity: { port, username, password } });
  expect(same).toMatchObject({ port, username, password, user: username });
  await same.stop();
});

it('a desktop leaves nothing when the process that started it is killed', async () => {
  const script = `
    import { startRdpDesktop } from '${join(import.meta.dirname, '../../../scripts/parts/rdp-desktop.ts')}';
    console.log(JSON.stringify(await startRdpDesktop()));`;
  const parent = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const { home, user }: RealDesktop = JSON.parse(String(await new Promise((up) => parent.stdout.once('data', up))));
  expect(await readFile('/etc/passwd', 'utf8')).toContain(`${user}:`);
  parent.kill('SIGKILL');
  await eventually(async () => {
    expect(await readFile('/etc/passwd', 'utf8')).not.toContain(`${user}:`);
    expect(existsSync(dirname(home))).toBe(false);
  });
});
