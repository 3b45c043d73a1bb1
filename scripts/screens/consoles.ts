import type { Page } from 'playwright-core';
import type { Language } from '../../broker/port.ts';
import { signIn, type StaffBrowser } from '../../test/support/staff-browser.ts';
import type { WholeProduct } from '../../test/support/whole-product.ts';
import { shoot } from './shoot.ts';
import type { Cast } from './town.ts';

type Way = { readonly who: keyof Cast; readonly name: string; readonly path: string; readonly shows: string; /** Further steps before the picture. */ readonly further?: (page: Page) => Promise<unknown> };

const WAYS: readonly Way[] = [
  { who: 'administrator', name: 'level', path: '/administration/level', shows: '.table' },
  { who: 'administrator', name: 'level-propose', path: '/administration/level', shows: '.table', further: fillProposal },
  { who: 'administrator', name: 'level-proposed', path: '/administration/level', shows: '.table', further: propose },
  { who: 'authority', name: 'level-approve', path: '/administration/level', shows: '.proposal', further: async (page) => (await page.locator('.proposal .row-actions button').first().click(), await page.locator('li.effect-gain').waitFor()) },
  { who: 'administrator', name: 'duties', path: '/administration/duties', shows: '.table' },
  { who: 'system', name: 'people', path: '/administration/people', shows: '.table' },
  { who: 'system', name: 'person', path: '/administration/people?search=sato', shows: '.table', further: async (page) => (await page.locator('.table-name a').first().click(), await page.locator('.panel, .facts').first().waitFor()) },
  { who: 'system', name: 'desktops-administration', path: '/administration/desktops', shows: '.table' },
  { who: 'system', name: 'pools', path: '/administration/pools', shows: '.table, .empty-state' },
  { who: 'system', name: 'import', path: '/administration/import', shows: 'input[type=file]', further: preview },
  { who: 'officer', name: 'sessions', path: '/oversight/sessions', shows: '.table' },
  { who: 'officer', name: 'timeline', path: '/oversight/sessions?state=live', shows: '.table', further: async (page) => (await page.locator('.table-name a').first().click(), await page.locator('.timeline-event').first().waitFor()) },
  { who: 'officer', name: 'entry', path: '/oversight/entry', shows: '.empty-state, .stops' },
  { who: 'head', name: 'telework-unit', path: '/telework/unit', shows: '.telework-table, .telework-empty' },
  { who: 'head', name: 'telework', path: '/telework', shows: '.mark' },
];

/** The consoles' pages and the telework record, each as somebody who may see it. */
export async function shootConsoles(browser: StaffBrowser, { gateway }: WholeProduct, cast: Cast, language: Language, steps: number): Promise<void> {
  const open = new Map<keyof Cast, Page>();
  for (const { who, name, path, shows, further } of WAYS) {
    let page = open.get(who);
    if (page === undefined) {
      page = await (await browser.context({ language, width: 1280, height: 900 })).newPage();
      await gateway.database.updateTable('person').set({ language }).where('id', '=', cast[who].id).execute();
      await signIn(page, gateway, cast[who], steps);
      open.set(who, page);
    }
    await page.goto(path);
    await page.locator(shows).first().waitFor();
    await further?.(page);
    await shoot(page, name, language);
  }
  for (const page of open.values()) await page.context().close();
}

async function fillProposal(page: Page): Promise<void> {
  await page.locator('.console-actions .button-solid').click();
  const dialog = page.locator('[role=alertdialog]');
  await dialog.locator('select[name=level]').selectOption('2');
  await dialog.locator('select[name=event]').selectOption('earthquake');
  await dialog.locator('textarea[name=reason]').fill('震度6弱の地震により庁舎に入れない');
  await dialog.locator('li.effect-gain').waitFor();
}

async function propose(page: Page): Promise<void> {
  await fillProposal(page);
  const dialog = page.locator('[role=alertdialog]');
  await dialog.locator('button[type=submit]').click();
  await dialog.waitFor({ state: 'detached' });
  await page.locator('.proposal').first().waitFor();
}

async function preview(page: Page): Promise<void> {
  const rows = ['username,display_name,unit,language,roles,duties,status', 'ono,大野 純,税務課,ja,staff,庁内研修,active', 'mori,森 葵,無い課,ja,staff,庁内研修,active', 'ueda,上田 実,福祉課,fr,staff;auditor;system-admin,,active'];
  await page.locator('input[type=file]').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\r\n')) });
  await page.locator('.table, .notice').first().waitFor();
  await page.locator('.table, .notice').first().scrollIntoViewIfNeeded();
}
