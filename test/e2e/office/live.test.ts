// Pages that follow the office while they are open, under the real headers.
import type { Page } from 'playwright-core';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import type { Person } from '../../support/people.ts';
import texts from '../../../web-client/src/i18n/ja.json' with { type: 'json' };
import { signIn, startStaffBrowser, type StaffBrowser } from '../../support/staff-browser.ts';
import { builtPages, reportsOf } from '../../support/web-pages.ts';

/** Within this a page shows what another has changed, in milliseconds. */
const SOON = 6_500;

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

/** The page of desktops, once the gateway has said that it watches. */
async function open(person: Person): Promise<{ page: Page; reports: readonly string[] }> {
  const page = await (await browser.context({ language: 'ja' })).newPage();
  const reports = reportsOf(page);
  const watching = new Promise<void>((done) => {
    page.on('websocket', (line) => line.on('framereceived', ({ payload }) => (String(payload).includes('watching') ? done() : undefined)));
  });
  await signIn(page, gateway, person);
  await watching;
  return { page, reports };
}

it('a duty that is taken away is gone from the page without a touch', async () => {
  const person = await gateway.addPerson();
  const { page, reports } = await open(person);
  const without = page.getByText(texts.desktops.noDuty.title);
  expect(await without.count()).toBe(0);
  await gateway.broker.directory.unassignDuty({ personId: person.id, dutyId: person.dutyId });
  await without.waitFor({ timeout: SOON });
  expect(reports).toEqual([]);
});

it('whoever is suspended is led out, though nothing was pressed', async () => {
  const person = await gateway.addPerson();
  const { page, reports } = await open(person);
  await gateway.broker.directory.disablePerson(person.id);
  await page.waitForURL(/\/sign-in/, { timeout: SOON });
  expect(reports).toEqual([]);
});
