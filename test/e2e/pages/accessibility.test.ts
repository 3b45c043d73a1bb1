import type { Page } from 'playwright-core';
import { right } from '../../support/web-double/api.ts';
import { ids, leaseOn } from '../../support/web-double/scene.ts';
import { checkStates, type PageState } from '../../support/page-states.ts';
import { pictureShown, startWebPages, type WebPages } from '../../support/web-pages.ts';

let pages: WebPages;
beforeAll(async () => {
  pages = await startWebPages();
});
afterAll(() => pages.close());

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
const session = async (page: Page): Promise<void> => {
  await page.goto('/');
  await page.locator('.card-ready .card-actions button').click();
  await pictureShown(page);
};

/** Every page, and every state of it that looks different. */
const states: readonly PageState[] = [
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
      await page.locator('summary').first().click();
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
    name: 'refusal with ways that would work',
    signedIn: true,
    prepare: (scene) =>
      scene.refusals.set('POST /api/leases', {
        code: 'registered-device-required',
        reasons: ['registered-device-required'],
        help: [
          { kind: 'duty', dutyId: ids.disaster, name: '災害対策本部', text: '業務「災害対策本部」なら利用できます。' },
          { kind: 'level', level: '2', text: 'レベル2になると利用できます。' },
        ],
      }),
    reach: async (page) => (await page.goto('/'), await page.locator('.card-ready .card-actions button').click(), await page.locator('.refusal-ways').waitFor()),
  },
  {
    name: 'question before a change of duty',
    signedIn: true,
    prepare: (scene) => scene.refusals.set('POST /api/leases', { code: 'duty-change-ends-session' }),
    reach: async (page) => (await page.goto('/'), await page.locator('.card-ready .card-actions button').click(), await page.locator('[role=alertdialog]').waitFor()),
  },
  {
    name: 'raised level and a pool',
    signedIn: true,
    prepare: (scene) => {
      scene.user = { ...scene.user, level: { number: 3, level: '1', since: '2026-11-24T00:00:00.000Z', until: '2026-12-08T00:00:00.000Z', event: 'storm', reason: '台風の接近', provisional: { level: '2', until: '2026-11-24T02:00:00.000Z' } } };
      scene.pools = [{ id: ids.pool, name: '災害用 共用端末', credentials: 'ask', state: 'ready' }];
    },
    reach: (page) => page.goto('/').then(() => page.locator('#pools-title').waitFor()),
  },
  {
    name: 'session that may not go on',
    signedIn: true,
    prepare: (scene) => scene.leases.set(ids.lease, { ...leaseOn(ids.ownPc, '防災課 自席パソコン'), closingAt: '2036-11-24T02:00:00.000Z', closingBecause: 'registered-device-required' }),
    reach: async (page) => (await page.goto(`/session/${ids.lease}`), await page.locator('.closing-text').waitFor()),
  },
  { name: 'telework', signedIn: true, reach: (page) => page.goto('/telework').then(() => page.locator('.telework-marks').waitFor()) },
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

checkStates(states, () => pages);
