// What a hostile or broken guacd can try against the relay and the browser behind it.
import { writeInstruction } from '../../../gateway/relay/wire/instruction.ts';
import { eventually } from '../../support/eventually.ts';
import { ARGS_1_3, type Lies, type LyingConnection, type LyingGuacd, startLyingGuacd } from '../../support/lying-guacd.ts';
import { type Browser, type RelayOptions, type RunningRelay, startRelay } from '../../support/relay.ts';

let guacd: LyingGuacd | undefined;
let relay: RunningRelay | undefined;

afterEach(async () => {
  await relay?.stop();
  await guacd?.stop();
  relay = undefined;
  guacd = undefined;
});

async function begin(lies: Lies = {}, options: Partial<RelayOptions> = {}): Promise<{ browser: Browser; relay: RunningRelay; guacd: LyingGuacd }> {
  guacd = await startLyingGuacd(lies);
  relay = await startRelay({ guacd, ...options });
  return { browser: await relay.browse(), relay, guacd };
}

async function live(options: Partial<RelayOptions> = {}): Promise<{ browser: Browser; relay: RunningRelay; desktop: LyingConnection }> {
  const { browser, relay, guacd } = await begin({}, options);
  const desktop = await guacd.next();
  await desktop.send('4.sync,3.100;');
  await browser.waitFor(([opcode]) => opcode === 'sync');
  return { browser, relay, desktop };
}

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

describe('a guacd that breaks the protocol', () => {
  it.each([
    ['a leading zero', '04.sync,1.1;', 'length-not-canonical'],
    ['an overflowing length', '4294967300.sync,1.1;', 'element-too-long'],
    ['an empty length', '.sync;', 'length-missing'],
    ['a wrong length', '4.sync,1.10;', 'terminator-missing'],
    ['too many elements', writeInstruction(...Array.from({ length: 129 }, () => 'x')), 'too-many-elements'],
    ['HTML', '<!doctype html>', 'length-not-canonical'],
    ['random bytes', Buffer.from([0xff, 0x00, 0x9f, 0x80]), 'length-not-canonical'],
  ])('by %s ends that session with a reason; what came before is shown', async (_what, bytes, reason) => {
    const { browser, relay, desktop } = await live();
    await desktop.send(Buffer.concat([Buffer.from('4.sync,3.101;'), Buffer.from(bytes as string)]));
    expect(await relay.end()).toMatchObject({ cause: 'guacd-protocol-error', status: 515, reason });
    expect(await browser.closed).toEqual({ code: 1011, reason: '515' });
    expect(browser.instructions().at(-1)).toEqual(['sync', '101']);
    await desktop.closed;
  });

  it('by half an instruction for ever holds no more than one instruction', async () => {
    const { relay, desktop } = await live({ limits: { guacdSilenceMs: 300_000 } });
    const half = `4.name,8192.${'関'.repeat(4_000)}`;
    for (let place = 0; place < half.length; place += 100) {
      await desktop.send(half.slice(place, place + 100));
    }
    await pause(50);
    expect(relay.relay.live()).toHaveLength(1);
    await desktop.send('関'.repeat(4_192) + '関');
    expect(await relay.end()).toMatchObject({ cause: 'guacd-protocol-error', reason: 'terminator-missing' });
  });

  it('by drawing before it is ready is not believed', async () => {
    const { browser, relay } = await begin({ ready: '4.sync,1.1;' });
    expect(await relay.end()).toMatchObject({ cause: 'guacd-protocol-error', reason: 'handshake-out-of-order' });
    expect((await browser.closed).reason).toBe('515');
    expect(browser.messages).toEqual([]);
  });

  it('by a second `ready` tells the browser nothing', async () => {
    const { browser, relay, desktop } = await live();
    await desktop.send('5.ready,7.$secret;4.args,4.evil;4.sync,3.101;');
    await browser.waitFor(([opcode, timestamp]) => opcode === 'sync' && timestamp === '101');
    expect(browser.messages.join('')).not.toContain('secret');
    expect(relay.relay.live()[0]?.refused).toMatchObject({ 'server:ready': { count: 1 }, 'server:args': { count: 1 } });
  });
});

describe('a guacd without the security parameters', () => {
  it.each(['disable-copy', 'disable-paste', 'enable-sftp', 'enable-audio'])('such as %s gets no credentials', async (missing) => {
    const args = writeInstruction('args', 'VERSION_1_3_0', ...ARGS_1_3.vnc.filter((name) => name !== missing));
    const { browser, relay, guacd } = await begin({ args });
    expect(await relay.end()).toMatchObject({ cause: 'handshake-refused', status: 515, reason: `security-parameter-missing:${missing}` });
    expect((await browser.closed).reason).toBe('515');
    expect(guacd.connections).toEqual([]);
    expect(relay.logged()).not.toContain('secret-password');
  });

  it('is refused, too, when the desktop’s record asks for what it does not know', async () => {
    const { relay } = await begin({}, { settings: { parameters: { 'compress-level': '3' } } });
    expect(await relay.end()).toMatchObject({ cause: 'handshake-refused', reason: 'parameter-unknown:compress-level' });
  });

  it('and settings that no guacd may get are refused before it is asked', async () => {
    const { browser, relay, guacd } = await begin({}, { settings: { parameters: { 'enable-webcam': 'true' } } });
    expect(await relay.end()).toMatchObject({ cause: 'handshake-refused', reason: 'parameter-unknown:enable-webcam' });
    expect((await browser.closed).reason).toBe('515');
    expect(guacd.connections).toEqual([]);
  });
});

describe('a guacd that goes away', () => {
  it('before it answers is unreachable', async () => {
    guacd = await startLyingGuacd();
    const { host, port } = guacd;
    await guacd.stop();
    guacd = undefined;
    relay = await startRelay({ guacd: { host, port } });
    const browser = await relay.browse();
    expect(await relay.end()).toMatchObject({ cause: 'guacd-unreachable', status: 514, reason: 'guacd-ECONNREFUSED' });
    expect(await browser.closed).toEqual({ code: 1011, reason: '514' });
  });

  it('or never answers `select` runs into the handshake’s time', async () => {
    const { relay } = await begin({ args: false }, { limits: { handshakeMs: 100 } });
    expect(await relay.end()).toMatchObject({ cause: 'guacd-unreachable', reason: 'handshake-timeout' });
  });

  it('or never says `ready` does so, too', async () => {
    const { relay } = await begin({ ready: false }, { limits: { handshakeMs: 100 } });
    expect(await relay.end()).toMatchObject({ cause: 'guacd-unreachable', reason: 'handshake-timeout' });
  });

  it('or never shows a picture runs into that time', async () => {
    const { relay } = await begin({}, { limits: { firstPictureMs: 150 } });
    expect(await relay.end()).toMatchObject({ cause: 'desktop-unreachable', status: 514, reason: 'first-picture-timeout' });
    expect(relay.connected()).toBe(0);
  });

  it('or falls silent is noticed', async () => {
    const { relay } = await live({ limits: { guacdSilenceMs: 100 } });
    expect(await relay.end()).toMatchObject({ cause: 'guacd-unreachable', status: 514, reason: 'guacd-silent' });
  });

  it('or dies without a word is noticed at once', async () => {
    const { relay, browser, desktop } = await live();
    desktop.destroy();
    expect(await relay.end()).toMatchObject({ cause: 'guacd-unreachable', reason: 'guacd-closed' });
    expect((await browser.closed).reason).toBe('514');
  });

  it('or reads no more is fed no more: the browser has to wait', async () => {
    const { relay, browser, desktop } = await live({ limits: { guacdSilenceMs: 300_000 } });
    desktop.stopReading();
    const input = writeInstruction('mouse', 1, 2, 0).repeat(3_000);
    const offered = 600 * input.length;
    for (let count = 0; count < 600; count++) browser.socket.send(input);
    const taken = () => relay.relay.live()[0]?.bytesFromBrowser ?? Number.NaN;
    await eventually(async () => {
      const before = taken();
      await pause(300);
      expect(taken()).toBe(before);
    });
    expect(taken()).toBeLessThan(offered / 3);
    expect(relay.ends).toEqual([]);
  });
});

it('a guacd that reads no more ends the session past the cap', async () => {
  const { relay, browser, desktop } = await live({ limits: { pauseBrowserAtBytes: 1_000, guacdBufferCapBytes: 20_000 } });
  desktop.stopReading();
  const input = writeInstruction('mouse', 1, 2, 0).repeat(3_000);
  for (let count = 0; count < 600; count++) browser.socket.send(input);
  expect(await relay.end()).toMatchObject({ cause: 'guacd-unreachable', status: 514, reason: 'guacd-buffer-full' });
});

describe('the end that guacd gives', () => {
  it('is an error with its status, told in the protocol and as the close reason', async () => {
    const { browser, relay, desktop } = await live();
    await desktop.send('5.error,7.顧客.txt?,3.523;10.disconnect;');
    expect(await relay.end()).toMatchObject({ cause: 'desktop-ended', status: 523 });
    expect((await browser.closed).reason).toBe('523');
    expect(browser.instructions().at(-1)).toEqual(['error', 'SESSION_CLOSED', '523']);
  });

  it('before the first picture means that the desktop cannot be reached', async () => {
    const { browser, relay, guacd } = await begin();
    await (await guacd.next()).send('5.error,7.Aborted,3.769;');
    expect(await relay.end()).toMatchObject({ cause: 'desktop-unreachable', status: 769 });
    expect((await browser.closed).reason).toBe('769');
  });

  it('in the handshake is passed on as a status', async () => {
    const { browser, relay } = await begin({ args: '5.error,3.odd,3.516;' });
    expect(await relay.end()).toMatchObject({ cause: 'desktop-unreachable', status: 516 });
    expect((await browser.closed).reason).toBe('516');
  });

  it('is `disconnect` when the person has logged off', async () => {
    const { browser, relay, desktop } = await live();
    await desktop.send('10.disconnect;');
    expect(await relay.end()).toMatchObject({ cause: 'desktop-ended', status: 523 });
    await browser.closed;
    expect(browser.instructions().at(-1)).toEqual(['disconnect']);
  });

  it('is not waited for when it asks for credentials', async () => {
    const { relay, guacd } = await begin();
    await (await guacd.next()).send('8.required,8.password;');
    expect(await relay.end()).toMatchObject({ cause: 'desktop-unreachable', status: 769, reason: 'credentials-required' });
  });
});

describe('the relay', () => {
  it('raises an alarm for an unknown opcode and goes on', async () => {
    const { browser, relay, desktop } = await live();
    await desktop.send('8.teleport,4.away;4.sync,3.101;');
    await browser.waitFor(([opcode, timestamp]) => opcode === 'sync' && timestamp === '101');
    expect(relay.alarms).toEqual([{ kind: 'unknown-opcode', opcode: 'teleport' }]);
    expect(browser.messages.join('')).not.toContain('teleport');
  });

  it('refuses files toward guacd, so that guacd frees the stream', async () => {
    const { relay, desktop } = await live();
    await desktop.send(writeInstruction('file', 4, 'application/octet-stream', '顧客.txt') + writeInstruction('body', 0, 6, 'text/plain', '/'));
    await desktop.until('3.ack,1.4,9.FORBIDDEN,3.771;3.ack,1.6,9.FORBIDDEN,3.771;');
    expect(relay.relay.live()[0]?.refused).toMatchObject({ 'server:file': { count: 1 }, 'server:body': { count: 1 } });
  });

  it('speaks for a browser that is silent, so that guacd keeps it', async () => {
    const { desktop } = await live({ limits: { keepAliveMs: 30 } });
    await desktop.until('3.nop;3.nop;', 1_000);
  });

  it('sends each chunk as one message of whole instructions', async () => {
    const { browser, desktop } = await live();
    const before = browser.messages.length;
    const chunk = ['3.nop;4.name,2.関所;3.nop;4.rect,1.0,1.0,1.0,1.1,1.1;4.sy', 'nc,3.101;3.n', 'op;'];
    for (const part of chunk) {
      await desktop.send(part);
      await pause(30);
    }
    await browser.waitFor(([opcode, timestamp]) => opcode === 'sync' && timestamp === '101');
    await pause(30);
    expect(browser.messages.slice(before)).toEqual(['3.nop;3.nop;4.rect,1.0,1.0,1.0,1.1,1.1;', '4.sync,3.101;', '3.nop;']);
  });

  it('ends a session whose first picture could not be recorded', async () => {
    const { browser, relay } = await live({ onConnected: () => Promise.reject(new Error('database down')) });
    expect(await relay.end()).toMatchObject({ cause: 'ended-by-gateway', status: 512, reason: 'connection-not-recorded' });
    expect((await browser.closed).reason).toBe('512');
  });

  it('is not harmed when an end cannot be recorded', async () => {
    const { browser, relay } = await live({ onEnded: () => Promise.reject(new Error('database down')) });
    browser.send('disconnect');
    await relay.end();
    await pause(20);
    expect(relay.logged()).toContain('could not report the end');
  });

  it('ends on request with the status that it was given, in time', async () => {
    const { browser, relay, desktop } = await live();
    const [session] = relay.relay.live();
    expect(session).toMatchObject({ leaseId: 'lease-1', since: expect.any(Date), connectedAt: expect.any(Date) });
    expect(session!.bytesToBrowser).toBeGreaterThan(10);
    expect(relay.relay.end('lease-1', 771, 'sign-in ended')).toBe(true);
    expect(relay.relay.end('lease-1', 771, 'sign-in ended')).toBe(false);
    expect(await browser.closed).toEqual({ code: 1008, reason: '771' });
    expect(await relay.end()).toMatchObject({ cause: 'ended-by-gateway', status: 771, reason: 'sign-in ended' });
    await desktop.until('10.disconnect;', 500);
    expect(relay.relay.live()).toEqual([]);
  });

  it('cuts a browser that does not answer the close', async () => {
    const { browser, relay, desktop } = await live({ limits: { closingMs: 150 } });
    browser.socket.pause();
    relay.relay.end('lease-1', 523, 'over');
    await desktop.until('10.disconnect;', 500);
    await relay.end();
    await pause(400);
    browser.socket.resume();
    await browser.closed;
  });

  it('stops with every session told, and opens no more', async () => {
    const { browser, relay, desktop } = await live();
    await relay.relay.close();
    expect(relay.ends).toMatchObject([{ cause: 'gateway-stopping', status: 520 }]);
    expect((await browser.closed).reason).toBe('520');
    await desktop.until('10.disconnect;', 500);
    await expect(relay.browse()).rejects.toThrow();
    expect(await relay.end(2)).toMatchObject({ cause: 'gateway-stopping' });
  });

  it('takes no signal for itself and puts no listener on the process', async () => {
    const before = ['SIGTERM', 'SIGINT'].map((signal) => process.listenerCount(signal));
    await live();
    expect(['SIGTERM', 'SIGINT'].map((signal) => process.listenerCount(signal))).toEqual(before);
  });
});
