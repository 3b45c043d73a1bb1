import type { Page } from 'playwright-core';
import type { Language } from '../../broker/port.ts';
import { right } from '../../test/support/web-double/api.ts';
import { bypass } from '../../test/support/web-double/bypass.ts';
import { deviceIds, deviceOf } from '../../test/support/web-double/devices.ts';
import { officeScene, type Scene } from '../../test/support/web-double/scene.ts';
import { startWebPages } from '../../test/support/web-pages.ts';
import { shoot } from './shoot.ts';

type Way = { readonly name: string; readonly path?: string; readonly shows: string; readonly outside?: boolean; readonly prepare?: (scene: Scene, language: Language) => void; readonly further?: (page: Page) => Promise<unknown>; /** Where the picture begins. */ readonly from?: string };

const toCode = async (page: Page): Promise<void> => {
  for (const [name, value] of [['username', 'hanako.t'], ['password', right.password]] as const) {
    await page.locator(`input[name=${name}]:not([readonly])`).fill(value);
    await page.keyboard.press('Enter');
  }
  await page.locator('input[name=code]').waitFor();
};
const withoutPhone = async (page: Page): Promise<void> => {
  await toCode(page);
  await page.locator('form ~ .button-outline').last().click();
  await page.locator('#way-ask').waitFor();
};
const anyWay = (scene: Scene): void => {
  scene.factors.ways = ['totp', 'passkey', 'recovery-code'];
};
const administers = (scene: Scene): void => {
  scene.user = { ...scene.user, may: [...scene.user.may, 'level.view', 'bypass.view', 'bypass.issue', 'bypass.approve', 'bypass.end', 'devices.view', 'devices.approve', 'devices.end'] };
};
const equipped = (scene: Scene): void => {
  const { person: _person, sessions: _sessions, may: _may, ...device } = deviceOf();
  const passkey = { id: '7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0c01', name: '窓口のパソコン', since: '2026-04-01T00:20:00.000Z', lastUsedAt: '2026-11-20T00:20:00.000Z', stopped: false };
  scene.factors.own = { ...scene.factors.own, passkeys: [passkey], recoveryCodes: { left: 9, issuedAt: '2026-04-01T00:20:00.000Z' } };
  scene.office.ownDevices = [
    { ...device, id: deviceIds.registered, name: '実家のパソコン', state: 'registered', until: new Date(Date.now() + 2e10).toISOString(), lastProvedAt: device.askedAt, current: true },
    { ...device, current: false },
  ];
};
const providers = (scene: Scene, language: Language): void => {
  const names = language === 'ja' ? ['庁内認証', '県 職員認証基盤'] : ['City account', 'Prefecture staff account'];
  scene.providers = { items: [{ id: 'city', name: names[0]!, state: 'down' }, { id: 'prefecture', name: names[1]!, state: 'up' }], next: null, required: true };
};
const WAYS: readonly Way[] = [
  { name: 'sign-in-providers-down', outside: true, shows: '.providers', prepare: providers },
  { name: 'sign-in-code', outside: true, shows: 'input[name=username]', further: toCode, prepare: anyWay },
  { name: 'sign-in-no-phone', outside: true, shows: 'input[name=username]', further: withoutPhone, prepare: anyWay },
  { name: 'sign-in-recovery', outside: true, shows: 'input[name=username]', prepare: anyWay, further: async (page) => (await withoutPhone(page), await page.locator('.way[aria-labelledby=way-recovery] .button').click(), page.locator('input[name=recovery-code]').waitFor()) },
  { name: 'sign-in-bypass', outside: true, shows: 'input[name=username]', further: async (page) => (await withoutPhone(page), await page.locator('.way[aria-labelledby=way-bypass] .button').click(), page.locator('input[name=bypass-code]').waitFor()) },
  {
    name: 'sign-in-clock-drift',
    outside: true,
    shows: 'input[name=username]',
    prepare: (scene) => scene.refusals.set('POST /api/sign-in/totp', { code: 'one-time-code-clock-drift', clockDrift: { phone: 'slow', minutes: 4 } }),
    further: async (page) => (await toCode(page), await page.locator('input[name=code]').fill('135791'), await page.keyboard.press('Enter'), page.locator('[role=alert]').waitFor()),
  },
  { name: 'security', path: '/security', shows: '#devices-title', prepare: equipped },
  { name: 'security-devices', path: '/security', shows: '#devices-title', prepare: equipped, from: 'section[aria-labelledby=devices-title]' },
  { name: 'security-sheet', path: '/security', shows: '#recovery-title', further: async (page) => (await page.locator('section[aria-labelledby=recovery-title] .row-actions .button').click(), await page.locator('.sheet-codes').waitFor()) },
  { name: 'security-locked', path: '/security', shows: '#recovery-title', prepare: (scene) => (equipped(scene), (scene.factors.own = { ...scene.factors.own, mayChange: false })) },
  { name: 'duties-device', path: '/duties', shows: '.duty-card', from: 'li:has(a[href="/security"])', prepare: (scene) => (scene.duties.own = { ...scene.duties.own, device: 'to-register', duties: scene.duties.own.duties.map(({ opensAt: _opensAt, ...duty }) => (duty.zone === 'lgwan' && duty.notTeleworkable === undefined ? { ...duty, reasons: ['registered-device-required'] } : duty)) }) },
  { name: 'bypass', path: '/administration/bypass', shows: 'article', prepare: (scene) => (administers(scene), (scene.office.bypasses = [bypass(), ...scene.office.bypasses])) },
  { name: 'bypass-issue', path: '/administration/bypass', shows: '.panel-head button', prepare: administers, further: async (page) => (await page.locator('.panel-head button').click(), page.locator('input[name=shelter]').waitFor()) },
  {
    name: 'bypass-code',
    path: '/administration/bypass',
    shows: 'article',
    prepare: (scene) => (administers(scene), (scene.office.bypasses = [bypass()])),
    further: async (page) => (await page.locator('article .row-actions button').first().click(), await page.locator('[role=alertdialog] button[type=submit]').click(), page.locator('.bypass-code').waitFor()),
  },
  { name: 'devices', path: '/administration/devices', shows: '.table', prepare: administers },
  { name: 'sign-ins-several', path: '/sign-ins', shows: '.sign-in-terms' },
];

/** Signing in, the safety of it, bypasses and devices, in states that a demonstration does not come to by itself. */
export async function shootSigningIn(): Promise<void> {
  const pages = await startWebPages();
  for (const language of ['ja', 'en'] as const satisfies readonly Language[]) {
    for (const { name, path = '/sign-in', shows, outside = false, prepare, further, from } of WAYS) {
      const scene = officeScene();
      scene.user = { ...scene.user, language };
      prepare?.(scene, language);
      const { page } = await pages.open({ language, signedIn: !outside, scene });
      await page.goto(path);
      await page.locator(shows).first().waitFor();
      await further?.(page);
      await page.waitForTimeout(300);
      await shoot(page, name, language, from);
      await page.context().close();
    }
  }
  await pages.close();
}
