// The page サインインの安全, the ways in without a phone, and the notices about the own account.
import type { Page } from 'playwright-core';
import { checkStates, type PageState } from '../../support/page-states.ts';
import { toCode } from '../../support/to-code.ts';
import { right } from '../../support/web-double/api.ts';
import { recoveryCodes } from '../../support/web-double/factors.ts';
import type { Scene } from '../../support/web-double/scene.ts';
import { pictureShown, startWebPages, type WebPages } from '../../support/web-pages.ts';

const hanako = { username: 'hanako.t', password: right.password };
let pages: WebPages;
beforeAll(async () => {
  pages = await startWebPages();
}, 120_000);
afterAll(() => pages.close());

const toRecovery = async (page: Page): Promise<void> => {
  await toCode(page, hanako);
  await page.locator('.button-outline').last().click();
  await page.locator('.way .button').first().click();
  await page.locator('input[name=recovery-code]').waitFor();
};
const security = (page: Page) => page.goto('/security').then(() => page.locator('#recovery-title').waitFor());
const withCodes = (scene: Scene): void => {
  scene.factors.ways = ['totp', 'recovery-code'];
};
const warned = (scene: Scene): void => {
  const notice = { at: '2026-11-24T01:05:00.000Z', address: '198.51.100.7', userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' };
  scene.factors.notices = [
    { ...notice, id: '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0b01', kind: 'used-code', count: 3 },
    { ...notice, id: '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0b02', kind: 'authenticator-added', count: 1 },
    { ...notice, id: '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0b03', kind: 'recovery-codes-issued', count: 1 },
  ];
};

const states: readonly PageState[] = [
  { name: 'without a phone and without codes', reach: async (page) => (await toCode(page, hanako), await page.locator('.button-outline').last().click(), await page.locator('#way-ask').waitFor()) },
  { name: 'recovery code', prepare: withCodes, reach: toRecovery },
  { name: 'security', signedIn: true, reach: security },
  {
    name: 'security in a sign-in by recovery code',
    signedIn: true,
    prepare: (scene) => {
      scene.factors.own = { ...scene.factors.own, recoveryCodes: { left: 2, issuedAt: '2026-04-01T00:20:00.000Z' }, mayChange: false };
    },
    reach: security,
  },
  {
    name: 'a passkey offered at the entrance',
    prepare: (scene) => {
      scene.factors.alone = true;
    },
    reach: (page) => page.goto('/sign-in').then(() => page.locator('.button-outline').waitFor()),
  },
  {
    name: 'other ways than the phone',
    prepare: (scene) => {
      scene.factors.ways = ['totp', 'passkey', 'recovery-code'];
    },
    reach: async (page) => (await toCode(page, hanako), await page.locator('.button-outline').last().click(), await page.locator('#way-passkey').waitFor()),
  },
  {
    name: 'passkeys, one of them stopped',
    signedIn: true,
    prepare: (scene) => {
      const passkey = { name: '窓口のパソコン', since: '2026-04-01T00:20:00.000Z', lastUsedAt: '2026-11-20T00:20:00.000Z' };
      scene.factors.own = { ...scene.factors.own, passkeys: [{ ...passkey, id: '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0c01', stopped: false }, { ...passkey, id: '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0c02', stopped: true }] };
    },
    reach: (page) => page.goto('/security').then(() => page.locator('#passkeys-title').waitFor()),
  },
  {
    name: 'a server clock in doubt, and the factors of a person',
    signedIn: true,
    prepare: (scene) => {
      scene.factors.clock = { trusted: false, why: 'apart-from-database', since: '2026-11-24T01:05:00.000Z' };
      scene.user = { ...scene.user, may: [...scene.user.may, 'people.manage', 'directory.view', 'units.view', 'server-clock.view'], roles: ['system-admin'] };
    },
    reach: async (page) => (await page.goto('/administration/people'), await page.locator('a[href*="/people/"]').first().click(), await page.locator('#person-factors-title').waitFor(), await page.locator('.notice-error').waitFor()),
  },
  { name: 'adding an authenticator', signedIn: true, reach: async (page) => (await security(page), await page.locator('section[aria-labelledby=authenticators-title] .row-actions .button').click(), await page.locator('.dialog svg.qr').waitFor()) },
  { name: 'the printed sheet', signedIn: true, reach: async (page) => (await security(page), await page.locator('section[aria-labelledby=recovery-title] .row-actions .button').click(), await page.locator('.sheet-codes').waitFor()) },
  { name: 'notices', signedIn: true, prepare: warned, reach: (page) => page.goto('/').then(() => page.locator('.security-notice').first().waitFor()) },
];

checkStates(states, () => pages);

it('a recovery code signs in by keyboard alone, and a wrong one says so and is kept to be corrected', async () => {
  const { page, scene } = await pages.open();
  withCodes(scene);
  await toCode(page, hanako);
  await page.locator('.button-outline', { hasText: 'スマートフォンが手元にない' }).focus();
  await page.keyboard.press('Enter');
  await page.locator('.way .button').first().focus();
  await page.keyboard.press('Enter');
  await page.locator('input[name=recovery-code]').fill('0000-0000-0000-0000');
  await page.keyboard.press('Enter');
  await page.locator('[role=alert]', { hasText: 'SEK-1521' }).waitFor();
  expect(await page.locator('input[name=recovery-code]').inputValue()).toBe('0000-0000-0000-0000');
  await page.keyboard.type(recoveryCodes[0]);
  await page.keyboard.press('Enter');
  await page.locator('.card-actions').first().waitFor();
  expect(scene.calls.filter(({ call }) => call === 'POST /api/sign-in/recovery-code')).toHaveLength(2);
  await page.context().close();
});

it('a phone whose clock is off is told by how many minutes, and which way', async () => {
  const { page, scene } = await pages.open();
  scene.refusals.set('POST /api/sign-in/totp', { code: 'one-time-code-clock-drift', clockDrift: { phone: 'slow', minutes: 4 } });
  await toCode(page, hanako);
  await page.locator('input[name=code]').fill('135791');
  await page.keyboard.press('Enter');
  await page.locator('[role=alert]', { hasText: '約4分遅れています' }).waitFor();
  await page.context().close();
});

it('ten codes are shown once after a fresh code, go on paper alone, and are gone when the page is left', async () => {
  const { page, scene } = await pages.open({ signedIn: true });
  scene.factors.fresh = false;
  await security(page);
  await page.locator('section[aria-labelledby=recovery-title] .row-actions .button').click();
  await page.locator('[role=dialog] input[name=code]').fill(right.code);
  await page.keyboard.press('Enter');
  await page.locator('.sheet-codes li').nth(9).waitFor();
  expect(await page.locator('.sheet-codes li').allInnerTexts()).toEqual([...recoveryCodes]);
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.sheet').isVisible()).toBe(true);
  for (const other of ['.shell-header', '.shell-footer', '#authenticators-title', '.sheet-panel .row-actions', '.sheet-panel .notice']) expect(await page.locator(other).isVisible()).toBe(false);
  await page.emulateMedia({ media: 'screen' });
  await page.locator('.sheet-panel .button-outline').click();
  expect(await page.locator('.sheet').count()).toBe(0);
  await page.reload();
  await page.locator('#recovery-title').waitFor();
  expect(await page.locator('.sheet').count()).toBe(0);
  await page.context().close();
});

it('a second authenticator is added with its name, and the last one says why it stays', async () => {
  const { page, scene } = await pages.open({ signedIn: true });
  await security(page);
  await page.locator('section[aria-labelledby=authenticators-title] .row-actions .button').click();
  await page.locator('.dialog svg.qr').waitFor();
  await page.locator('input[name=factor-name]').fill('自宅のタブレット');
  await page.locator('.dialog input[name=code]').fill('１３５７９１');
  await page.keyboard.press('Enter');
  await page.locator('.dialog [role=alert]', { hasText: 'SEK-1104' }).waitFor();
  await page.locator('.dialog input[name=code]').fill(right.code);
  await page.keyboard.press('Enter');
  await page.locator('.rows li', { hasText: '自宅のタブレット' }).waitFor();
  const remove = async () => {
    await page.locator('section[aria-labelledby=authenticators-title] .rows li .button').first().click();
    await page.locator('[role=alertdialog] .button-danger').click();
  };
  await remove();
  await page.locator('section[aria-labelledby=authenticators-title] .rows li').nth(1).waitFor({ state: 'detached' });
  await remove();
  await page.locator('[role=alertdialog] [role=alert]', { hasText: 'SEK-1527' }).waitFor();
  expect(scene.factors.own.authenticators).toHaveLength(1);
  await page.context().close();
});

it('a used code that was played again is told while a session fills the window, and goes once it is read', async () => {
  const { page, scene } = await pages.open({ signedIn: true });
  await page.goto('/');
  await page.locator('.card-ready .card-actions button').click();
  await pictureShown(page);
  expect(await page.locator('.security-notice').count()).toBe(0);
  warned(scene);
  await page.locator('.security-notice-alarming', { hasText: '使用済みの確認コード' }).waitFor({ timeout: 25_000 });
  expect(await page.locator('.security-notice').count()).toBe(1);
  await page.locator('.security-notice-alarming .button-solid').click();
  await page.locator('.security-notice-alarming').waitFor({ state: 'detached' });
  expect(scene.calls.some(({ call }) => call.endsWith('/reading'))).toBe(true);
  await page.context().close();
});
