import { WebSocket } from 'ws';
import { eventually } from '../../support/eventually.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import type { HttpClient } from '../../support/http-client.ts';
import { openLive } from '../../support/live-client.ts';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway?.stop());

/** A connection that says what it likes, below socket.io. */
async function raw(client: HttpClient, { joins = true } = {}): Promise<{ socket: WebSocket; closed: Promise<void> }> {
  const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const socket = new WebSocket(`${gateway.origin.replace('https', 'wss')}/live/socket.io/?EIO=4&transport=websocket`, { ca: gateway.ca, headers: { cookie, origin: gateway.origin }, perMessageDeflate: true });
  socket.on('error', () => undefined);
  const closed = new Promise<void>((done) => socket.once('close', () => done()));
  await new Promise<void>((opened, fail) => socket.once('message', () => opened()).once('close', fail));
  if (joins) {
    const joined = new Promise((done) => socket.once('message', done));
    socket.send('40');
    await joined;
  }
  return { socket, closed };
}

describe('a connection that does not behave', () => {
  it.each<[string, (socket: WebSocket) => void]>([
    ['sends too much at once', (socket) => socket.send(`42["watch",{"topics":["${'x'.repeat(5_000)}"]}]`)],
    ['sends too often', (socket) => Array.from({ length: 200 }, () => socket.send('42["watch",{"topics":[]}]'))],
    ['floods below the events', (socket) => Array.from({ length: 200 }, () => socket.send('3'))],
    ['asks for namespaces that are not there', (socket) => Array.from({ length: 200 }, (_, index) => socket.send(`40/n${index},`))],
    ['sends bytes', (socket) => socket.send(Buffer.from([1, 2, 3]))],
    ['announces bytes that never come', (socket) => ['451-["watch",{"_placeholder":true,"num":0}]', '42["watch",{"topics":[]}]'].forEach((text) => socket.send(text))],
    ['sends what is no packet', (socket) => socket.send('4x')],
    ['sends an event of socket.io’s own', (socket) => socket.send('42["disconnect"]')],
  ])('is ended when it %s, and nobody else is', async (_, misbehave) => {
    const well = await openLive(gateway, await gateway.signedIn(await gateway.addPerson()));
    const { socket, closed } = await raw(await gateway.signedIn(await gateway.addPerson()));
    misbehave(socket);
    await closed;
    expect(await well.watch('level')).toEqual({ watching: ['level'] });
    well.close();
  });

  it('is ended when it never says anything', async () => {
    const { closed } = await raw(await gateway.signedIn(await gateway.addPerson()), { joins: false });
    await closed;
  });

  it('is not compressed, so that nothing is guessed from lengths', async () => {
    const { socket } = await raw(await gateway.signedIn(await gateway.addPerson()));
    expect(socket.extensions).toBe('');
    socket.terminate();
  });

  it('has no more than ten of one sign-in, and room again when one goes', async () => {
    const client = await gateway.signedIn(await gateway.addPerson());
    const open = await Promise.all(Array.from({ length: 10 }, () => raw(client)));
    await expect(raw(client)).rejects.toBeDefined();
    const other = await raw(await gateway.signedIn(await gateway.addPerson()));
    other.socket.terminate();
    open[0]!.socket.terminate();
    await eventually(async () => (await raw(client)).socket.terminate());
    for (const { socket } of open) socket.terminate();
  });

  it('leaves nothing behind', async () => {
    await eventually(() => {
      expect(gateway.realtime.server.engine.clientsCount).toBe(0);
      expect(gateway.realtime.server.sockets.sockets.size).toBe(0);
      expect(gateway.realtime.server.sockets.adapter.rooms.size).toBe(0);
    });
  });
});
