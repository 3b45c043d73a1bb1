// The pages in front of the real gateway, its real headers and a real database.
import { generateSync } from 'otplib';
import type { Page } from 'playwright-core';
import { addDesktop } from '../../support/add-desktop.ts';
import { eventually } from '../../support/eventually.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { signIn, startStaffBrowser, type StaffBrowser } from '../../support/staff-browser.ts';
import { accessibilityFaults, builtPages, reportsOf } from '../../support/web-pages.ts';

let gateway: TestGateway;
let browser: StaffBrowser;

beforeAll(async () => {
  gateway = await startGateway({ overrides: { pages: await builtPages() } });
  browser = await startStaffBrowser(gateway);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await gateway?.stop();
});

async function open(language: 'ja' | 'en'): Promise<{ page: Page; reports: readonly string[] }> {
  const page = await (await browser.context({ language })).newPage();
  return { page, reports: reportsOf(page) };
}

/** Checks the page as it stands, in the frame of the real headers. */
async function isSound(page: Page, reports: readonly string[]): Promise<void> {
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(reports).toEqual([]);
}

describe.each(['ja', 'en'] as const)('in %s', (language) => {
  it('an invitation leads by way of a password and the phone to one’s desktops, and works only once', async () => {
    const { page, reports } = await open(language);
    const { directory } = gateway.broker;
    const { id: organisationId } = await directory.addOrganisation({ name: `みほん市 ${language}` });
    const { id: unitId } = await directory.addUnit({ organisationId, name: '総務課' });
    const username = `invited-${language}`;
    const { id } = await directory.addPerson({ organisationId, unitId, username, displayName: '新任 太郎', language, roles: ['staff'] });
    const { token } = await directory.issueInvitation(id);

    await page.goto(`/welcome#${token}`);
    await page.locator('input[name=new-password]').waitFor();
    expect(await page.locator('main').innerText()).toContain(username);
    await isSound(page, reports);
    await page.keyboard.type('password password');
    await page.keyboard.press('Enter');
    await page.locator('[role=alert]', { hasText: 'SEK-1108' }).waitFor();
    await page.locator('input[name=new-password]').fill('four quite unrelated words');
    await page.keyboard.press('Enter');
    await page.locator('svg.qr').waitFor();
    await page.locator('summary').first().click();
    await isSound(page, reports);
    const secret = (await page.locator('.secret span').allInnerTexts()).join('');
    await page.locator('input[name=code]').fill(generateSync({ secret }));
    await page.keyboard.press('Enter');
    await page.locator('.empty').waitFor();
    await isSound(page, reports);

    const { page: again } = await open(language);
    await again.goto(`/welcome#${token}`);
    await again.locator('[role=alert]', { hasText: 'SEK-1107' }).waitFor();
    await again.context().close();
    await page.context().close();
  });

  it('one signs in, is told why a desktop does not open, and ends another sign-in', async () => {
    const person = await gateway.addPerson({ language });
    await addDesktop(gateway.broker, person);
    await gateway.signedIn(person, -1);
    const { page, reports } = await open(language);
    await signIn(page, gateway, person);
    await page.locator('.card').first().waitFor();
    await isSound(page, reports);

    await page.locator('.card-actions button').first().click();
    await page.locator('[role=alertdialog], .alone-box').first().waitFor({ timeout: 30_000 });
    expect(await page.locator('body').innerText()).toMatch(/SEK-13\d\d/u);
    await isSound(page, reports);

    await page.goto('/sign-ins');
    await page.locator('.sign-in').nth(1).waitFor();
    await isSound(page, reports);
    await page.locator('.sign-in .button').first().click();
    await page.locator('[role=alertdialog] .button-danger').click();
    await eventually(async () => expect(await page.locator('.sign-in .button').count()).toBe(0));

    await page.locator('.language').click();
    await eventually(async () => expect(await page.locator('html').getAttribute('lang')).toBe(language === 'ja' ? 'en' : 'ja'));
    await page.reload();
    await page.locator('.sign-in').first().waitFor();
    await eventually(async () => expect(await page.locator('html').getAttribute('lang')).toBe(language === 'ja' ? 'en' : 'ja'));
    await page.locator('.account-button').click();
    await page.locator('.account .button').click();
    await page.locator('input[name=username]').waitFor();
    await page.goto('/sign-ins');
    await page.locator('input[name=username]').waitFor();
    expect(new URL(page.url()).searchParams.get('return')).toBe('/sign-ins');
    expect(reports).toEqual([]);
    await page.context().close();
  });
});
