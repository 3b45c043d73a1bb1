// The relay over a real guacd and real desktops, with a WebSocket client in the browser's place.
import { openDirectSession } from '../../support/direct-guacd-client.ts';
import { copyOn } from '../../support/direct-desktop.ts';
import { eventually } from '../../support/eventually.ts';
import { startOffice, startRdpDesktop, type Office, type RealDesktop } from '../../support/parts.ts';
import { type Browser, type RelayOptions, type RunningRelay, startRelay } from '../../support/relay.ts';

let office: Office;
let running: RunningRelay[] = [];

beforeAll(async () => {
  office = await startOffice();
}, 90_000);
afterEach(async () => {
  await Promise.all(running.map((relay) => relay.stop()));
  running = [];
});
afterAll(() => office.stop());

const opcode =
  (name: string) =>
  ([first]: readonly string[]): boolean =>
    first === name;

async function relayTo(desktop: RealDesktop, options: Partial<RelayOptions> = {}): Promise<RunningRelay> {
  const { protocol, host, port, username, password } = desktop;
  const parameters: Record<string, string> = protocol === 'rdp' ? { security: 'any', 'ignore-cert': 'true', 'server-layout': 'ja-jp-qwerty' } : {};
  const relay = await startRelay({
    guacd: { host: office.guacd.host, port: office.guacd.port },
    settings: { protocol, host, port, password, ...(username === undefined ? {} : { username }), parameters },
    timezone: 'Asia/Tokyo',
    ...options,
  });
  running.push(relay);
  return relay;
}

/** Confirms each frame, as the page does. */
function confirmFrames(browser: Browser): void {
  browser.socket.on('message', (data: Buffer) => {
    for (const [, timestamp] of data.toString().matchAll(/4\.sync,\d+\.(\d+)/g)) browser.send('sync', timestamp!);
  });
}

async function session(desktop: RealDesktop, options: Partial<RelayOptions> = {}): Promise<{ relay: RunningRelay; browser: Browser }> {
  const relay = await relayTo(desktop, options);
  const browser = await relay.browse();
  confirmFrames(browser);
  await browser.waitFor(opcode('img'), 20_000);
  await browser.waitFor(opcode('sync'));
  return { relay, browser };
}

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

function type(browser: Browser, text: string): void {
  for (const letter of text) {
    browser.send('key', letter.charCodeAt(0), 1);
    browser.send('key', letter.charCodeAt(0), 0);
  }
}

describe.each(['vnc', 'rdp'] as const)('a session on the %s desktop', (protocol) => {
  it('shows the desktop, carries what is typed, and leaves it at once', async () => {
    const desktop = office[protocol];
    const { relay, browser } = await session(desktop);
    await eventually(() => expect(relay.connected()).toBe(1));
    const word = `seki${Math.random().toString(36).slice(2, 8)}`;
    await eventually(async () => {
      browser.send('mouse', 300, 300, 1);
      browser.send('mouse', 300, 300, 0);
      await pause(300);
      type(browser, word);
      browser.send('key', 0xffe3, 1);
      type(browser, 's');
      browser.send('key', 0xffe3, 0);
      await pause(700);
      expect(await desktop.run('cat', [desktop.documentFile])).toContain(word);
    });
    browser.send('disconnect');
    const end = await relay.end();
    expect(end).toMatchObject({ cause: 'client-left', status: 0 });
    expect(end.connectedAt).toBeInstanceOf(Date);
    expect(Object.keys(end.refused).filter((kind) => kind.startsWith('client:'))).toEqual([]);
    expect(await browser.closed).toEqual({ code: 1000, reason: '0' });
  });

  it('holds back what is copied on the desktop, with the parameters alone', async () => {
    const desktop = office[protocol];
    const { browser } = await session(desktop);
    await pause(1_000);
    await copyOn(desktop, 'a secret note');
    await pause(1_500);
    expect(browser.instructions().filter(opcode('clipboard'))).toEqual([]);
  });

  it('holds it back by the guard alone, where a direct connection gets it', async () => {
    const desktop = office[protocol];
    const secret = `secret ${crypto.randomUUID()}`;
    const permissive = { 'disable-copy': 'false', 'disable-paste': 'false' };
    const direct = await openDirectSession({
      host: office.guacd.host,
      port: office.guacd.port,
      select: protocol,
      parameters: { hostname: desktop.host, port: `${desktop.port}`, username: desktop.username ?? '', password: desktop.password, security: protocol === 'rdp' ? 'any' : '', 'ignore-cert': 'true', ...permissive },
    });
    await direct.waitFor(opcode('sync'));
    await direct.untilQuiet();
    // Copied again until it arrives: on RDP the clipboard channel comes up some time after the picture.
    await eventually(async () => {
      await copyOn(desktop, secret);
      const opener = await direct.waitFor(opcode('clipboard'), 1_500);
      expect((await direct.contentsOf(opener)).toString()).toBe(secret);
    });
    await direct.close();

    const { relay, browser } = await session(desktop, { forcedParameters: permissive });
    await eventually(async () => {
      await copyOn(desktop, `${secret} again`);
      await pause(1_000);
      expect(relay.relay.live()[0]?.refused['server:clipboard']?.count).toBeGreaterThanOrEqual(1);
    });
    await pause(500);
    expect(browser.instructions().filter(opcode('clipboard'))).toEqual([]);
    const wire = browser.messages.join('');
    expect(wire).not.toContain('clipboard');
    expect(wire).not.toContain(Buffer.from(secret).toString('base64').slice(0, 16));
    expect(wire).not.toContain(Buffer.from(`${secret} again`).toString('base64').slice(0, 16));
    expect(relay.relay.live()[0]?.refused['server:clipboard']?.bytes).toBeGreaterThan(`${secret} again`.length);

    // Paste is refused, answered, and does not reach the desktop, though guacd would take it.
    browser.send('clipboard', 5, 'text/plain');
    browser.send('blob', 5, Buffer.from('pasted-in').toString('base64'));
    browser.send('end', 5);
    expect(await browser.waitFor(opcode('ack'))).toEqual(['ack', '5', 'FORBIDDEN', '771']);
    await pause(500);
    expect(await desktop.run('xclip', ['-o', '-selection', 'clipboard'])).toBe(`${secret} again`);
    expect(relay.relay.live()[0]?.refused['client:clipboard']).toEqual({ count: 1, bytes: expect.any(Number) });
  });

  it('says what a browser may read when the desktop does not answer', async () => {
    const relay = await relayTo(office[protocol], { settings: { ...office[protocol], port: 9, parameters: {} } });
    const browser = await relay.browse();
    const end = await relay.end();
    expect(end.cause).toBe('desktop-unreachable');
    expect(end.connectedAt).toBeUndefined();
    expect(relay.connected()).toBe(0);
    expect((await browser.closed).reason).toBe(String(end.status));
  });
});

it('holds back a file that is put into the redirected drive, and the drive goes on working', async () => {
  // A desktop that nobody was connected to before: xrdp's channel server does not always outlive many connections.
  const desktop = await startRdpDesktop();
  const drive = { 'enable-drive': 'true', 'drive-path': `${office.guacd.scratch ?? '/tmp'}/relay-drive`, 'create-drive-path': 'true', 'disable-download': 'false', 'disable-upload': 'false' };
  const { relay, browser } = await session(desktop, { forcedParameters: drive });
  const put = (name: string) =>
    desktop.run('sh', ['-c', 'until ls "$0" && test -d "$0/Download"; do sleep 0.1; done >&2; echo secret-of-the-office > "$HOME/$1"; cp "$HOME/$1" "$0/Download/"', `${desktop.drives}/GUACFS`, name]);
  await put('顧客.txt');
  await eventually(() => expect(relay.relay.live()[0]?.refused['server:file']?.count).toBe(1));
  await put('second.txt');
  await eventually(() => expect(relay.relay.live()[0]?.refused['server:file']?.count).toBe(2));
  const wire = browser.messages.join('');
  expect(wire).not.toContain('4.file');
  expect(wire).not.toContain('顧客');
  expect(wire).not.toContain(Buffer.from('secret-of-the-office').toString('base64').slice(0, 20));
  expect(relay.relay.live()[0]?.refused['server:filesystem']?.count).toBe(1);
  await desktop.stop();
});
