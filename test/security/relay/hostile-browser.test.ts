// What a modified client can try against the relay, with a guacd that reports whatever reaches it.
import { type IncomingMessage, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { PassThrough } from 'node:stream';
import type { SessionEnd } from '../../../gateway/relay/index.ts';
import { writeInstruction } from '../../../gateway/relay/wire/instruction.ts';
import { GUACD_CONNECTION_ID, type LyingConnection, type LyingGuacd, startLyingGuacd } from '../../support/lying-guacd.ts';
import { type Browser, type RelayOptions, type RunningRelay, startRelay, VNC_SETTINGS } from '../../support/relay.ts';

let guacd: LyingGuacd;
let relay: RunningRelay;

beforeEach(async () => {
  guacd = await startLyingGuacd();
});
afterEach(async () => {
  await relay.stop();
  await guacd.stop();
});

async function live(options: Partial<RelayOptions> = {}, path = '/lease-1'): Promise<{ browser: Browser; desktop: LyingConnection }> {
  relay ??= await startRelay({ guacd, ...options });
  const browser = await relay.browse({ path });
  const desktop = await guacd.next();
  await desktop.send('4.sync,3.100;');
  await browser.waitFor(([opcode]) => opcode === 'sync');
  return { browser, desktop };
}
afterEach(() => {
  relay = undefined as unknown as RunningRelay;
});

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));
const afterHandshake = (desktop: LyingConnection) => desktop.received().replace(/^.*?;7\.connect,[^;]*;/s, '');

describe('a modified client', () => {
  it('has its input written anew, and everything else kept from guacd while the session goes on', async () => {
    const { browser, desktop } = await live();
    browser.send('key', 65, 1);
    for (const opener of ['clipboard', 'file', 'pipe', 'argv', 'audio']) browser.send(opener, 7, 'text/plain', 'x');
    browser.send('put', 0, 7, 'text/plain', '/x');
    browser.send('blob', 7, 'c2VjcmV0');
    browser.send('end', 7);
    browser.send('ack', 7, 'OK', 0);
    browser.send('get', 0, '/');
    browser.send('teleport', 'away');
    browser.send('sync', 101);
    browser.send('sync', 100);
    browser.send('key', 65, 0);
    browser.send('', 'ping', 1);
    await desktop.until('3.key,2.65,1.0;');
    await browser.waitFor(([, what]) => what === 'ping');
    expect(afterHandshake(desktop)).toBe('3.key,2.65,1.1;4.sync,3.100;3.key,2.65,1.0;');
    expect(browser.instructions().filter(([opcode]) => opcode === 'ack')).toEqual(Array.from({ length: 6 }, () => ['ack', '7', 'FORBIDDEN', '771']));
    expect(relay.relay.live()[0]?.refused).toMatchObject(
      Object.fromEntries(['clipboard', 'file', 'pipe', 'argv', 'audio', 'put', 'ack', 'get', 'unknown', 'sync'].map((kind) => [`client:${kind}`, { count: 1 }])),
    );
    expect(relay.ends).toEqual([]);
  });

  it('gets an answer to its ping, which guacd never sees', async () => {
    const { browser, desktop } = await live();
    browser.send('', 'ping', 1_700_000_000_000);
    expect(await browser.waitFor(([opcode, what]) => opcode === '' && what === 'ping')).toEqual(['', 'ping', '1700000000000']);
    expect(afterHandshake(desktop)).toBe('');
  });

  it('leaves no key, no button and no desktop behind when its line is cut', async () => {
    const { browser, desktop } = await live();
    browser.send('key', 0xffe3, 1);
    browser.send('mouse', 5, 6, 1);
    await desktop.until('5.mouse,');
    browser.socket.terminate();
    await desktop.until('10.disconnect;', 500);
    expect(afterHandshake(desktop)).toBe('3.key,5.65507,1.1;5.mouse,1.5,1.6,1.1;3.key,5.65507,1.0;5.mouse,1.5,1.6,1.0;10.disconnect;');
    expect(await relay.end()).toMatchObject({ cause: 'client-left', status: 0, reason: 'browser-closed' });
    await desktop.closed;
  });

  it('that says `disconnect` is let go at once', async () => {
    const { browser, desktop } = await live();
    browser.send('disconnect');
    await desktop.until('10.disconnect;', 500);
    expect(await browser.closed).toEqual({ code: 1000, reason: '0' });
    expect(await relay.end()).toMatchObject({ cause: 'client-left' });
    await desktop.closed;
  });

  it('resizes no more often than allowed, and ends at the last size', async () => {
    const { browser, desktop } = await live({ limits: { minResizeIntervalMs: 80 } });
    for (let width = 800; width <= 820; width++) browser.send('size', width, 600);
    await desktop.until('4.size,3.820,3.600;');
    expect(afterHandshake(desktop).match(/4\.size/g)!.length).toBeLessThanOrEqual(3);
  });
});

describe.each([
  ['a binary message', (browser: Browser) => browser.socket.send(Buffer.from('3.nop;')), 'client-protocol-error', 'not-text', { code: 1003, reason: '783' }],
  ['half an instruction', (browser: Browser) => browser.socket.send('3.no'), 'client-protocol-error', 'instruction-incomplete', { code: 1002, reason: '768' }],
  ['a leading zero', (browser: Browser) => browser.socket.send('03.nop;'), 'client-protocol-error', 'length-not-canonical', { code: 1002, reason: '768' }],
  ['an empty message', (browser: Browser) => browser.socket.send(''), 'client-protocol-error', 'instruction-incomplete', { code: 1002, reason: '768' }],
  ['a message beyond the bound', (browser: Browser) => browser.socket.send('x'.repeat(70_000)), 'client-protocol-error', 'message-invalid', { code: 1009, reason: '' }],
  ['text that is not UTF-8', (browser: Browser) => rawSocket(browser).write(frame(0x81, Buffer.from([0x33, 0x2e, 0xff, 0xfe, 0xfd]))), 'client-protocol-error', 'message-invalid', { code: 1007, reason: '' }],
  ['a frame with a reserved bit', (browser: Browser) => rawSocket(browser).write(frame(0xf1, Buffer.from('3.nop;'))), 'client-protocol-error', 'message-invalid', { code: 1002, reason: '' }],
  ['a frame with an unknown opcode', (browser: Browser) => rawSocket(browser).write(frame(0x8b, Buffer.alloc(0))), 'client-protocol-error', 'message-invalid', { code: 1002, reason: '' }],
  ['a frame without a mask', (browser: Browser) => rawSocket(browser).write(Buffer.from([0x81, 0x02, 0x33, 0x2e])), 'client-protocol-error', 'message-invalid', { code: 1002, reason: '' }],
] as const)('%s', (_what, misbehave, cause, reason, closing) => {
  it('ends its own session with a reason, and no other', async () => {
    const { browser, desktop } = await live();
    const other = await live({}, '/lease-2');
    misbehave(browser);
    expect(await relay.end()).toMatchObject({ cause, reason });
    expect(await browser.closed).toEqual(closing);
    await desktop.until('10.disconnect;');
    other.browser.send('key', 66, 1);
    await other.desktop.until('3.key,2.66,1.1;');
    expect(relay.relay.live().map(({ leaseId }) => leaseId)).toEqual(['lease-2']);
  });
});

describe('an upgrade', () => {
  it('with `?token=garbage` is an upgrade like any other: no token is read', async () => {
    relay = await startRelay({ guacd });
    const browser = await relay.browse({ path: '/lease-1?token=garbage&width=1&GUAC_AUDIO=audio/L16&hostname=evil' });
    const desktop = await guacd.next();
    expect(desktop.received()).toContain('4.size,4.1024,3.768,2.96;5.audio;5.video;');
    expect(desktop.received()).not.toContain('evil');
    expect(browser.socket.protocol).toBe('guacamole');
    expect(browser.socket.extensions).toBe('');
  });

  it('that is refused completes and closes with the decimal status', async () => {
    relay = await startRelay({ guacd });
    for (const [status, told] of [[771, '771'], [523, '523'], [769, '769'], [4_711, '512']] as const) {
      const browser = await relay.browse({ path: `/refuse/${status}` });
      expect((await browser.closed).reason).toBe(told);
      expect(browser.messages).toEqual([]);
    }
    expect(guacd.connections).toEqual([]);
  });

  it.each([
    ['without the subprotocol', { 'Sec-WebSocket-Protocol': undefined }],
    ['with another subprotocol', { 'Sec-WebSocket-Protocol': 'chat' }],
    ['without a key', { 'Sec-WebSocket-Key': undefined }],
    ['with a bad key', { 'Sec-WebSocket-Key': 'x' }],
    ['of an old version', { 'Sec-WebSocket-Version': '7' }],
    ['with a broken subprotocol', { 'Sec-WebSocket-Protocol': 'guacamole,,' }],
  ])('%s is answered in plain HTTP, whether it was granted or refused', async (_what, changes) => {
    relay = await startRelay({ guacd });
    for (const path of ['/lease-1', '/refuse/771']) expect(await upgradeStatus(relay.url, path, changes)).toBe(400);
    expect(await relay.end()).toMatchObject({ cause: 'client-protocol-error', reason: 'upgrade-invalid' });
    expect(guacd.connections).toEqual([]);
    await pause(20);
    expect(relay.ends).toHaveLength(1);
  });

  it('whose line is cut at once takes nothing with it', async () => {
    relay = await startRelay({ guacd });
    const { port } = new URL(relay.url);
    for (let count = 0; count < 20; count++) {
      const socket = connect(Number(port), '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(`GET /cut-${count} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: guacamole\r\n\r\n`);
      setTimeout(() => socket.resetAndDestroy(), count);
    }
    const { browser } = await live();
    expect(browser.messages.length).toBeGreaterThan(0);
    await relay.end();
    for (const end of relay.ends) expect(end.cause).toMatch(/^client-/);
  });

  it('on a lease that is carried already ends the earlier one as a conflict', async () => {
    const first = await live();
    const second = await live();
    expect((await first.browser.closed).reason).toBe('521');
    expect(await relay.end()).toMatchObject({ cause: 'ended-by-gateway', status: 521 });
    second.browser.send('key', 65, 1);
    await second.desktop.until('3.key,2.65,1.1;');
    expect(relay.relay.live()).toHaveLength(1);
    expect(relay.relay.end('lease-1', 523, 'over')).toBe(true);
    expect((await second.browser.closed).reason).toBe('523');
  });
});

describe('a browser that does not read', () => {
  it('stops guacd from being read, holds a bounded amount, and gets the rest when it reads again', async () => {
    const { browser, desktop } = await live();
    const blob = writeInstruction('blob', 1, 'A'.repeat(8_064));
    await desktop.send(writeInstruction('img', 1, 14, 0, 'image/png', 0, 0));
    await browser.waitFor(([opcode]) => opcode === 'img');
    browser.socket.pause();
    let taken = 0;
    const sending = (async () => {
      for (; taken < 400; taken++) await desktop.send(blob.repeat(32));
    })();
    const carried = () => relay.relay.live()[0]?.bytesToBrowser ?? Number.NaN;
    let before = -1;
    while (carried() !== before) {
      before = carried();
      await pause(300);
    }
    // What the kernel's own buffers take comes on top of the gateway's 1 MiB.
    expect(carried()).toBeLessThan((400 * 32 * blob.length) / 3);
    browser.socket.resume();
    await sending;
    await desktop.send('4.sync,3.200;');
    await browser.waitFor(([opcode, timestamp]) => opcode === 'sync' && timestamp === '200', 20_000);
    expect(browser.instructions().filter(([opcode]) => opcode === 'blob')).toHaveLength(400 * 32);
  });

  it('cannot make the gateway hold its own answers without bound', async () => {
    const { browser } = await live({ limits: { pauseGuacdAtBytes: 10_000, resumeGuacdBelowBytes: 10_000, browserBufferCapBytes: 300_000 } });
    browser.socket.pause();
    const flood = setInterval(() => {
      for (let count = 0; count < 200 && browser.socket.readyState === 1; count++) browser.socket.send(writeInstruction('', 'ping', 1_700_000_000_000).repeat(1_000));
    }, 5);
    const end = await relay.end().finally(() => clearInterval(flood));
    expect(end).toMatchObject({ cause: 'client-too-slow', status: 781, reason: 'browser-buffer-full' });
    browser.socket.resume();
    expect((await browser.closed).code).toBeGreaterThan(1000);
  });

  it('and answers no ping is gone', async () => {
    relay = await startRelay({ guacd, limits: { browserPingMs: 40 } });
    await relay.browse({ autoPong: false });
    expect(await relay.end()).toMatchObject({ cause: 'client-left', status: 776, reason: 'browser-silent' });
  });

  it('and answers no probe is gone, at once when it has been reported', async () => {
    const { browser } = await live({ limits: { probeMs: 50 } });
    await relay.relay.probe('lease-1');
    expect(relay.relay.live()).toHaveLength(1);
    browser.socket.pause();
    await relay.relay.probe('lease-1');
    expect(relay.ends).toMatchObject([{ cause: 'client-left', status: 776, reason: 'browser-silent' }]);
    browser.socket.resume();
    await relay.relay.probe('lease-1');
  });

  it('and whose session cannot be begun is told, and the end reported', async () => {
    relay = await startRelay({ guacd: { host: '127.0.0.1', port: 99_999 } });
    const browser = await relay.browse();
    expect((await browser.closed).reason).toBe('512');
    expect(await relay.end()).toMatchObject({ cause: 'ended-by-gateway', reason: 'internal-error' });
    await pause(20);
    expect(relay.ends).toHaveLength(1);
  });

  it('and is gone before the relay has it has left, and did nothing wrong', async () => {
    relay = await startRelay({ guacd });
    const gone = new PassThrough();
    gone.destroy();
    const headers = { upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==', 'sec-websocket-protocol': 'guacamole' };
    const ended = Promise.withResolvers<SessionEnd>();
    const grant = { leaseId: 'gone', settings: VNC_SETTINGS, size: { width: 800, height: 600, dpi: 96 } };
    relay.relay.open({ method: 'GET', headers } as unknown as IncomingMessage, gone, Buffer.alloc(0), { ...grant, onConnected: () => undefined, onEnded: (end) => ended.resolve(end), onAlarm: () => undefined });
    expect(await ended.promise).toMatchObject({ cause: 'client-left', reason: 'browser-closed' });
  });
});

describe('secrets', () => {
  it('of guacd and of the desktop reach neither the browser nor the log', async () => {
    const { browser } = await live({ settings: { username: 'secret-user', password: 'secret-password' } });
    const [, id] = await browser.waitFor(([opcode]) => opcode === '');
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(browser.messages[0]).toBe(`0.,36.${id};`);
    browser.send('disconnect');
    await relay.end();
    for (const text of [browser.messages.join(''), relay.logged()]) {
      for (const secret of [GUACD_CONNECTION_ID, 'secret-user', 'secret-password']) expect(text).not.toContain(secret);
    }
  });
});

function rawSocket(browser: Browser): { write(bytes: Buffer): void } {
  return Reflect.get(browser.socket, '_socket') as { write(bytes: Buffer): void };
}

/** A frame masked with zeros, which leaves the payload readable. */
function frame(first: number, payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from([first, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
}

function upgradeStatus(url: string, path: string, changes: Record<string, string | undefined>): Promise<number> {
  const headers: Record<string, string | undefined> = {
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    'Sec-WebSocket-Protocol': 'guacamole',
    ...changes,
  };
  return new Promise((resolve, reject) => {
    const request = httpRequest(url.replace(/^ws/, 'http') + path, { headers: Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)) });
    request.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('upgrade', (_response, socket) => {
      socket.destroy();
      resolve(101);
    });
    request.on('error', reject);
    request.end();
  });
}
