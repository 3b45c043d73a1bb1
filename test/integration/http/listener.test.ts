import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { developmentCertificate } from '../../../certs/development.ts';
import { eventually } from '../../support/eventually.ts';
import { createListener, type Listener } from '../../../gateway/listener.ts';

let directory: string;
let listener: Listener;
let port: number;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sekisho-listener-'));
  listener = createListener({
    certificate: await developmentCertificate({ directory, hosts: ['localhost'], now: new Date() }),
    connectionsPerAddress: 5,
    trustedProxies: [],
    handle: (_request, response) => void response.end('hello'),
    upgrade: (_request, socket) => void socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n'),
    limits: { headersTimeout: 300, requestTimeout: 600, connectionsCheckingInterval: 50 },
  });
  port = await listener.listen(0, '127.0.0.1');
});
afterAll(async () => {
  await listener.close(0);
  await rm(directory, { recursive: true });
});

/** A bare connection and all that comes over it until it is closed. */
async function dial(options: object = {}): Promise<{ socket: TLSSocket; closed: Promise<string> }> {
  const socket = connect({ port, host: '127.0.0.1', servername: 'localhost', ca: readFileSync(join(directory, 'development-ca.pem')), ...options });
  let text = '';
  const closed = new Promise<string>((done) => socket.on('data', (chunk) => (text += String(chunk))).on('error', () => undefined).once('close', () => done(text)));
  await new Promise((done, fail) => socket.once('secureConnect', done).once('error', fail).once('close', fail));
  return { socket, closed };
}

describe('the listener', () => {
  it('speaks TLS 1.2 and newer only', async () => {
    const { socket } = await dial();
    expect(socket.getProtocol()).toBe('TLSv1.3');
    socket.destroy();
    await expect(dial({ minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' })).rejects.toBeDefined();
  });

  it('hangs up on whoever sends headers too slowly', async () => {
    const { socket, closed } = await dial();
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
    const drip = setInterval(() => socket.write('a'), 50);
    expect(await closed).toMatch(/^HTTP\/1\.1 408 /);
    clearInterval(drip);
  });

  it.each([
    ['headers beyond 16 KiB', `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    ['what is no HTTP', 'hello\r\n\r\n', 400],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 400],
    ['a NUL in a header', 'GET / HTTP/1.1\r\nHost: localhost\r\nX: a\u0000b\r\n\r\n', 400],
  ])('refuses %s', async (_what, text, status) => {
    const { socket, closed } = await dial();
    socket.write(text);
    expect(await closed).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });

  it('lets one address open so many connections and no more, and again when one is closed', async () => {
    const open = await Promise.all(Array.from({ length: 5 }, () => dial()));
    await expect(dial()).rejects.toBeDefined();
    const [first, ...others] = open;
    first!.socket.destroy();
    await first!.closed;
    const again = await eventually(() => dial());
    for (const { socket } of [...others, again]) socket.destroy();
    await Promise.all([...others, again].map(({ closed }) => closed));
  });

  it('closes even over a WebSocket that nobody ends', async () => {
    const { socket, closed } = await eventually(() => dial());
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    await new Promise((done) => socket.once('data', done));
    const began = performance.now();
    await listener.close(200);
    expect(performance.now() - began).toBeLessThan(2_000);
    await closed;
  });
});
