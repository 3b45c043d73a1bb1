// `npm run screens`: the pages as they are, into docs/screens, on phone, tablet and desktop, in Japanese and English; and the README's picture.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import type { Language } from '../../broker/port.ts';
import type { Person } from '../../test/support/people.ts';
import { openFromCard, signIn, startStaffBrowser } from '../../test/support/staff-browser.ts';
import { startWholeProduct } from '../../test/support/whole-product.ts';
import { shootConsoles } from './consoles.ts';
import { shootQueue } from './queue.ts';
import { FOLDER, shoot } from './shoot.ts';
import { shootSigningIn } from './signing-in.ts';
import { settle } from './town.ts';

await mkdir(FOLDER, { recursive: true });
await shootQueue();
await shootSigningIn();
const product = await startWholeProduct();
const browser = await startStaffBrowser(product.gateway);
try {
  const { owner, gateway } = product;
  const context = await browser.context({ width: 1280, height: 800 });
  const page = await context.newPage();
  for (const language of ['ja', 'en'] as const) await entrance(language);
  await signIn(page, gateway, owner);
  for (const language of ['ja', 'en'] as const) await pages(language, context);
  const cast = await settle(product);
  await speak(owner, 'ja');
  await openFromCard(page, product.desktops.rdp.name);
  await refused(cast.staff);
  await shootConsoles(browser, product, cast, 'ja', 0);
  await shootConsoles(browser, product, cast, 'en', 1);
  await context.close();
} finally {
  await browser.close();
  await product.stop();
}

async function entrance(language: Language): Promise<void> {
  const context = await browser.context({ language, width: 1280, height: 800 });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.locator('input[name=username]').waitFor();
  await shoot(page, 'sign-in', language);
  await context.close();
}

/** The pages of somebody who works, all by one person: an exclusive desktop lets nobody else in after. */
async function pages(language: Language, context: BrowserContext): Promise<void> {
  await speak(product.owner, language);
  const page = await context.newPage();
  await page.goto('/');
  await page.locator('.card-actions button').first().waitFor();
  await shoot(page, 'desktops', language);
  await page.goto('/sign-ins');
  await page.getByRole('main').getByText(/JST|127\.0\.0\.1/).first().waitFor();
  await shoot(page, 'sign-ins', language);
  await page.close();
  await session(context, language);
}

async function speak({ id }: Person, language: Language): Promise<void> {
  await product.gateway.database.updateTable('person').set({ language }).where('id', '=', id).execute();
}

/** A refusal that names what would help, in both languages. */
async function refused(person: Person): Promise<void> {
  for (const [steps, language] of (['ja', 'en'] as const).entries()) {
    await speak(person, language);
    const context = await browser.context({ language, width: 1280, height: 900 });
    const page = await context.newPage();
    await signIn(page, product.gateway, person, steps);
    const card = page.locator('.card', { hasText: product.desktops.vnc.name });
    await card.locator('.duty-button').click();
    await page.getByRole('option', { name: '罹災証明の発行' }).click();
    await card.locator('.card-actions button').click();
    await page.locator('.refusal-ways').waitFor();
    await shoot(page, 'refusal', language);
    await context.close();
  }
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
  await page.close();
}
