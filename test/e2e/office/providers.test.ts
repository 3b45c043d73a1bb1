// A browser, the real gateway and a real OpenID provider on another origin: redirects, cookies and headers as they are.
import type { BrowserContext } from 'playwright-core';
import { textsOf } from '../../support/page-texts.ts';
import type { Person } from '../../support/people.ts';
import { startTownWithProviders, type TownWithProviders } from '../../support/providers/town-with-providers.ts';
import { startStaffBrowser, type StaffBrowser } from '../../support/staff-browser.ts';
import { accessibilityFaults, builtPages, reportsOf } from '../../support/web-pages.ts';

let town: TownWithProviders;
let browser: StaffBrowser;
const people = {} as Record<'ja' | 'en' | 'ordinary', Person>;
const city = { ja: '庁内認証', en: 'City account' } as const;

beforeAll(async () => {
  town = await startTownWithProviders({ overrides: { pages: await builtPages() } });
  browser = await startStaffBrowser(town.gateway);
  for (const [name, priority] of [['ja', 'P2'], ['en', 'P2'], ['ordinary', 'P4']] as const) {
    const { id: dutyId } = await town.gateway.broker.directory.addDuty({ organisationId: town.organisationId, name: `窓口 ${name}`, class: priority, zone: 'internet' });
    people[name] = await town.gateway.addPerson({ language: name === 'en' ? 'en' : 'ja', colleagueOf: { organisationId: town.organisationId, unitId: town.unitId, dutyId } });
    await town.gateway.database.insertInto('provider_name').values({ person_id: people[name].id, organisation_id: town.organisationId, name: `E-${name}` }).execute();
  }
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await town?.stop();
});

async function cookiesOf(context: BrowserContext): Promise<string[]> {
  return (await context.cookies(town.gateway.origin)).filter(({ name }) => name.startsWith('__Host-')).map(({ name, sameSite }) => `${name} ${sameSite}`).toSorted();
}

it.each(['ja', 'en'] as const)('leads to the provider, back, to the one-time code and to the page one wanted (%s)', async (language) => {
  const person = people[language];
  const context = await browser.context({ language, width: 390, height: 844 });
  const page = await context.newPage();
  const reports = reportsOf(page);
  await page.goto('/duties');
  // Nobody is signed in at the provider yet.
  town.city.signsIn = undefined;
  await page.locator('.providers-item button', { hasText: city[language] }).click();
  // Its own page, of another origin.
  await page.locator('h1', { hasText: '庁内認証' }).waitFor();
  expect(new URL(page.url()).origin).toBe(town.city.issuer);
  expect(await cookiesOf(context)).toEqual(['__Host-sekisho-provider Strict']);
  town.city.signsIn = { sub: `city-${language}`, claims: { employee_number: `E-${language}` } };
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
    .where('provider_identity.person_id', '=', person.id)
    .executeTakeFirstOrThrow();
  expect([typeof sid, sub]).toEqual(['string', `city-${language}`]);
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

describe('while no provider answers, where they are the rule', () => {
  beforeAll(async () => {
    await town.rule({ required: true });
    await town.city.stop();
    await town.liar.stop();
  });

  it.each(['ja', 'en'] as const)('the page says so, and the password with the one-time code is for urgent duties alone (%s)', async (language) => {
    const t = textsOf(language);
    const page = await (await browser.context({ language, width: 390, height: 844 })).newPage();
    // What the gateway knows of a provider is up to half a minute old; the page looks again and again.
    await page.goto('/sign-in');
    await page.locator('.notice', { hasText: t('provider.down.required') }).waitFor({ timeout: 80_000 });
    expect(await accessibilityFaults(page)).toEqual([]);
    const password = async ({ username, password: own }: Person) => {
      await page.locator('input[name=username]').fill(username);
      await page.keyboard.press('Enter');
      await page.locator('input[name=password]').fill(own);
      await page.keyboard.press('Enter');
    };
    await password(people.ordinary);
    await page.locator('[role=alert]', { hasText: t('codes.provider-down-for-class.title') }).waitFor();
    await page.goto('/sign-in');
    await password(people[language]);
    // The code of now went to the sign-in by the provider.
    await page.locator('input[name=code]').fill(town.gateway.oneTimeCode(people[language], 1));
    await page.keyboard.press('Enter');
    await page.locator('.account-button').waitFor();
    await page.context().close();
  }, 150_000);
});
