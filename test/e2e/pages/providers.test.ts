// Sign-in by identity providers, as the pages show it.
import type { Page } from 'playwright-core';
import { officeScene, type Scene } from '../../support/web-double/scene.ts';
import { accessibilityFaults, startWebPages, type WebPages } from '../../support/web-pages.ts';

let pages: WebPages;
beforeAll(async () => {
  pages = await startWebPages();
}, 120_000);
afterAll(() => pages?.close());

const NAMES = { ja: ['庁内認証', 'みほん県 職員認証基盤'], en: ['City account', 'Sample Prefecture Staff Identity Platform'] } as const;
function scene(language: 'ja' | 'en', changes: Partial<Scene['providers']> = {}, states: readonly ('up' | 'down')[] = ['up', 'up']): Scene {
  const office = officeScene();
  office.providers = { items: NAMES[language].map((name, index) => ({ id: `provider-${index}`, name, state: states[index]! })), next: null, required: false, ...changes };
  return office;
}
const fits = (page: Page) => page.evaluate<boolean>('document.documentElement.scrollWidth <= document.documentElement.clientWidth');
async function isSound({ page, reports }: { page: Page; reports: readonly string[] }): Promise<void> {
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(await fits(page)).toBe(true);
  expect(reports).toEqual([]);
}
/** Screenshots for whoever looks at them, where a folder is named. */
async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENS'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

describe.each(['ja', 'en'] as const)('in %s', (language) => {
  it.each([360, 1440])('the first step has a button for each provider, at a width of %d', async (width) => {
    const opened = await pages.open({ language, width, scene: scene(language) });
    const { page } = opened;
    await page.goto('/sign-in');
    await page.locator('.providers').waitFor();
    expect(await page.locator('.providers-item button').allInnerTexts()).toEqual(NAMES[language].map((name) => expect.stringContaining(name)));
    expect(await page.locator('input[name=username]').count()).toBe(1);
    await isSound(opened);
    await shoot(page, `providers-${language}-${width}`);
  });

  it('says who may use the password where the providers are the rule, and when one is silent', async () => {
    const rule = await pages.open({ language, width: 360, scene: scene(language, { required: true }) });
    await rule.page.goto('/sign-in');
    await rule.page.locator('.notice-info').waitFor();
    await isSound(rule);
    await shoot(rule.page, `providers-required-${language}`);

    const down = await pages.open({ language, scene: scene(language, { required: true }, ['down', 'up']) });
    await down.page.goto('/sign-in');
    await down.page.locator('.notice-warning', { hasText: NAMES[language][0] }).waitFor();
    expect(await down.page.locator('.providers-state').count()).toBe(1);
    await isSound(down);
    await shoot(down.page, `providers-down-${language}`);
  });

  it('an answer is checked before one’s eyes, and the code follows', async () => {
    const opened = await pages.open({ language, width: 360, scene: scene(language) });
    const { page, double } = opened;
    await page.goto('/sign-in?return=/duties');
    let release = (): void => undefined;
    const held = new Promise<void>((done) => (release = done));
    await page.route('**/api/sign-in/provider/answer', async (route) => {
      await held;
      await route.continue();
    });
    await page.locator('.providers-item button').first().click();
    await page.locator('.provider-checking').waitFor();
    // What the provider sent is in no history.
    expect(page.url()).toMatch(/\/sign-in\/provider\/provider-0$/);
    await isSound(opened);
    await shoot(page, `providers-checking-${language}`);
    release();
    await page.locator('input[name=code]').waitFor();
    const begun = double.scene.calls.find(({ call }) => call === 'POST /api/sign-in/provider');
    expect(begun?.body).toEqual({ provider: 'provider-0', returnTo: '/duties' });
    const handed = double.scene.calls.filter(({ call }) => call === 'POST /api/sign-in/provider/answer');
    expect(handed.map(({ body }) => body)).toEqual([{ provider: 'provider-0', answer: 'code=made-up&state=made-up' }]);
    await page.locator('input[name=code]').fill('246810');
    await page.keyboard.press('Enter');
    await page.locator('.account-button').waitFor();
  });

  it('a provider that proved everything leads to the page one wanted', async () => {
    const opened = await pages.open({ language, scene: { ...scene(language), providerAnswer: 'complete' } });
    const { page } = opened;
    await page.goto('/sign-in');
    await page.locator('.providers-item button').first().click();
    await page.locator('.account-button').waitFor();
    expect(new URL(page.url()).pathname).toBe('/duties');
  });

  it('a refused answer says why, what helps and the number for the phone, and leads back', async () => {
    const office = scene(language);
    const opened = await pages.open({ language, width: 360, scene: office });
    const { page } = opened;
    office.refusals.set('POST /api/sign-in/provider/answer', { code: 'provider-account-unknown' });
    await page.goto('/sign-in');
    await page.locator('.providers-item button').last().click();
    await page.locator('[role=alert]', { hasText: 'SEK-1511' }).waitFor();
    await isSound(opened);
    await shoot(page, `providers-refused-${language}`);
    await page.locator('main button').click();
    await page.locator('input[name=username]').waitFor();
    expect(new URL(page.url()).pathname).toBe('/sign-in');
  });

  it('a provider that does not answer is said on the spot', async () => {
    const office = scene(language);
    const opened = await pages.open({ language, scene: office });
    const { page } = opened;
    office.refusals.set('POST /api/sign-in/provider', { code: 'provider-unavailable' });
    await page.goto('/sign-in');
    await page.locator('.providers-item button').first().click();
    await page.locator('.providers [role=alert]', { hasText: 'SEK-1502' }).waitFor();
    expect(await page.locator('.providers-item button[disabled]').count()).toBe(0);
    await isSound(opened);
  });
});

it('without providers the first step is as it was', async () => {
  const { page, double } = await pages.open();
  await page.goto('/sign-in');
  await page.locator('input[name=username]').waitFor();
  await page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/api/sign-in/providers')));
  expect(double.scene.calls.map(({ call }) => call)).toContain('GET /api/sign-in/providers');
  expect(await page.locator('.providers').count()).toBe(0);
});

it('the page of an answer that is not there leads to the first step', async () => {
  const { page } = await pages.open();
  await page.goto('/sign-in/provider/city');
  await page.locator('input[name=username]').waitFor();
  expect(new URL(page.url()).pathname).toBe('/sign-in');
});
