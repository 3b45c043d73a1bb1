import type { Page } from 'playwright-core';
import { right } from '../../support/web-double/api.ts';
import type { Scene } from '../../support/web-double/scene.ts';
import { eventually } from '../../support/eventually.ts';
import { accessibilityFaults, pictureShown, startWebPages, type WebPages } from '../../support/web-pages.ts';

let pages: WebPages;
beforeAll(async () => {
  pages = await startWebPages();
}, 60_000);
afterAll(() => pages.close());

type State = { readonly name: string; readonly signedIn?: boolean; readonly prepare?: (scene: Scene) => void; readonly reach: (page: Page) => Promise<unknown> };

const username = async (page: Page): Promise<void> => {
  await page.goto('/sign-in');
  await page.locator('input[name=username]').fill('hanako.t');
  await page.keyboard.press('Enter');
};
const password = async (page: Page, typed: string): Promise<void> => {
  await username(page);
  await page.locator('input[name=password]').fill(typed);
  await page.keyboard.press('Enter');
};
/** Pixels that stick out to the side. */
const overflow = (page: Page): Promise<number> => page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
const session = async (page: Page): Promise<void> => {
  await page.goto('/');
  await page.locator('.card-ready .card-actions button').click();
  await pictureShown(page);
};

/** Every page, and every state of it that looks different. */
const states: readonly State[] = [
  { name: 'sign-in', reach: (page) => page.goto('/sign-in').then(() => page.locator('input[name=username]').waitFor()) },
  { name: 'sign-in after the end of another', reach: (page) => page.goto('/sign-in?ended=yes').then(() => page.locator('.notice').waitFor()) },
  { name: 'password', reach: async (page) => (await username(page), await page.locator('input[name=password]').waitFor()) },
  { name: 'password refused', reach: async (page) => (await password(page, 'wrong'), await page.locator('[role=alert]').waitFor()) },
  {
    name: 'throttled',
    prepare: (scene) => scene.refusals.set('POST /api/sign-in', { code: 'too-many-attempts', retryAfterSeconds: 95 }),
    reach: async (page) => (await password(page, 'wrong'), await page.locator('[role=timer]').waitFor()),
  },
  { name: 'one-time code', reach: async (page) => (await password(page, right.password), await page.locator('input[name=code]').waitFor()) },
  { name: 'invitation', reach: (page) => page.goto('/welcome#token').then(() => page.locator('input[name=new-password]').waitFor()) },
  { name: 'invitation that is void', reach: (page) => page.goto('/welcome').then(() => page.locator('[role=alert]').waitFor()) },
  {
    name: 'enrolment',
    reach: async (page) => {
      await page.goto('/welcome#token');
      await page.locator('input[name=new-password]').fill('a long new password');
      await page.keyboard.press('Enter');
      await page.locator('svg.qr').waitFor();
      await page.locator('summary').click();
    },
  },
  { name: 'desktops', signedIn: true, reach: (page) => page.goto('/').then(() => page.locator('.card-actions').first().waitFor()) },
  {
    name: 'no desktops and no duty',
    signedIn: true,
    prepare: (scene) => {
      scene.desktops = [];
      scene.user = { ...scene.user, duties: [] };
    },
    reach: (page) => page.goto('/').then(() => page.locator('.empty').waitFor()),
  },
  {
    name: 'account menu',
    signedIn: true,
    reach: async (page) => (await page.goto('/'), await page.locator('.account-button').click(), await page.locator('.account-who').waitFor()),
  },
  { name: 'choice of duty', signedIn: true, reach: async (page) => (await page.goto('/'), await page.locator('.duty-button').first().click(), await page.locator('[role=option]').first().waitFor()) },
  {
    name: 'refusal',
    signedIn: true,
    prepare: (scene) => scene.refusals.set('POST /api/leases', { code: 'zone-forbidden-at-site', reasons: ['zone-forbidden-at-site', 'registered-device-required'] }),
    reach: async (page) => (await page.goto('/'), await page.locator('.card-ready .card-actions button').click(), await page.locator('[role=alertdialog]').waitFor()),
  },
  {
    name: 'log-in of a desktop',
    signedIn: true,
    reach: async (page) => (await page.goto('/'), await page.locator('.card-unreachable .card-actions button').click(), await page.locator('input[name=desktop-username]').waitFor()),
  },
  {
    name: 'question before moving',
    signedIn: true,
    reach: async (page) => (await page.goto('/'), await page.locator('.card-in-use-by-me .card-actions button').click(), await page.locator('[role=alertdialog]').waitFor()),
  },
  {
    name: 'session that is not carried again',
    signedIn: true,
    prepare: (scene) => {
      scene.refusesRelays = true;
      scene.refusals.set('POST /api/leases', { code: 'site-unknown', reasons: ['site-unknown', 'policy-missing'] });
    },
    reach: (page) => page.goto('/session/7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0032').then(() => page.locator('.alone-box .notice').waitFor()),
  },
  { name: 'session', signedIn: true, reach: session },
  { name: 'keys in the session', signedIn: true, reach: async (page) => (await session(page), await page.locator('.bar-tools button').first().click(), await page.locator('[role=menuitem]').first().waitFor()) },
  { name: 'question before the end', signedIn: true, reach: async (page) => (await session(page), await page.locator('.bar-end').click(), await page.locator('[role=alertdialog]').waitFor()) },
  { name: 'session that is over', signedIn: true, reach: (page) => page.goto('/session/7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3fffff').then(() => page.locator('.alone-box').waitFor()) },
  { name: 'sign-ins', signedIn: true, reach: (page) => page.goto('/sign-ins').then(() => page.locator('.sign-in').first().waitFor()) },
  { name: 'question before ending a sign-in', signedIn: true, reach: async (page) => (await page.goto('/sign-ins'), await page.locator('.sign-in .button').first().click(), await page.locator('[role=alertdialog]').waitFor()) },
  { name: 'page that does not exist', reach: (page) => page.goto('/nowhere').then(() => page.locator('h1').waitFor()) },
];

describe.each(['ja', 'en'] as const)('in %s', (language) => {
  it.each(states)('$name: axe-core finds nothing, no policy is breached, nothing is cut off at 360 pixels and at 320 (400 %% zoom)', async ({ signedIn = false, prepare, reach }) => {
    const { page, scene, reports } = await pages.open({ language, signedIn });
    prepare?.(scene);
    await reach(page);
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(reports).toEqual([]);
    for (const width of [360, 320]) {
      await page.setViewportSize({ width, height: 640 });
      await eventually(async () => expect(await overflow(page)).toBe(0));
    }
    await page.context().close();
  });
});
