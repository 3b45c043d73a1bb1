// Nothing leaves the office desktop: the control first, then the same through the product with the same permissive parameters.
import type { BrowserContext, Page } from 'playwright-core';
import { WebSocket } from 'ws';
import { openDesktop } from '../../support/direct-desktop.ts';
import type { DirectSession, Instruction } from '../../support/direct-guacd-client.ts';
import { eventually } from '../../support/eventually.ts';
import { eventsOf } from '../../support/office.ts';
import { startOffice, startRdpDesktop, type Office, type RealDesktop } from '../../support/parts.ts';
import { openFromCard, signIn, startStaffBrowser, type StaffBrowser } from '../../support/staff-browser.ts';
import { startWholeProduct, type WholeProduct } from '../../support/whole-product.ts';

const drivePath = () => `${office.guacd.scratch ?? '/tmp'}/drive`;
/** What would have to be forbidden is permitted, so that the channel guard alone stands in the way. guacd refuses a parameter it does not know. */
const permissive = {
  vnc: () => ({ 'disable-copy': 'false', 'disable-paste': 'false' }),
  rdp: () => ({ ...permissive.vnc(), 'disable-download': 'false', 'disable-upload': 'false', 'enable-drive': 'true', 'create-drive-path': 'true', 'drive-path': drivePath() }),
};

let office: Office;
type Staff = { product: WholeProduct; browser: StaffBrowser; home: BrowserContext };
let staff: Record<'vnc' | 'rdp', Staff>;

beforeAll(async () => {
  office = await startOffice();
  staff = { vnc: await prepare('vnc', office), rdp: await prepare('rdp', office) };
}, 120_000);
afterAll(async () => {
  for (const one of Object.values(staff ?? {})) await leave(one);
  await office?.stop();
});

/** A product of its own for each protocol, with somebody signed in to it. */
async function prepare(protocol: 'vnc' | 'rdp', of: Office): Promise<Staff> {
  const product = await startWholeProduct({ office: of, overrides: { relayForcedParameters: permissive[protocol]() } });
  const browser = await startStaffBrowser(product.gateway);
  const home = await browser.context();
  const page = await home.newPage();
  await signIn(page, product.gateway, product.owner);
  await page.close();
  return { product, browser, home };
}

async function leave({ browser, product }: Staff): Promise<void> {
  await browser.close();
  await product.stop();
}

const opcode = (name: string) => (instruction: Instruction) => instruction[0] === name;
const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

/** Everything that reaches the browser on its relay, as text. */
function tap(page: Page): () => string {
  const frames: string[] = [];
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => frames.push(String(payload))));
  return () => frames.join('');
}

/** All that the page holds. */
const textOf = (page: Page) => page.content();

async function refusedOnTrail(product: WholeProduct, leaseId: string): Promise<Record<string, { count: number; bytes: number }>> {
  return eventually(async () => {
    const found = (await eventsOf(product.gateway.database)).find(({ event, fields }) => event === 'channelsRefused' && fields['leaseId'] === leaseId);
    if (found === undefined) throw new Error('no refused channels on the trail');
    return found.fields['refused'] as Record<string, { count: number; bytes: number }>;
  });
}

describe.each(['vnc', 'rdp'] as const)('a text copied on the %s desktop', (protocol) => {
  // TigerVNC's clipboard is Latin-1.
  const secret = () => `${protocol === 'rdp' ? '秘密' : 'secret'} ${crypto.randomUUID()}`;
  const copy = (text: string) => office[protocol].run('xclip', ['-i', '-selection', 'clipboard'], { input: text });

  it('arrives over a direct connection, and never through the product', async () => {
    const { product, home } = staff[protocol];
    const direct = await openDesktop(office.guacd, office[protocol], permissive[protocol]());
    const control = secret();
    // The desktop's own clipboard service may still be starting.
    const opener = await eventually(async () => {
      await copy(control);
      return direct.waitFor(opcode('clipboard'), 1_000);
    });
    expect((await direct.contentsOf(opener)).toString()).toBe(control);
    await direct.close();

    const page = await home.newPage();
    const wire = tap(page);
    await openFromCard(page, product.desktops[protocol].name);
    const leaseId = new URL(page.url()).pathname.split('/').at(-1)!;
    const live = () => product.gateway.relay.live().find((session) => session.leaseId === leaseId)!;
    await pause(1_000);
    const hidden = secret();
    await eventually(async () => {
      await copy(hidden);
      await pause(500);
      expect(live().refused['server:clipboard']?.count ?? 0).toBeGreaterThan(0);
    });
    await pause(500);

    expect(wire().length).toBeGreaterThan(1_000);
    expect(wire()).not.toContain('clipboard');
    expect(wire()).not.toContain(Buffer.from(hidden).toString('base64'));
    expect(await textOf(page)).not.toContain(hidden);
    // The session goes on.
    expect(live().leaseId).toBe(leaseId);
    await product.gateway.broker.leases.end({ person: await holder(product), leaseId, origin: { address: '127.0.0.1', userAgent: 'test' } });
    expect((await refusedOnTrail(product, leaseId))['server:clipboard']?.count).toBeGreaterThan(0);
    await page.close();
  });
});

describe('a file put into the redirected drive of the rdp desktop', () => {
  // Desktops that nobody was connected to before: xrdp's channel server does not always outlive many connections.
  let desktops: [direct: RealDesktop, behind: RealDesktop];
  let one: Staff;
  beforeAll(async () => {
    desktops = await Promise.all([startRdpDesktop(), startRdpDesktop()]);
    one = await prepare('rdp', { ...office, rdp: desktops[1] });
  }, 90_000);
  afterAll(async () => {
    if (one) await leave(one);
    for (const desktop of desktops ?? []) await desktop.stop();
  });

  const put = (desktop: RealDesktop, text: string) =>
    desktop.run('timeout', ['20', 'sh', '-c', 'cat > ~/顧客.txt; until ls "$0" 2>/dev/null | grep -q Download; do sleep 0.1; done; cp ~/顧客.txt "$0/Download/"', `${desktop.drives}/GUACFS`], { input: text });

  it('arrives over a direct connection, and never through the product', async () => {
    const { product, home } = one;
    const direct: DirectSession = await openDesktop(office.guacd, desktops[0], permissive.rdp());
    const control = `氏名,住所 ${crypto.randomUUID()}`;
    await put(desktops[0], control);
    expect((await direct.contentsOf(await direct.waitFor(opcode('file')))).toString()).toBe(control);
    await direct.close();

    const page = await home.newPage();
    const wire = tap(page);
    const downloads: string[] = [];
    page.on('download', (download) => downloads.push(download.suggestedFilename()));
    await openFromCard(page, product.desktops.rdp.name);
    const leaseId = new URL(page.url()).pathname.split('/').at(-1)!;
    const hidden = `氏名,住所 ${crypto.randomUUID()}`;
    await put(desktops[1], hidden);
    const live = () => product.gateway.relay.live().find((session) => session.leaseId === leaseId)!;
    await eventually(() => expect(live().refused['server:file']?.count ?? 0).toBeGreaterThan(0));
    await pause(500);

    expect(wire().length).toBeGreaterThan(1_000);
    expect(wire()).not.toMatch(/4\.file|filesystem|顧客/);
    expect(await textOf(page)).not.toMatch(/顧客|氏名,住所/);
    expect(downloads).toEqual([]);
    expect(wire()).not.toContain(Buffer.from(hidden).toString('base64'));
    expect(live().leaseId).toBe(leaseId);
    await product.gateway.broker.leases.end({ person: await holder(product), leaseId, origin: { address: '127.0.0.1', userAgent: 'test' } });
    expect((await refusedOnTrail(product, leaseId))['server:file']?.count).toBeGreaterThan(0);
    await page.close();
  });
});

it.each(['vnc', 'rdp'] as const)('streams that a modified client opens on the %s desktop are refused with 771, the rest is dropped, and all of it is counted', async (protocol) => {
  const { product, home } = staff[protocol];
  const cookies = (await home.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const asked = await home.request.post(`${product.gateway.origin}/api/leases`, {
    data: { desktopId: product.desktops[protocol].id, dutyId: product.owner.dutyId },
    headers: { 'origin': product.gateway.origin, 'sec-fetch-site': 'same-origin' },
  });
  expect(asked.status()).toBe(201);
  const { id: leaseId, relay } = (await asked.json()) as { id: string; relay: string };
  const socket = new WebSocket(`${product.gateway.origin.replace('https', 'wss')}${relay}?width=1024&height=768&dpi=96`, 'guacamole', { ca: product.gateway.ca, origin: product.gateway.origin, headers: { cookie: cookies } });
  const received: string[] = [];
  socket.on('message', (data: Buffer) => {
    const text = data.toString();
    received.push(text);
    for (const [, timestamp] of text.matchAll(/4\.sync,\d+\.(\d+)/g)) send('sync', timestamp!);
  });
  const send = (...elements: (string | number)[]) => socket.send(`${elements.map((element) => `${String(element).length}.${element}`).join(',')};`);
  const all = () => received.join('');
  await eventually(() => expect(all()).toContain('4.sync'), 20_000);

  send('clipboard', 1, 'text/plain');
  send('blob', 1, Buffer.from('in').toString('base64'));
  send('end', 1);
  send('file', 2, 'text/plain', 'in.txt');
  send('pipe', 3, 'text/plain', 'name');
  send('argv', 4, 'text/plain', 'password');
  send('put', 0, 5, 'text/plain', '/in.txt');
  send('audio', 6, 'audio/L16;rate=44100,channels=2');
  await eventually(() => {
    for (const index of [1, 2, 3, 4, 5, 6]) expect(all()).toMatch(new RegExp(`3\\.ack,1\\.${index},\\d+\\.[^;]*3\\.771;`));
  });
  // An index that no image uses.
  send('ack', 62, 'OK', 0);
  send('get', 0, '/');
  send('wholly-new', 1);
  // The session goes on: the pointer follows on the desktop.
  await eventually(async () => {
    // The desktop may still be about to put its own pointer somewhere.
    send('mouse', 590, 490, 0);
    send('mouse', 600, 500, 0);
    expect(await office[protocol].run('xdotool', ['getmouselocation'])).toContain('x:600 y:500');
  });
  expect(socket.readyState).toBe(WebSocket.OPEN);

  await product.gateway.broker.leases.end({ person: await holder(product), leaseId, origin: { address: '127.0.0.1', userAgent: 'test' } });
  const refused = await refusedOnTrail(product, leaseId);
  for (const kind of ['clipboard', 'file', 'pipe', 'argv', 'put', 'audio', 'ack', 'get']) expect(refused[`client:${kind}`]?.count).toBeGreaterThan(0);
  expect(refused['client:unknown']?.count).toBe(1);
  expect(JSON.stringify(refused)).not.toContain('wholly-new');
});

async function holder(product: WholeProduct) {
  const { personId, signInId } = await product.gateway.database.selectFrom('lease').select(['person_id as personId', 'sign_in_id as signInId']).where('state', '<>', 'ended').executeTakeFirstOrThrow();
  return { personId, signInId } as Parameters<typeof product.gateway.broker.leases.end>[0]['person'];
}
