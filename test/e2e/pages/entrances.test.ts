// The ways into desktops and pools, and the marks of telework, while what is known of them changes.
import { ids } from '../../support/web-double/scene.ts';
import { startWebPages, type WebPages } from '../../support/web-pages.ts';

let pages: WebPages;
beforeAll(async () => {
  pages = await startWebPages();
});
afterAll(() => pages.close());

const pool = { id: ids.pool, name: '災害用 共用端末' } as const;
const card = `[aria-labelledby="pool-${ids.pool}"]`;

it('a session in a pool that is shown elsewhere is moved here once the person agrees', async () => {
  const { page, scene } = await pages.open({ signedIn: true });
  scene.desktops = [];
  scene.pools = [{ ...pool, credentials: 'stored', state: 'in-use-by-me', leaseId: ids.openLease }];
  await page.goto('/');
  await page.locator(`${card} button`, { hasText: 'この画面に移す' }).click();
  await page.locator('[role=alertdialog]').waitFor();
  expect(scene.calls.some(({ call }) => call === 'POST /api/leases')).toBe(false);
  await page.context().close();
});

it('a parked one in a pool whose credentials are asked for is entered with them, or ended', async () => {
  const { page, scene } = await pages.open({ signedIn: true });
  scene.desktops = [];
  scene.pools = [{ ...pool, credentials: 'ask', state: 'in-use-by-me', leaseId: ids.openLease }];
  const lease = scene.leases.get(ids.openLease)!;
  scene.leases.set(lease.id, { ...lease, state: 'parked', dutyId: ids.counter });
  await page.goto('/');
  await page.locator(`${card} button`, { hasText: '終了' }).waitFor();
  await page.locator(`${card} button`, { hasText: '続き' }).click();
  await page.locator('input[name=desktop-password]').waitFor();
  expect(new URL(page.url()).pathname).toBe('/');
  await page.context().close();
});

it('a duty that is given while the page is open opens the ways that need one', async () => {
  const { page, scene } = await pages.open({ signedIn: true });
  const { duties } = scene.user;
  scene.user = { ...scene.user, duties: [] };
  scene.pools = [{ ...pool, credentials: 'stored', state: 'ready' }];
  await page.goto('/');
  await page.locator(`${card} button:disabled`).waitFor();
  scene.user = { ...scene.user, duties: duties.slice(0, 1) };
  for (const way of [`${card} button:enabled`, '.card-ready .card-actions button:enabled']) await page.locator(way).first().waitFor({ timeout: 20_000 });
  await page.context().close();
});

it('a mark that can no longer follow is refused, and the buttons are those of the state now', async () => {
  const { page, scene } = await pages.open({ signedIn: true });
  await page.goto('/telework');
  await page.locator('.mark-off button').waitFor();
  scene.telework = { ...scene.telework, state: 'working', since: new Date().toISOString() };
  scene.refusals.set('POST /api/telework/marks', { code: 'conflict' });
  await page.locator('.mark-off button').click();
  await page.locator('.mark-working', { hasText: 'ほかの操作と重なりました' }).waitFor();
  expect(await page.locator('.mark-working .mark-actions button').allInnerTexts()).toEqual(['中断', '終業']);
  await page.context().close();
});
