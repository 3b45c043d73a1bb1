// A browser, the real gateway and a real OpenID provider on another origin: redirects, cookies and headers as they are.
import { rm } from 'node:fs/promises';
import type { BrowserContext } from 'playwright-core';
import type { Person } from '../../support/people.ts';
import { startTownWithProviders, type TownWithProviders } from '../../support/providers/town-with-providers.ts';
import { startStaffBrowser, type StaffBrowser } from '../../support/staff-browser.ts';
import { accessibilityFaults, buildPages, reportsOf } from '../../support/web-pages.ts';

let pages: string;
let town: TownWithProviders;
let browser: StaffBrowser;
let person: Person;

beforeAll(async () => {
  pages = await buildPages();
  town = await startTownWithProviders({ overrides: { pages } });
  browser = await startStaffBrowser(town.gateway);
  const { id: dutyId } = await town.gateway.broker.directory.addDuty({ organisationId: town.organisationId, name: '窓口', class: 'P2', zone: 'internet' });
  person = await town.gateway.addPerson({ colleagueOf: { organisationId: town.organisationId, unitId: town.unitId, dutyId } });
  await town.gateway.database.insertInto('provider_name').values({ person_id: person.id, organisation_id: town.organisationId, name: 'E-1' }).execute();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await town?.stop();
  await rm(pages, { recursive: true });
});

async function cookiesOf(context: BrowserContext): Promise<string[]> {
  return (await context.cookies(town.gateway.origin)).filter(({ name }) => name.startsWith('__Host-')).map(({ name, sameSite }) => `${name} ${sameSite}`).toSorted();
}

it('leads to the provider, back, to the one-time code and to the page one wanted', async () => {
  const context = await browser.context({ width: 390, height: 844 });
  const page = await context.newPage();
  const reports = reportsOf(page);
  await page.goto('/duties');
  await page.locator('.providers-item button', { hasText: '庁内認証' }).click();
  // Its own page, of another origin.
  await page.locator('h1', { hasText: '庁内認証' }).waitFor();
  expect(new URL(page.url()).origin).toBe(town.city.issuer);
  expect(await cookiesOf(context)).toEqual(['__Host-sekisho-provider Strict']);
  town.city.signsIn = { sub: 'city-1', claims: { employee_number: 'E-1' } };
  await page.locator('form button').click();

  await page.locator('input[name=code]').waitFor();
  expect(page.url()).toBe(`${town.gateway.origin}/sign-in/provider/city`);
  expect(await cookiesOf(context)).toEqual(['__Host-sekisho-pending Strict']);
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.locator('input[name=code]').fill(town.gateway.oneTimeCode(person));
  await page.keyboard.press('Enter');
  await page.locator('.account-button').waitFor();
  expect(new URL(page.url()).pathname).toBe('/duties');
  expect(await cookiesOf(context)).toEqual(['__Host-sekisho Strict', '__Host-sekisho-browser Strict']);
  expect(reports).toEqual([]);

  // Signed out at the provider, by its own call: the open page is sent away.
  const { sid, sub } = await town.gateway.database
    .selectFrom('provider_session')
    .innerJoin('provider_identity', 'provider_identity.id', 'provider_session.identity_id')
    .select(['sid', 'subject as sub'])
    .executeTakeFirstOrThrow();
  expect([typeof sid, sub]).toEqual(['string', 'city-1']);
  const signOut = await context.newPage();
  await signOut.goto(`${town.city.issuer}/session/end`);
  await signOut.locator('form').first().waitFor({ state: 'attached' });
  await signOut.evaluate(`{
    const form = document.querySelector('form');
    form.insertAdjacentHTML('beforeend', '<input type="hidden" name="logout" value="yes">');
    form.submit();
  }`);
  await page.locator('input[name=username]').waitFor({ timeout: 10_000 });
  expect((await page.request.get('/api/me')).status()).toBe(401);
});

it('an answer that is opened in another browser is refused there', async () => {
  const context = await browser.context({ language: 'en' });
  const page = await context.newPage();
  await page.goto('/sign-in/provider/city?code=stolen&state=stolen&iss=x');
  await page.locator('[role=alert]', { hasText: 'SEK-1505' }).waitFor();
  expect(page.url()).toBe(`${town.gateway.origin}/sign-in/provider/city`);
});
