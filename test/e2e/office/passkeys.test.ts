// Passkeys in front of the real gateway: a real browser with the authenticator that Chromium makes up for tests (CDP WebAuthn).
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { textsOf } from '../../support/page-texts.ts';
import { SHIPPED } from '../../support/policy.ts';
import { signIn, startStaffBrowser, type StaffBrowser } from '../../support/staff-browser.ts';
import { accessibilityFaults, builtPages, reportsOf } from '../../support/web-pages.ts';

let policies: string;
let gateway: TestGateway;
let browser: StaffBrowser;

beforeAll(async () => {
  policies = await mkdtemp(join(tmpdir(), 'sekisho-policy-'));
  await cp(SHIPPED, policies, { recursive: true });
  const file = join(policies, 'sign-in.yaml');
  await writeFile(file, (await readFile(file, 'utf8')).replace('passkeys: second-factor', 'passkeys: alone'));
  gateway = await startGateway({ overrides: { pages: await builtPages() }, settings: { SEKISHO_POLICY_DIR: policies } });
  browser = await startStaffBrowser(gateway);
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await gateway?.stop();
  await rm(policies, { recursive: true });
});

/** A device in the browser that answers at once. */
async function deviceIn(page: Page): Promise<{ client: CDPSession; authenticatorId: string; verified(is: boolean): Promise<unknown> }> {
  const client = await page.context().newCDPSession(page);
  await client.send('WebAuthn.enable');
  const { authenticatorId } = await client.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  return { client, authenticatorId, verified: (isUserVerified) => client.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }) };
}

const signOut = async (page: Page) => {
  await page.locator('.account-button').click();
  await page.locator('.account .button-outline').click();
  await page.locator('input[name=username]').waitFor();
};

it.each(['ja', 'en'] as const)('a passkey is registered by its owner, signs in after the password and alone, is a step-up, and is refused once it is removed (%s)', async (language) => {
  const t = textsOf(language);
  const person = await gateway.addPerson({ language });
  const page = await (await browser.context({ language })).newPage();
  const reports = reportsOf(page);
  const device = await deviceIn(page);
  await signIn(page, gateway, person);
  await page.goto('/security');
  await page.locator('section[aria-labelledby=passkeys-title] .row-actions .button').click();
  await page.locator('input[name=factor-name]').fill('窓口のパソコン');
  await page.keyboard.press('Enter');
  await page.locator('section[aria-labelledby=passkeys-title] .rows li', { hasText: '窓口のパソコン' }).waitFor({ timeout: 30_000 });
  expect(await accessibilityFaults(page)).toEqual([]);
  const { credentials } = await device.client.send('WebAuthn.getCredentials', { authenticatorId: device.authenticatorId });
  expect(credentials).toMatchObject([{ rpId: 'localhost', isResidentCredential: true }]);

  await signOut(page);
  await page.locator('input[name=username]').fill(person.username);
  await page.keyboard.press('Enter');
  await page.locator('input[name=password]').fill(person.password);
  await page.keyboard.press('Enter');
  await page.locator('input[name=code]').waitFor();
  await page.locator('.button', { hasText: t('passkey.use') }).click();
  await page.locator('.account-button').waitFor({ timeout: 30_000 });

  await signOut(page);
  await page.locator('.button', { hasText: t('passkey.alone') }).click();
  await page.locator('.account-button').waitFor({ timeout: 30_000 });
  const methods = await gateway.database.selectFrom('sign_in').where('person_id', '=', person.id).orderBy('at').select('method').execute();
  expect(methods.map(({ method }) => method)).toEqual(['password-totp', 'password-passkey', 'passkey']);

  await gateway.database.updateTable('sign_in').set({ proved_at: new Date(Date.now() - 3_600_000) }).where('person_id', '=', person.id).execute();
  await page.goto('/security');
  await page.locator('section[aria-labelledby=passkeys-title] .rows li .button').click();
  await page.locator('[role=alertdialog] .button-danger').click();
  await page.locator('[role=dialog] .button', { hasText: t('passkey.use') }).click();
  await page.locator('section[aria-labelledby=passkeys-title] .rows li').waitFor({ state: 'detached', timeout: 30_000 });

  await signOut(page);
  await page.locator('.button', { hasText: t('passkey.alone') }).click();
  await page.locator('[role=alert]', { hasText: 'SEK-1528' }).waitFor({ timeout: 30_000 });
  expect(reports).toEqual([]);
  await page.context().close();
}, 240_000);

it('a device that does not check its owner signs nobody in alone, and the page says what to do', async () => {
  const person = await gateway.addPerson();
  const page = await (await browser.context()).newPage();
  const device = await deviceIn(page);
  await signIn(page, gateway, person);
  await page.goto('/security');
  await page.locator('section[aria-labelledby=passkeys-title] .row-actions .button').click();
  await page.locator('input[name=factor-name]').fill('鍵');
  await page.keyboard.press('Enter');
  await page.locator('section[aria-labelledby=passkeys-title] .rows li').waitFor({ timeout: 30_000 });
  await signOut(page);
  await device.verified(false);
  await page.locator('.button', { hasText: 'パスキーだけでサインインする' }).click();
  await page.locator('[role=alert]', { hasText: 'もう一度お試しください' }).waitFor({ timeout: 130_000 });
  await page.context().close();
}, 240_000);
