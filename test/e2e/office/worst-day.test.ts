// Signing in when something is missing: the phone, the sheet, the right time, one's own computer at home. A real browser, the real gateway.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateSync } from 'otplib';
import type { Page } from 'playwright-core';
import { addDesktop } from '../../support/add-desktop.ts';
import { eventually } from '../../support/eventually.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { textsOf } from '../../support/page-texts.ts';
import type { NewPerson, Person } from '../../support/people.ts';
import { SHIPPED } from '../../support/policy.ts';
import { signIn, startStaffBrowser, type StaffBrowser } from '../../support/staff-browser.ts';
import { toCode } from '../../support/to-code.ts';
import { accessibilityFaults, builtPages } from '../../support/web-pages.ts';

let policies: string;
let gateway: TestGateway;
let browser: StaffBrowser;
/** Milliseconds by which the server's clock was set forward. */
let ahead = 0;

/** This machine's address is an evacuation site, and a bypass is possible at every level. */
beforeAll(async () => {
  policies = await mkdtemp(join(tmpdir(), 'sekisho-policy-'));
  await cp(SHIPPED, policies, { recursive: true });
  await rule('access.yaml', 'everywhere-else: home', 'everywhere-else: evacuation-site');
  await rule('sign-in.yaml', 'from-level: 1', 'from-level: 0');
  gateway = await startGateway({ overrides: { pages: await builtPages(), clock: { now: () => new Date(Date.now() + ahead) }, monotonic: () => performance.now() }, settings: { SEKISHO_POLICY_DIR: policies } });
  browser = await startStaffBrowser(gateway);
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await gateway?.stop();
  await rm(policies, { recursive: true });
});

async function rule(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(join(policies, file), 'utf8');
  if (!text.includes(from)) throw new Error(`${file} does not say ${from}`);
  await writeFile(join(policies, file), text.replace(from, to));
}

const opened = async (language: 'ja' | 'en'): Promise<Page> => (await browser.context({ language, width: 1100, height: 900 })).newPage();
const said = (page: Page, text: string) => page.locator('[role=alert]', { hasText: text }).waitFor();

async function enter(page: Page, name: string, code: string): Promise<void> {
  await page.locator(`input[name=${name}]`).fill(code);
  await page.keyboard.press('Enter');
}

async function confirm(page: Page, reason?: string): Promise<void> {
  const dialog = page.locator('[role=alertdialog]');
  if (reason !== undefined) await dialog.locator('textarea').fill(reason);
  await dialog.locator('button[type=submit], .button-danger, .button-solid').last().click();
  await dialog.waitFor({ state: 'detached' });
}

describe.each(['ja', 'en'] as const)('in %s', (language) => {
  const t = textsOf(language);
  const add = (person: NewPerson = {}) => gateway.addPerson({ language, ...person });
  const arrived = (page: Page) => page.locator('.account-button').waitFor({ timeout: 30_000 });
  const withoutPhone = (page: Page) => page.getByRole('button', { name: t('code.noPhone') }).click();
  const toRecovery = async (page: Page) => {
    await withoutPhone(page);
    await page.locator('.way[aria-labelledby=way-recovery] button').click();
  };
  /** Ten codes from the sheet as it goes on paper. */
  const issueCodes = async (page: Page): Promise<string[]> => {
    const panel = page.locator('section[aria-labelledby=recovery-title]');
    await panel.locator('.row-actions .button').click();
    if ((await panel.getByText(t('security.recovery.reissue')).count()) > 0) await confirm(page);
    await panel.locator('.sheet-codes li').nth(9).waitFor();
    await page.emulateMedia({ media: 'print' });
    expect([await page.locator('.sheet').isVisible(), await page.locator('.shell-header').isVisible()]).toEqual([true, false]);
    await page.emulateMedia({ media: 'screen' });
    const codes = await panel.locator('.sheet-codes li').allInnerTexts();
    await panel.getByRole('button', { name: t('security.sheet.done') }).click();
    return codes;
  };

  it('a wrong code, one of a phone whose clock is off and one that was used are told apart, and whoever is at work is warned of the last', async () => {
    const person = await add();
    const page = await opened(language);
    await toCode(page, person);
    await enter(page, 'code', gateway.oneTimeCode(person, 2_000));
    await said(page, t('codes.one-time-code-wrong.title'));
    await enter(page, 'code', gateway.oneTimeCode(person, 8));
    await said(page, t('codes.one-time-code-clock-drift.title'));
    expect(await page.locator('[role=alert]').innerText()).toContain('4');
    const code = gateway.oneTimeCode(person);
    await enter(page, 'code', code);
    await arrived(page);

    const elsewhere = await opened(language);
    await toCode(elsewhere, person);
    await enter(elsewhere, 'code', code);
    await said(elsewhere, t('codes.one-time-code-used.title'));
    await page.locator('.security-notice-alarming', { hasText: t('notices.kind.used-code') }).waitFor({ timeout: 30_000 });
    for (const one of [page, elsewhere]) await one.context().close();
  }, 120_000);

  it('a printed code signs in once, changes nothing until somebody vouched in person, and a second authenticator is as good as the first', async () => {
    const person = await add();
    const admin = await add({ roles: ['system-admin'], colleagueOf: person });
    const page = await opened(language);
    await signIn(page, gateway, person);
    await page.goto('/security');
    const before = await issueCodes(page);
    const codes = await issueCodes(page);
    expect(new Set([...before, ...codes]).size).toBe(20);
    await page.context().close();

    const found = await opened(language);
    await toCode(found, person);
    await toRecovery(found);
    await enter(found, 'recovery-code', before[0]!);
    await said(found, t('codes.recovery-code-wrong.title'));
    await enter(found, 'recovery-code', codes[0]!);
    await arrived(found);
    await found.goto('/security');
    await found.getByText(t('security.locked.title')).waitFor();
    const adding = found.locator('section[aria-labelledby=authenticators-title] .row-actions .button');
    expect(await adding.isDisabled()).toBe(true);

    const desk = await opened(language);
    await signIn(desk, gateway, admin);
    await desk.goto(`/administration/people/${person.id}`);
    await desk.locator('section[aria-labelledby=person-factors-title] .rows li .button').click();
    await confirm(desk, '職員証と顔を窓口で確かめた');
    await desk.context().close();

    await found.reload();
    await adding.click();
    await found.locator('.dialog svg.qr').waitFor();
    await found.locator('.dialog summary').click();
    const secret = (await found.locator('.secret span').allInnerTexts()).join('');
    await found.locator('input[name=factor-name]').fill('自宅のタブレット');
    await enter(found, 'code', generateSync({ secret }));
    await found.locator('.rows li', { hasText: '自宅のタブレット' }).waitFor();
    await found.context().close();

    const later = await opened(language);
    await toCode(later, person);
    await enter(later, 'code', generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + 30 }));
    await arrived(later);
    await later.context().close();
    const again = await opened(language);
    await toCode(again, person);
    await toRecovery(again);
    await enter(again, 'recovery-code', codes[0]!);
    await again.locator('[role=alert]').waitFor();
    expect(await again.locator('.account-button').count()).toBe(0);
    await again.context().close();
  }, 180_000);

  it('a bypass is issued, approved by another person, read out to the shelter manager, used once within its limits, and told afterwards', async () => {
    const person = await add({ displayName: `避難 ${language}` });
    const [issuer, approver] = [await add({ roles: ['bcp-admin'], displayName: '発行 一郎', colleagueOf: person }), await add({ roles: ['activation-authority'], displayName: '承認 二郎', colleagueOf: person })];
    await add({ roles: ['shelter-manager'], displayName: '避難所 責子', colleagueOf: person });
    const office = await opened(language);
    await signIn(office, gateway, issuer);
    await office.goto('/administration/bypass');
    await office.getByRole('button', { name: t('administration.bypass.issue.open') }).click();
    const dialog = office.getByRole('alertdialog');
    await dialog.locator('input[name=search]').fill(`避難 ${language}`);
    await eventually(async () => expect(await dialog.locator('select[name=personId] option').count()).toBe(1));
    expect(await dialog.locator('select[name=voucherId]').innerText()).toContain('避難所 責子');
    await dialog.locator('input[name=shelter]').fill('第二中学校');
    await dialog.locator('input[name=reachedBy]').fill('防災無線 7番');
    await confirm(office, '津波で携帯電話を失った');
    await office.getByRole('article').waitFor();
    expect(await office.getByRole('button', { name: t('administration.bypass.approve.open'), exact: true }).count()).toBe(0);
    await office.context().close();

    const second = await opened(language);
    await signIn(second, gateway, approver);
    await second.goto('/administration/bypass');
    await second.getByRole('button', { name: t('administration.bypass.approve.open'), exact: true }).click();
    await second.getByRole('alertdialog').locator('button[type=submit]').click();
    await second.locator('.bypass-code').waitFor();
    const code = (await second.locator('.bypass-code span').allInnerTexts()).join('');
    expect(code).toMatch(/^\d{10}$/u);
    await second.context().close();

    const gymnasium = await opened(language);
    const useCode = async (page: Page) => {
      await toCode(page, person);
      await withoutPhone(page);
      await page.locator('.way[aria-labelledby=way-bypass] button').click();
      await enter(page, 'bypass-code', code);
    };
    await useCode(gymnasium);
    await gymnasium.locator('.notice', { hasText: t('bypass.here.title') }).waitFor();
    await gymnasium.goto('/security');
    await gymnasium.locator('#devices-title').waitFor();
    expect(await gymnasium.getByRole('button', { name: t('devices.ask.open') }).count()).toBe(0);
    await gymnasium.context().close();
    const thief = await opened(language);
    await useCode(thief);
    await said(thief, t('codes.bypass-code-wrong.title'));
    await thief.context().close();

    const home = await opened(language);
    await signIn(home, gateway, person);
    await home.locator('.notice', { hasText: t('bypass.notice.title') }).waitFor();
    await home.context().close();
  }, 180_000);

  it('a device is asked for, approved, proved by itself, opens the LGWAN zone from an evacuation site, and leads out when it is revoked', async () => {
    const person = await add({ duty: { zone: 'lgwan' } });
    const admin = await add({ roles: ['system-admin'], colleagueOf: person });
    await addDesktop(gateway.broker, person);
    const page = await opened(language);
    await signIn(page, gateway, person);
    await page.goto('/duties');
    await page.getByText(t('duties.state.device'), { exact: true }).waitFor();
    await page.getByRole('link', { name: t('duties.device.register') }).click();
    const card = page.locator('section[aria-labelledby=devices-title]');
    await card.getByRole('button', { name: t('devices.ask.open') }).click();
    await page.locator('input[name=device-name]').fill('自宅のノート');
    await page.keyboard.press('Enter');
    await card.getByText(t('devices.state.waiting'), { exact: true }).waitFor();

    const desk = await opened(language);
    await signIn(desk, gateway, admin);
    await desk.goto('/administration/devices');
    await desk.getByRole('button', { name: t('administration.devices.approve.open') }).click();
    await confirm(desk);
    await desk.getByText(t('devices.state.registered'), { exact: true }).waitFor();

    await page.goto('/duties');
    await page.getByText(t('duties.device.here')).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.goto('/security');
    await card.getByText(t('devices.here')).waitFor();
    await page.goto('/');
    await page.locator('.card-actions button').first().click();
    // No guacd is there: the device was believed, and what comes after it fails.
    await page.locator('[role=alertdialog], .alone-box').first().waitFor({ timeout: 30_000 });
    expect(await page.locator('body').innerText()).toMatch(/SEK-13\d\d/u);
    const leases = await gateway.database.selectFrom('lease').where('person_id', '=', person.id).select('device_id').execute();
    expect(leases.some(({ device_id: device }) => device !== null)).toBe(true);

    await page.goto('/duties');
    await page.getByText(t('duties.device.here')).waitFor();
    await desk.getByRole('button', { name: t('administration.devices.end.revoke') }).click();
    await confirm(desk, '紛失した');
    await page.locator('input[name=username]').waitFor({ timeout: 10_000 });
    for (const one of [page, desk]) await one.context().close();
  }, 180_000);
});

describe('while the server’s clock is in doubt', () => {
  const ready = {} as Record<'ja' | 'en', { readonly person: Person; readonly code: string }>;
  beforeAll(async () => {
    const admin = await gateway.addPerson({ roles: ['system-admin'] });
    const watching = await gateway.signedIn(admin);
    for (const language of ['ja', 'en'] as const) {
      const person = await gateway.addPerson({ language });
      const client = await gateway.signedIn(person);
      const { codes } = (await client.call('POST', '/api/me/recovery-codes', { json: {} })).json<{ codes: string[] }>();
      ready[language] = { person, code: codes[0]! };
    }
    ahead = 600_000;
    await eventually(async () => expect((await watching.call('GET', '/api/server-clock')).json()).toMatchObject({ trusted: false, why: 'jumped' }), 30_000);
  }, 120_000);

  it.each(['ja', 'en'] as const)('codes of the phone are refused with what else would do, and a printed one signs in (%s)', async (language) => {
    const t = textsOf(language);
    const { person, code } = ready[language];
    const page = await opened(language);
    await toCode(page, person);
    await enter(page, 'code', gateway.oneTimeCode(person));
    await said(page, t('codes.one-time-code-clock-untrusted.title'));
    await page.getByRole('button', { name: t('code.noPhone') }).click();
    await page.locator('.way[aria-labelledby=way-recovery] button').click();
    await enter(page, 'recovery-code', code);
    await page.locator('.account-button').waitFor({ timeout: 30_000 });
    await page.context().close();
  });
});
