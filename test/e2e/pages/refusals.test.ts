import { eventually } from '../../support/eventually.ts';
import { ids } from '../../support/web-double/scene.ts';
import { startWebPages, type WebPages } from '../../support/web-pages.ts';

let pages: WebPages;
beforeAll(async () => {
  pages = await startWebPages();
});
afterAll(() => pages.close());

describe('what the gateway refuses', () => {
  it('is shown with every reason, what would help, and the codes for the phone', async () => {
    const { page, scene } = await pages.open({ signedIn: true });
    scene.refusals.set('POST /api/leases', { code: 'zone-forbidden-at-site', reasons: ['zone-forbidden-at-site', 'registered-device-required'] });
    await page.goto('/');
    await page.locator('.card-ready .card-actions button').click();
    const text = await page.locator('[role=alertdialog]').innerText();
    for (const part of ['この業務は、いまいる場所では使えません', '庁舎や代替庁舎から接続するか', 'SEK-1207', '登録された端末が必要です', 'SEK-1208']) expect(text).toContain(part);
    await page.context().close();
  });

  it('counts down where one has to wait, and lets one try again after', async () => {
    const { page, scene } = await pages.open();
    scene.refusals.set('POST /api/sign-in', { code: 'too-many-attempts', retryAfterSeconds: 2 });
    await page.goto('/sign-in');
    await page.locator('input[name=username]').fill('hanako.t');
    await page.keyboard.press('Enter');
    await page.locator('input[name=password]').fill('x');
    await page.keyboard.press('Enter');
    expect(await page.locator('[role=timer]').innerText()).toMatch(/あと[12]秒/u);
    expect(await page.getByRole('button', { name: '次へ' }).isDisabled()).toBe(true);
    await page.locator('[role=timer]', { hasText: 'もう一度試せます。' }).waitFor();
    await eventually(async () => expect(await page.getByRole('button', { name: '次へ' }).isDisabled()).toBe(false));
    await page.context().close();
  });

  it('does not leave a stranger in doubt when nothing answers at all', async () => {
    const { page } = await pages.open();
    await page.goto('/sign-in');
    await page.route('**/api/sign-in', (route) => route.abort());
    await page.locator('input[name=username]').fill('hanako.t');
    await page.keyboard.press('Enter');
    await page.locator('input[name=password]').fill('x');
    await page.keyboard.press('Enter');
    await page.locator('[role=alert]', { hasText: 'サーバーにつながりません' }).waitFor();
    await page.context().close();
  });
});

describe('a page that cannot be shown', () => {
  it('says so, and how to go on, instead of staying empty', async () => {
    const { page } = await pages.open({ signedIn: true });
    await page.route('**/assets/sign-ins-page-*.js', (route) => route.abort());
    await page.goto('/sign-ins');
    await page.locator('h1', { hasText: '画面を表示できませんでした' }).waitFor();
    expect(await page.locator('main').innerText()).toContain('SEK-1007');
    await page.unroute('**/assets/sign-ins-page-*.js');
    await page.getByRole('button', { name: '読み込み直す' }).click();
    await page.locator('.sign-in').first().waitFor();
    await page.context().close();
  });
});

describe('a sign-in that is over', () => {
  it('is noticed wherever one is, and leads back to that page after the next one', async () => {
    const { page, scene } = await pages.open({ signedIn: true });
    await page.goto('/sign-ins');
    await page.locator('.sign-in').first().waitFor();
    scene.signedIn = false;
    await page.locator('.sign-in .button').first().click();
    await page.locator('[role=alertdialog] .button-danger').click();
    await page.locator('.notice', { hasText: 'サインインが終わりました' }).waitFor();
    expect(new URL(page.url()).searchParams.get('return')).toBe('/sign-ins');
    expect(await page.locator('[role=alertdialog]').count()).toBe(0);
    scene.pending = 'totp';
    await page.locator('input[name=username]').fill('hanako.t');
    await page.keyboard.press('Enter');
    await page.locator('input[name=password]').fill('correct horse battery');
    await page.keyboard.press('Enter');
    await page.locator('input[name=code]').fill('246810');
    await page.keyboard.press('Enter');
    await page.locator('.sign-in').first().waitFor();
    expect(new URL(page.url()).pathname).toBe('/sign-ins');
    await page.context().close();
  });

  it('begins anew when the second step took too long', async () => {
    const { page, scene } = await pages.open();
    await page.goto('/sign-in');
    await page.locator('input[name=username]').fill('hanako.t');
    await page.keyboard.press('Enter');
    await page.locator('input[name=password]').fill('correct horse battery');
    await page.keyboard.press('Enter');
    await page.locator('input[name=code]').waitFor();
    scene.pending = 'none';
    await page.locator('input[name=code]').fill('246810');
    await page.keyboard.press('Enter');
    await page.locator('.notice', { hasText: '時間が過ぎたため' }).waitFor();
    expect(await page.locator('input[name=username]').inputValue()).toBe('hanako.t');
    await page.context().close();
  });
});

describe('the states of desktops', () => {
  it('each leave the way in that they allow', async () => {
    const { page, scene } = await pages.open({ signedIn: true });
    const lease = scene.leases.get(ids.openLease)!;
    await page.goto('/');
    await page.locator('.card-ready').waitFor();
    const actions = (state: string): Promise<string[]> => page.locator(`.card-${state} .card-actions button`).allInnerTexts();
    expect(await actions('ready')).toEqual(['開く']);
    expect(await actions('unreachable')).toEqual(['つながるか試す']);
    await eventually(async () => expect(await actions('in-use-by-me')).toEqual(['この画面に移す']));
    expect(await actions('in-use')).toEqual([]);
    expect(await actions('disabled')).toEqual([]);
    scene.leases.set(ids.openLease, { ...lease, state: 'parked' });
    await page.reload();
    await eventually(async () => expect(await actions('in-use-by-me')).toEqual(['続きから使う', '終了する']));
    await page.context().close();
  });

  it('are looked at again by themselves', async () => {
    const { page, scene } = await pages.open({ signedIn: true });
    await page.goto('/');
    await page.locator('.card-in-use').waitFor();
    scene.desktops = scene.desktops.map((desktop) => (desktop.state === 'in-use' ? { ...desktop, state: 'ready' } : desktop));
    await page.locator('.card-in-use').waitFor({ state: 'detached', timeout: 20_000 });
    await page.context().close();
  });
});
