// `npm run screens`: the pages as they are, into docs/screens, on phone, tablet and desktop, in Japanese and English; and the README's picture.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import type { Language } from '../../broker/port.ts';
import { operator } from '../../test/support/office.ts';
import type { Person } from '../../test/support/people.ts';
import { openFromCard, signIn, startStaffBrowser } from '../../test/support/staff-browser.ts';
import { startWholeProduct } from '../../test/support/whole-product.ts';

const FOLDER = join(import.meta.dirname, '../../docs/screens');
const SIZES: readonly (readonly [width: number, height: number])[] = [
  [360, 740],
  [768, 1024],
  [1440, 900],
];

await mkdir(FOLDER, { recursive: true });
const product = await startWholeProduct();
const browser = await startStaffBrowser(product.gateway);
try {
  await pages('ja', product.owner);
  await pages('en', await colleague());
} finally {
  await browser.close();
  await product.stop();
}

async function pages(language: Language, person: Person): Promise<void> {
  const context = await browser.context({ language, width: 1280, height: 800 });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.locator('input[name=username]').waitFor();
  await shoot(page, 'sign-in', language);
  await signIn(page, product.gateway, person);
  await page.locator('.card-actions button').first().waitFor();
  await shoot(page, 'desktops', language);
  await page.goto('/sign-ins');
  await page.getByRole('main').getByText(/JST|127\.0\.0\.1/).first().waitFor();
  await shoot(page, 'sign-ins', language);
  await session(context, language);
  await context.close();
}

async function session(context: BrowserContext, language: Language): Promise<void> {
  const page = await context.newPage();
  await page.setViewportSize({ width: 1280, height: 800 });
  await openFromCard(page, product.desktops.rdp.name);
  await page.waitForTimeout(1_500);
  await page.locator('.bar-handle').click();
  await page.waitForTimeout(500);
  if (language === 'ja') await page.screenshot({ path: join(FOLDER, 'session.png') });
  await shoot(page, 'session', language);
  await page.locator('.bar-end').click();
  await page.getByRole('alertdialog').getByRole('button').last().click();
  await page.waitForURL((url) => url.pathname === '/');
}

async function shoot(page: Page, name: string, language: Language): Promise<void> {
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height });
    await page.waitForTimeout(600);
    await page.screenshot({ path: join(FOLDER, `${name}-${language}-${width}.png`) });
  }
}

/** Somebody of the same office who reads English. */
async function colleague(): Promise<Person> {
  const { broker } = product.gateway;
  const { organisationId, unitId, dutyId, password, totpSecret } = product.owner;
  const { id, username } = await broker.directory.addPersonWithCredentials({ organisationId, unitId, username: 'seki.mamoru', displayName: 'Seki Mamoru', language: 'en', roles: ['staff'], password, totpSecret });
  await broker.directory.assignDuty({ personId: id, dutyId });
  for (const desktop of Object.values(product.desktops)) await broker.desktopsAdmin.assign({ organisationId, desktopId: desktop.id, personId: id }, operator);
  return { id, username, password, totpSecret, organisationId, unitId, dutyId };
}
