// Where one is signed in, the ends of sign-ins, and why one is asked to sign in again.
import { startWebPages, type OpenPage, type WebPages } from '../../support/web-pages.ts';

let pages: WebPages;
beforeAll(async () => {
  pages = await startWebPages();
}, 120_000);
afterAll(() => pages.close());

const SEVERAL = '.sign-ins-several button';
const open = async (options = {}): Promise<OpenPage> => {
  const opened = await pages.open({ signedIn: true, ...options });
  await opened.page.goto('/sign-ins');
  await opened.page.locator('.sign-in-terms').first().waitFor();
  return opened;
};

describe('the list of sign-ins', () => {
  it('says of each that stands where, on what, how it was proved, since when, when last used and until when', async () => {
    const { page } = await open();
    const rows = page.locator('section .sign-in');
    expect(await rows.count()).toBe(2);
    const other = await rows.nth(1).innerText();
    for (const text of ['iPad', 'Safari', '避難所', '2001:db8::8a2e:370:7334', 'パスワードと回復コード', '開始', '最後の操作', 'に終わります']) expect(other).toContain(text);
    expect(await rows.nth(0).innerText()).toContain('いま使っているもの');
    expect(await rows.nth(0).locator('button').count()).toBe(0);
    expect(await page.locator('ul[aria-label="これまでの記録"]').innerText()).toContain('しばらく操作がなかったため終了しました。');
    await page.context().close();
  });

  it('ends all others at one word, after saying how many, and says what was done', async () => {
    const { page, scene } = await open();
    await page.locator(SEVERAL, { hasText: 'ほかをすべて終了する' }).press('Enter');
    expect(await page.locator('[role=alertdialog]').innerText()).toContain('1件');
    expect(scene.calls.some(({ call }) => call.startsWith('DELETE'))).toBe(false);
    await page.locator('[role=alertdialog] .button-danger').press('Enter');
    await page.locator('.notice', { hasText: '1件のサインインを終了しました' }).waitFor();
    await page.locator('section p', { hasText: 'ほかの端末ではサインインしていません' }).waitFor();
    expect(await page.locator(SEVERAL).count()).toBe(1);
    await page.context().close();
  });

  it('ends all, this one too, and leaves for the sign-in page', async () => {
    const { page, scene } = await open({ language: 'en' });
    await page.locator(SEVERAL, { hasText: 'End all, this device too' }).click();
    await page.locator('[role=alertdialog] .button-danger').click();
    await page.locator('.notice', { hasText: 'signed out' }).waitFor();
    expect(scene.calls.some(({ call }) => call === 'DELETE /api/me/sign-ins')).toBe(true);
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    await page.context().close();
  });

  it('keeps what stands where ending fails, and says so', async () => {
    const { page, scene } = await open();
    scene.refusals.set('DELETE /api/me/sign-ins/others', { code: 'service-unavailable' });
    await page.locator(SEVERAL, { hasText: 'ほかをすべて終了する' }).click();
    await page.locator('[role=alertdialog] .button-danger').click();
    await page.locator('[role=alertdialog] .notice', { hasText: 'SEK-1008' }).waitFor();
    expect(await page.locator('section .sign-in').count()).toBe(2);
    await page.context().close();
  });
});

describe('a rush', () => {
  it('keeps whoever waits on the page, says how many are before, and goes on by itself', async () => {
    const { page, scene } = await pages.open();
    scene.refusals.set('POST /api/sign-in', { code: 'sign-in-busy', before: 120, retryAfterSeconds: 2 });
    await page.goto('/sign-in');
    await page.locator('input[name=username]').last().fill('hanako.t');
    await page.keyboard.press('Enter');
    await page.locator('input[name=password]').fill('correct horse battery');
    await page.keyboard.press('Enter');
    await page.locator('.notice', { hasText: 'あなたの前に約120人' }).waitFor();
    await page.locator('input[name=code]').waitFor();
    expect(scene.calls.filter(({ call }) => call === 'POST /api/sign-in').length).toBe(2);
    await page.context().close();
  });

  it('can be left by whoever does not want to wait', async () => {
    const { page, scene } = await pages.open({ language: 'en' });
    scene.refusals.set('POST /api/sign-in', { code: 'sign-in-busy', before: 7, retryAfterSeconds: 3 });
    await page.goto('/sign-in');
    await page.locator('input[name=username]').last().fill('hanako.t');
    await page.keyboard.press('Enter');
    await page.locator('input[name=password]').fill('correct horse battery');
    await page.keyboard.press('Enter');
    await page.locator('button', { hasText: 'Stop waiting' }).press('Enter');
    await page.locator('.notice', { hasText: 'SEK-1561' }).waitFor();
    expect(scene.calls.filter(({ call }) => call === 'POST /api/sign-in').length).toBe(1);
    await page.context().close();
  });
});

describe('the end of a sign-in', () => {
  it('is told on every page a while before', async () => {
    const { page, scene } = await pages.open({ signedIn: true });
    await page.goto('/');
    await page.locator('.shell-header').waitFor();
    expect(await page.locator('.sign-in-end-box').count()).toBe(0);
    scene.user = { ...scene.user, expiresAt: new Date(Date.now() + 200_000).toISOString() };
    await page.goto('/duties');
    await page.locator('.sign-in-end-box', { hasText: 'サインインは' }).waitFor();
    expect(await page.locator('.sign-in-end-box').innerText()).toMatch(/残り 3分\d+秒/);
    expect(await page.locator('.sign-in-end-box button').count()).toBe(0);
    await page.context().close();
  });

  it('for idleness is told where nothing is asked, and a press goes on', async () => {
    const { page, scene } = await pages.open({ signedIn: true });
    scene.user = { ...scene.user, idleSeconds: 400, warnSeconds: 277 };
    // The page asks the gateway nothing by itself.
    await page.goto('/sign-ins');
    await page.locator('.sign-in-end-box', { hasText: '操作がないため' }).waitFor({ timeout: 15_000 });
    const before = scene.calls.filter(({ call }) => call === 'GET /api/me').length;
    await page.locator('.sign-in-end-box button', { hasText: '続ける' }).press('Enter');
    await page.locator('.sign-in-end-box').waitFor({ state: 'detached' });
    expect(scene.calls.filter(({ call }) => call === 'GET /api/me').length).toBe(before + 1);
    await page.context().close();
  });

  it.each([
    ['too-many', 'いちばん古いこのサインインを終了しました'],
    ['idle', 'しばらく操作がなかったため'],
    ['expired', '使える時間が過ぎたため'],
    ['account-disabled', 'アカウントが停止されたため'],
  ] as const)('says why on the sign-in page: %s', async (ended, text) => {
    const { page, scene } = await open();
    scene.refusals.set('DELETE /api/me/sign-ins/others', { code: 'sign-in-required', ended });
    await page.locator(SEVERAL, { hasText: 'ほかをすべて終了する' }).click();
    await page.locator('[role=alertdialog] .button-danger').click();
    await page.locator('.notice', { hasText: text }).waitFor();
    expect(new URL(page.url()).searchParams.get('return')).toBe('/sign-ins');
    await page.context().close();
  });

  it('has no reason that somebody wrote into the address', async () => {
    const { page } = await pages.open();
    await page.goto('/sign-in?ended=%3Cb%3Ex%3C%2Fb%3E');
    expect(await page.locator('.notice').innerText()).not.toContain('<b>');
    await page.context().close();
  });
});

it('a page that nobody has touched for a minute asks for itself alone, and says so, until somebody is back', async () => {
  const { page } = await pages.open({ signedIn: true });
  await page.clock.install();
  await page.goto('/');
  await page.locator('.account-button').waitFor();
  await page.waitForLoadState('networkidle');
  const next = (unattended: string | undefined) => page.waitForRequest((asked) => asked.url().includes('/api/') && asked.headers()['x-sekisho-unattended'] === unattended);
  const alone = next('1');
  await page.clock.fastForward(90_000);
  await alone;
  await page.waitForLoadState('networkidle');
  await page.keyboard.press('Shift');
  const back = next(undefined);
  await page.clock.fastForward(30_000);
  await back;
  await page.context().close();
});
