import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { writeInstruction } from '../../../gateway/relay/wire/instruction.ts';
import { addDesktop } from '../../support/add-desktop.ts';
import { eventually } from '../../support/eventually.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import type { HttpClient } from '../../support/http-client.ts';
import { startLyingGuacd, type LyingGuacd } from '../../support/lying-guacd.ts';
import type { Person } from '../../support/people.ts';
import { dialRelay, type RelayDial } from '../../support/relay-client.ts';

let guacd: LyingGuacd;
let gateway: TestGateway;
let person: Person;
let client: HttpClient;
beforeAll(async () => {
  guacd = await startLyingGuacd();
  gateway = await startGateway({ guacd: `${guacd.host}:${guacd.port}` });
  person = await gateway.addPerson();
  client = await gateway.signedIn(person);
});
afterAll(async () => {
  await gateway?.stop();
  await guacd?.stop();
});

async function grant(of = person, by = client): Promise<string> {
  const desktopId = await addDesktop(gateway.broker, of);
  const answer = await by.call('POST', '/api/leases', { json: { desktopId, dutyId: of.dutyId } });
  return answer.json<{ id: string }>().id;
}
const state = async (leaseId: string, by = client) => (await by.call('GET', `/api/leases/${leaseId}`)).json();

/** Dials and gives the status it is refused with. */
async function refusal(leaseId: string, by: HttpClient, dial?: RelayDial): Promise<string> {
  const { closed } = await dialRelay(gateway, by, leaseId, dial);
  return (await closed).reason;
}

/** Opens the relay of a new lease up to the first picture. */
async function open(of = person, by = client) {
  const leaseId = await grant(of, by);
  const connected = guacd.next();
  const browser = await dialRelay(gateway, by, leaseId);
  const desktop = await connected;
  await desktop.send(writeInstruction('size', '0', '1024', '768') + writeInstruction('sync', '1'));
  await eventually(() => expect(gateway.relay.live().find((session) => session.leaseId === leaseId)?.connectedAt).toBeDefined());
  return { leaseId, browser, desktop };
}

describe('an upgrade', () => {
  it('by the lease\'s owner opens the relay, to the desktop on record and nowhere else', async () => {
    const { leaseId, browser, desktop } = await open();
    expect(await state(leaseId)).toMatchObject({ state: 'active' });
    expect(desktop.received()).toMatch(/8\.hunter2!/);
    browser.socket.close();
    await eventually(async () => expect(await state(leaseId)).toMatchObject({ state: 'parked' }));
    const again = guacd.next();
    const back = await dialRelay(gateway, client, leaseId);
    await again;
    expect(await state(leaseId)).toMatchObject({ state: 'active' });
    back.socket.close();
  });

  it('is refused to whoever is not signed in, or only half', async () => {
    const leaseId = await grant();
    expect(await refusal(leaseId, gateway.browser())).toBe('769');
    expect(await refusal(leaseId, await gateway.halfSignedIn(person))).toBe('769');
    const pretender = gateway.browser();
    pretender.cookies.set('__Host-sekisho-pending', client.cookies.get('__Host-sekisho')!);
    expect(await refusal(leaseId, pretender)).toBe('769');
    const headers = { 'x-forwarded-user': person.username, 'authorization': `Bearer ${client.cookies.get('__Host-sekisho')}` };
    expect(await refusal(leaseId, gateway.browser(), { headers })).toBe('769');
    expect(await state(leaseId)).toMatchObject({ state: 'granted' });
  });

  it.each([
    ['another site', { origin: 'https://evil.example' }],
    ['no origin', { origin: null }],
    ['an origin without a name', { origin: 'null' }],
    ['a neighbouring site', { headers: { 'sec-fetch-site': 'same-site' } }],
  ] as const)('from %s is refused', async (_what, dial) => {
    const leaseId = await grant();
    expect(await refusal(leaseId, client, dial)).toBe('771');
    expect(await state(leaseId)).toMatchObject({ state: 'granted' });
  });

  it('for somebody else\'s lease, an ended one or none is refused', async () => {
    const leaseId = await grant();
    const other = await gateway.signedIn(await gateway.addPerson());
    expect(await refusal(leaseId, other)).toBe('516');
    expect(await refusal(randomUUID(), client)).toBe('516');
    await client.call('DELETE', `/api/leases/${leaseId}`);
    expect(await refusal(leaseId, client)).toBe('523');
  });

  it.each([
    ['a token', 'token=garbage', '768'],
    ['a token beside the view', 'width=800&height=600&dpi=96&token=garbage', '768'],
    ['a host', 'width=800&height=600&dpi=96&hostname=10.0.0.1', '768'],
    ['no view', '', '768'],
    ['no dots an inch', 'width=800&height=600&dpi=0', '768'],
  ])('with %s is refused', async (_what, query, status) => {
    const leaseId = await grant();
    expect(await refusal(leaseId, client, { query })).toBe(status);
    expect(await state(leaseId)).toMatchObject({ state: 'granted' });
  });

  it.each(['/', '/relay', '/relay/', '/api/leases', '/socket.io/', '/websocket-tunnel'])('to %s is refused', async (path) => {
    expect(await refusal('', client, { path })).toBe('516');
  });

  it('of a lease that is open elsewhere is refused, and the open one goes on', async () => {
    const { leaseId, browser } = await open();
    expect(await refusal(leaseId, client)).toBe('521');
    expect(browser.socket.readyState).toBe(browser.socket.OPEN);
    browser.socket.close();
  });

  it('of many at once succeeds for one', async () => {
    const leaseId = await grant();
    const connected = guacd.next();
    const all = await Promise.all(Array.from({ length: 10 }, () => dialRelay(gateway, client, leaseId)));
    const refused: string[] = [];
    for (const { closed } of all) void closed.then(({ reason }) => refused.push(reason));
    await eventually(() => expect(refused).toHaveLength(9));
    expect(new Set(refused)).toEqual(new Set(['521']));
    await connected;
    for (const { socket } of all) socket.terminate();
  });

  it('that is no proper WebSocket handshake is answered, and nobody else notices', async () => {
    const { leaseId, browser } = await open();
    const other = await grant();
    const cookie = `__Host-sekisho=${client.cookies.get('__Host-sekisho')}`;
    for (const lines of [['Upgrade: websocket'], ['Upgrade: h2c'], ['Upgrade: websocket', 'Sec-WebSocket-Version: 1', 'Sec-WebSocket-Key: x'], ['Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: x']]) {
      const head = [`GET /relay/${other}?width=800&height=600&dpi=96 HTTP/1.1`, 'Host: localhost', 'Connection: Upgrade', `Origin: ${gateway.origin}`, `Cookie: ${cookie}`, ...lines];
      expect(await raw(`${head.join('\r\n')}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400 /);
    }
    expect(await state(leaseId)).toMatchObject({ state: 'active' });
    expect(browser.socket.readyState).toBe(browser.socket.OPEN);
    browser.socket.close();
  });

  it('without the subprotocol is refused before it claims the lease', async () => {
    const leaseId = await grant();
    expect(await raw(handshake(leaseId, []))).toMatch(/^HTTP\/1\.1 400 /);
    expect(await state(leaseId)).toMatchObject({ state: 'granted' });
  });

  it('whose line is cut while its claim is under way parks the lease', async () => {
    const leaseId = await grant();
    const { claim } = gateway.broker.leases;
    const claimed = Promise.withResolvers<void>();
    const cut = Promise.withResolvers<void>();
    gateway.broker.leases.claim = async (input) => {
      const lease = await claim(input);
      claimed.resolve();
      await cut.promise;
      return lease;
    };
    try {
      const socket = await send(handshake(leaseId, ['Sec-WebSocket-Protocol: guacamole']));
      await claimed.promise;
      socket.destroy();
      await new Promise((done) => setTimeout(done, 100));
    } finally {
      gateway.broker.leases.claim = claim;
      cut.resolve();
    }
    await eventually(async () => expect((await state(leaseId)).state).not.toBe('active'));
    expect(await state(leaseId)).toMatchObject({ state: 'parked' });
  });

  it('by the owner of a line that died in silence gets the lease within seconds', async () => {
    const { leaseId, browser } = await open();
    browser.socket.pause();
    const connected = guacd.next();
    const began = performance.now();
    const again = await dialRelay(gateway, client, leaseId);
    await connected;
    expect(performance.now() - began).toBeLessThan(4_000);
    expect(again.socket.readyState).toBe(again.socket.OPEN);
    browser.socket.terminate();
    again.socket.close();
  });

  it('that is refused stands on the trail', async () => {
    const count = async () => (await gateway.database.selectFrom('audit_record').where('code', '=', 'SKA-4101').where('organisation_id', '=', person.organisationId).select('id').execute()).length;
    const before = await count();
    await refusal(randomUUID(), client);
    await refusal(randomUUID(), client);
    await eventually(async () => expect(await count()).toBe(before + 2));
  });

  it('of nobody known is told once a minute, so that noise cannot fill the trail', async () => {
    const { trail } = gateway.broker;
    const original = trail.relayRefused;
    let told = 0;
    trail.relayRefused = async () => void (told += 1);
    for (let index = 0; index < 10; index += 1) await refusal(randomUUID(), gateway.browser());
    trail.relayRefused = original;
    // A minute may turn over meanwhile.
    expect(told).toBeLessThanOrEqual(2);
  });
});

describe('a desktop that guacd says is not there', () => {
  const endedBecause = async (port: number) => {
    const desktopId = await addDesktop(gateway.broker, person, { port });
    const leaseId = (await client.call('POST', '/api/leases', { json: { desktopId, dutyId: person.dutyId } })).json<{ id: string }>().id;
    const connected = guacd.next();
    const browser = await dialRelay(gateway, client, leaseId);
    await (await connected).send(writeInstruction('error', 'Unable to connect to VNC server.', '519'));
    await browser.closed;
    await eventually(async () => expect(await state(leaseId)).toMatchObject({ state: 'ended' }));
    return (await state(leaseId))['endedBecause'];
  };

  it('refused the log-in where its port accepts connections', async () => {
    const desktop = createServer((socket) => socket.destroy());
    await new Promise<void>((listening) => desktop.listen(0, '127.0.0.1', listening));
    const { port } = desktop.address() as { port: number };
    expect(await endedBecause(port)).toBe('desktop-log-in-failed');
    await new Promise((closed) => desktop.close(closed));
  });

  it('is not there where its port is closed', async () => {
    const closed = createServer();
    await new Promise<void>((listening) => closed.listen(0, '127.0.0.1', listening));
    const { port } = closed.address() as { port: number };
    await new Promise((done) => closed.close(done));
    expect(await endedBecause(port)).toBe('desktop-unreachable');
  });
});

describe('a live relay ends within 5 s', () => {
  const within = async (closed: Promise<{ reason: string }>) => {
    const began = performance.now();
    const { reason } = await closed;
    expect(performance.now() - began).toBeLessThan(5_000);
    return reason;
  };

  it('when its owner signs out', async () => {
    const owner = await gateway.addPerson();
    const signedIn = await gateway.signedIn(owner);
    const { browser } = await open(owner, signedIn);
    await signedIn.call('POST', '/api/sign-out');
    expect(await within(browser.closed)).toBe('769');
  });

  it('when its owner ends its sign-in from another one', async () => {
    const owner = await gateway.addPerson();
    const [here, there] = [await gateway.signedIn(owner), await gateway.signedIn(owner, 1)];
    const { browser } = await open(owner, here);
    const { items } = (await there.call('GET', '/api/me/sign-ins')).json<{ items: { id: string; current: boolean; outcome: string }[] }>();
    await there.call('DELETE', `/api/me/sign-ins/${items.find(({ current, outcome }) => !current && outcome === 'complete')!.id}`);
    expect(await within(browser.closed)).toBe('769');
  });

  it('when its lease is ended', async () => {
    const { leaseId, browser } = await open();
    await client.call('DELETE', `/api/leases/${leaseId}`);
    expect(await within(browser.closed)).toBe('523');
  });

  it('when its owner\'s account is disabled', async () => {
    const owner = await gateway.addPerson();
    const { browser } = await open(owner, await gateway.signedIn(owner));
    await gateway.broker.directory.disablePerson(owner.id);
    expect(await within(browser.closed)).toBe('771');
  });

  it('when its desktop is taken away', async () => {
    const { leaseId, browser } = await open();
    const { desktopId } = await state(leaseId);
    await gateway.broker.desktopsAdmin.unassign({ organisationId: person.organisationId, desktopId: String(desktopId), personId: person.id }, { kind: 'operator' });
    expect(await within(browser.closed)).toBe('771');
  });

  // The last one: nothing runs after it.
  it('when the gateway stops, which it does even while a relay is open', async () => {
    const { browser } = await open();
    const began = performance.now();
    const stopping = gateway.stop();
    expect(await within(browser.closed)).toBe('520');
    await stopping;
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});

/** A proper WebSocket handshake by the owner, with further lines. */
function handshake(leaseId: string, lines: readonly string[]): string {
  const cookie = `__Host-sekisho=${client.cookies.get('__Host-sekisho')}`;
  const proper = ['Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='];
  return `${[`GET /relay/${leaseId}?width=800&height=600&dpi=96 HTTP/1.1`, 'Host: localhost', 'Connection: Upgrade', `Origin: ${gateway.origin}`, `Cookie: ${cookie}`, ...proper, ...lines].join('\r\n')}\r\n\r\n`;
}

async function send(text: string): Promise<TLSSocket> {
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(gateway.origin).port), servername: 'localhost', ca: gateway.ca });
  socket.on('error', () => undefined);
  await once(socket, 'secureConnect');
  await new Promise<void>((sent) => socket.write(text, () => sent()));
  return socket;
}

/** Sends bytes and gives all that comes back until the connection is closed. */
function raw(text: string): Promise<string> {
  const { port } = new URL(gateway.origin);
  return new Promise((done, fail) => {
    const socket = connect({ host: '127.0.0.1', port: Number(port), servername: 'localhost', ca: gateway.ca }, () => socket.write(text));
    let answer = '';
    socket.on('data', (chunk) => (answer += String(chunk)));
    socket.once('close', () => done(answer));
    socket.once('error', fail);
  });
}
