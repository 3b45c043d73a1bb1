// A member of staff at home works on the office desktop: real browser, product, guacd and desktops.
import type { BrowserContext, Page } from 'playwright-core';
import { eventually } from '../../support/eventually.ts';
import { keyboardOf, openFromCard, signIn, startStaffBrowser, type StaffBrowser } from '../../support/staff-browser.ts';
import { startWholeProduct, type WholeProduct } from '../../support/whole-product.ts';

let product: WholeProduct;
let browser: StaffBrowser;
let home: BrowserContext;

beforeAll(async () => {
  product = await startWholeProduct();
  browser = await startStaffBrowser(product.gateway);
  home = await browser.context();
  const page = await home.newPage();
  await signIn(page, product.gateway, product.owner);
  await page.close();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

describe.each(['vnc', 'rdp'] as const)('the %s desktop in the browser', (protocol) => {
  let page: Page;
  beforeAll(async () => {
    page = await home.newPage();
    await openFromCard(page, product.desktops[protocol].name);
    await page.waitForTimeout(1_000);
  });
  afterAll(async () => {
    await page.close();
  });

  const saved = () => product.office[protocol].run('cat', [product.office[protocol].documentFile]);

  it('saves what is typed in the browser, in ASCII and through the remote Japanese input method', async () => {
    const word = `typed-${Math.random().toString(36).slice(2)}`;
    const keyboard = keyboardOf(page);
    // The text of the editor's window; the session's own bar lies at the top.
    await page.locator('.session-view').click({ position: { x: 400, y: 450 } });
    await page.waitForTimeout(300);
    await keyboard.type(word);
    await keyboard.press('Enter');
    await keyboard.type('x');
    await keyboard.hankakuZenkaku();
    await keyboard.type('nihongo ');
    await page.waitForTimeout(900);
    await keyboard.press('Enter');
    await keyboard.hankakuZenkaku();
    await keyboard.press('Control+s');
    await eventually(async () => expect(await saved()).toContain(`${word}\nx日本語`));
  });

  it('fills the window and follows it', async () => {
    await page.setViewportSize({ width: 1180, height: 820 });
    await eventually(async () => {
      const view = (await page.locator('.session-view').boundingBox())!;
      const shown = (await page.locator('.session-view > div').first().boundingBox())!;
      // As large as fits, by one side at least, and nothing of it outside.
      expect(Math.max(shown.width / view.width, shown.height / view.height)).toBeGreaterThan(0.98);
      expect(Math.max(shown.width / view.width, shown.height / view.height)).toBeLessThan(1.005);
      if (protocol === 'rdp') expect(await product.office.rdp.run('sh', ['-c', 'xdpyinfo | grep dimensions'])).toContain(`${Math.round(view.width)}x${Math.round(view.height)} pixels`);
    });
  });

  it('shows nothing of it to another person, who cannot open the lease', async () => {
    const leaseId = new URL(page.url()).pathname.split('/').at(-1)!;
    const other = await product.gateway.addPerson();
    const client = await product.gateway.signedIn(other);
    const read = await client.call('GET', `/api/leases/${leaseId}`);
    expect([read.status, read.json()['code']]).toEqual([404, 'lease-unknown']);
    expect((await client.call('DELETE', `/api/leases/${leaseId}`)).status).toBe(404);
    const asked = await client.call('POST', '/api/leases', { json: { desktopId: product.desktops[protocol].id, dutyId: other.dutyId } });
    expect(asked.status).toBe(403);

    const elsewhere = await browser.context();
    await elsewhere.addCookies([...client.cookies].map(([name, value]) => ({ name, value, url: product.gateway.origin, secure: true })));
    const theirs = await elsewhere.newPage();
    const sockets: string[] = [];
    // The page's line for news is another one, and tells only what changed.
    theirs.on('websocket', (socket) => new URL(socket.url()).pathname.startsWith('/relay/') && socket.on('framereceived', ({ payload }) => sockets.push(String(payload))));
    await theirs.goto(`/session/${leaseId}`);
    await theirs.getByRole('main').getByText('SEK-1301').waitFor();
    const reason = await theirs.evaluate(
      (url) =>
        new Promise((closed) => {
          const socket = new WebSocket(url, 'guacamole');
          socket.addEventListener('close', (event) => closed(event.reason));
        }),
      `${product.gateway.origin.replace('https', 'wss')}/relay/${leaseId}?width=1024&height=768&dpi=96`,
    );
    expect(reason).toBe('516');
    expect(sockets).toEqual([]);
    await elsewhere.close();
    expect(await page.locator('.session-view canvas').count()).toBeGreaterThan(0);
  });

  it('ends where the person ends it, and says so', async () => {
    await page.keyboard.press('Control+Alt+Shift');
    await page.locator('.bar-end').click();
    await page.getByRole('alertdialog').getByRole('button').last().click();
    await page.waitForURL((url) => url.pathname === '/');
    const leases = await product.gateway.database.selectFrom('lease').select(['state', 'ended_because']).where('desktop_id', '=', product.desktops[protocol].id).execute();
    expect(leases).toEqual([{ state: 'ended', ended_because: 'ended-by-owner' }]);
  });
});
