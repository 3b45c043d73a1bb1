import { eventually } from '../../support/eventually.ts';
import { ids, leaseOn, officeScene, type Scene } from '../../support/web-double/scene.ts';
import { accessibilityFaults, pictureShown, startWebPages, type WebPages } from '../../support/web-pages.ts';

let pages: WebPages;
beforeAll(async () => {
  pages = await startWebPages();
});
afterAll(() => pages.close());

/** A session waits on the desktop of the maps, whose credentials nobody stored unless `credentials` says so. */
function parkedScene(credentials: 'ask' | 'stored' = 'ask'): Scene {
  const scene = officeScene();
  scene.desktops = scene.desktops.map((desktop) => (desktop.id === ids.mapPc ? { ...desktop, credentials } : desktop));
  scene.leases.set(ids.openLease, leaseOn(ids.mapPc, '都市計画図 端末', ids.openLease, 'parked'));
  return scene;
}
const asked = ({ calls }: Scene): unknown[] => calls.filter(({ call }) => call === 'POST /api/leases').map(({ body }) => body);
const credentials = { username: 'hanako', password: 'opensesame' };

describe('a parked session on a desktop whose credentials are asked for', () => {
  it('asks for them before it is entered again, and opens the same session', async () => {
    const { page, scene, reports } = await pages.open({ signedIn: true, scene: parkedScene() });
    await page.goto('/');
    await page.getByRole('button', { name: '都市計画図 端末を続きから使う' }).click();
    await page.locator('input[name=desktop-username]').fill(credentials.username);
    await page.locator('input[name=desktop-password]').fill(credentials.password);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await pictureShown(page);
    expect(new URL(page.url()).pathname).toBe(`/session/${ids.openLease}`);
    expect(asked(scene)).toEqual([{ desktopId: ids.mapPc, dutyId: ids.counter, credentials }]);
    expect(reports).toEqual([]);
    await page.context().close();
  });

  it('says that they are needed where its page is loaded anew, and asks on the way back in', async () => {
    const { page, scene } = await pages.open({ signedIn: true, scene: parkedScene() });
    await page.goto(`/session/${ids.openLease}`);
    await page.locator('.alone-box .notice').waitFor();
    expect(await page.locator('.alone-box').innerText()).toContain('SEK-1213');
    await page.getByRole('button', { name: 'つなぎ直す' }).click();
    await page.locator('input[name=desktop-username]').fill(credentials.username);
    await page.locator('input[name=desktop-password]').fill(credentials.password);
    await page.keyboard.press('Enter');
    await pictureShown(page);
    expect(asked(scene).at(-1)).toEqual({ desktopId: ids.mapPc, dutyId: ids.counter, credentials });
    await page.context().close();
  });
});

describe('a session that is no longer admitted', () => {
  it('is explained with every reason when its relay is refused, and again when one tries to reconnect', async () => {
    const { page, scene } = await pages.open({ signedIn: true, scene: parkedScene('stored') });
    scene.refusesRelays = true;
    scene.refusals.set('POST /api/leases', { code: 'site-unknown', reasons: ['site-unknown', 'policy-missing'] });
    await page.goto(`/session/${ids.openLease}`);
    await page.locator('.alone-box .notice').waitFor();
    const shown = () => page.locator('.alone-box').innerText();
    for (const part of ['都市計画図 端末を開けませんでした', 'SEK-1206', 'SEK-1212']) expect(await shown()).toContain(part);
    expect(await shown()).not.toContain('SEK-1110');
    scene.refusals.set('POST /api/leases', { code: 'zone-forbidden-at-site', reasons: ['zone-forbidden-at-site'] });
    await page.getByRole('button', { name: 'つなぎ直す' }).click();
    await eventually(async () => expect(await shown()).toContain('SEK-1207'));
    scene.refusesRelays = false;
    await page.getByRole('button', { name: 'つなぎ直す' }).click();
    await pictureShown(page);
    await page.context().close();
  });

  it('is told of a duty that one no longer holds', async () => {
    const { page, scene } = await pages.open({ signedIn: true, scene: parkedScene('stored') });
    scene.refusesRelays = true;
    scene.user = { ...scene.user, duties: scene.user.duties.filter(({ id }) => id !== ids.counter) };
    await page.goto(`/session/${ids.openLease}`);
    await page.locator('.alone-box').waitFor();
    expect(await page.locator('.alone-box').innerText()).toContain('SEK-1205');
    expect(asked(scene)).toEqual([]);
    await page.context().close();
  });
});

describe('the card of a parked session', () => {
  it.each([
    ['ja', '都市計画図 端末の利用を終了する', '終了する'],
    ['en', 'End your use of 都市計画図 端末', 'End'],
  ] as const)('can end it, in %s', async (language, name, confirm) => {
    const { page, scene } = await pages.open({ language, signedIn: true, scene: parkedScene() });
    await page.goto('/');
    await page.getByRole('button', { name }).click();
    await page.locator('[role=alertdialog]').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.locator('[role=alertdialog]').getByRole('button', { name: confirm, exact: true }).click();
    await page.locator('[role=alertdialog]').waitFor({ state: 'detached' });
    expect(scene.leases.get(ids.openLease)?.endedBecause).toBe('ended-by-owner');
    await page.context().close();
  });
});
