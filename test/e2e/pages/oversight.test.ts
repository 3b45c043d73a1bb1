// What security officers and heads of units see, before set answers: accessible, and quick to a decision.
import type { Page } from 'playwright-core';
import { eventually } from '../../support/eventually.ts';
import { checkStates, type PageState } from '../../support/page-states.ts';
import { shownSession } from '../../support/web-double/oversight.ts';
import { ids, type Scene } from '../../support/web-double/scene.ts';
import { startWebPages, type WebPages } from '../../support/web-pages.ts';

let pages: WebPages;
beforeAll(async () => {
  pages = await startWebPages();
});
afterAll(() => pages.close());

const officer = (scene: Scene): void => {
  scene.user = { ...scene.user, roles: ['security-officer'], may: ['sessions.view', 'sessions.export', 'sessions.end', 'entry.release', 'units.view'] };
};
const head = (scene: Scene): void => {
  scene.user = { ...scene.user, roles: ['staff', 'unit-head'], may: ['desktops.use', 'telework.mark', 'telework.view-unit', 'units.view'] };
};
const at = (path: string, shows: string) => async (page: Page) => {
  await page.goto(path);
  await page.locator(shows).first().waitFor();
};
const pressed = (path: string, button: string) => async (page: Page) => {
  await at(path, button)(page);
  await page.locator(button).first().click();
  await page.locator('[role=alertdialog]').waitFor();
};

const states: readonly PageState[] = [
  { name: 'sessions', signedIn: true, prepare: officer, reach: at('/oversight/sessions', '.table-name') },
  { name: 'timeline of a session', signedIn: true, prepare: officer, reach: async (page) => (await at(`/oversight/sessions/${shownSession}`, '.timeline-event')(page), await page.locator('.timeline-inputs summary').first().click()) },
  { name: 'question before ending a session', signedIn: true, prepare: officer, reach: pressed(`/oversight/sessions/${shownSession}`, '.console-actions .button-danger') },
  { name: 'where entry is stopped', signedIn: true, prepare: officer, reach: at('/oversight/entry', '.stops .notice') },
  { name: 'question before stopping everybody', signedIn: true, prepare: officer, reach: pressed('/oversight/entry', '.console-actions .button-danger') },
  { name: 'question before letting in again', signedIn: true, prepare: officer, reach: pressed('/oversight/entry', '.stops .button') },
  { name: 'telework of a unit', signedIn: true, prepare: head, reach: at('/telework/unit', '.telework-marks') },
];

checkStates(states, () => pages);

it('leads from the list to a timeline and to the end of the session, by keyboard, with a reason', async () => {
  const { page, scene } = await pages.open({ signedIn: true });
  officer(scene);
  await at('/oversight/sessions', '.table-name')(page);
  await page.locator('.table-name a').first().focus();
  await page.keyboard.press('Enter');
  await page.locator('.timeline-event').first().waitFor();
  await page.locator('.console-actions .button-danger').focus();
  await page.keyboard.press('Enter');
  await page.locator('textarea[name=reason]').waitFor();
  await page.locator('textarea[name=reason]').focus();
  await page.keyboard.type('端末の紛失');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.locator('.said-box').waitFor();
  expect(scene.calls.find(({ call }) => call.endsWith('/end'))).toMatchObject({ call: `POST /api/sessions/${shownSession}/end`, body: { reason: '端末の紛失' } });
  await page.context().close();
});

it('offers to stop what the officer reaches, and keeps the reason and the focus when another unit is chosen', async () => {
  const { page, scene } = await pages.open({ signedIn: true });
  officer(scene);
  const units = [{ id: ids.counter, name: '防災課', parentId: ids.unit, path: '総務部 / 防災課', people: 3 }, { id: ids.disaster, name: '危機管理係', parentId: ids.counter, path: '総務部 / 防災課 / 危機管理係', people: 2 }];
  await page.route('**/api/units', (route) => route.fulfill({ json: { items: units, next: null } }));
  await pressed('/oversight/entry', '.console-actions .button-danger')(page);
  const unit = page.locator('[role=alertdialog] select');
  await unit.locator('option').first().waitFor({ state: 'attached' });
  await eventually(async () => expect(await unit.locator('option').allInnerTexts()).toEqual(units.map(({ path }) => path)));
  await page.locator('textarea[name=reason]').fill('端末の紛失');
  await unit.focus();
  await page.keyboard.press('ArrowDown');
  await page.locator('[role=alertdialog]', { hasText: '「危機管理係」' }).waitFor();
  expect(await page.locator('[role=alertdialog] select:focus').count()).toBe(1);
  expect(await page.locator('textarea[name=reason]').inputValue()).toBe('端末の紛失');
  await page.context().close();
});

it('narrows the list to a duty, also a retired one, and says whether it follows by itself', async () => {
  const { page, scene } = await pages.open({ signedIn: true });
  officer(scene);
  await at('/oversight/sessions', '.table-name')(page);
  const duty = page.getByLabel('業務');
  await duty.locator('option', { hasText: '窓口事務' }).waitFor({ state: 'attached' });
  const chosen = await duty.locator('option', { hasText: '窓口事務' }).getAttribute('value');
  await duty.selectOption(chosen);
  await page.waitForURL(new RegExp(`dutyId=${chosen}`));
  await eventually(() => expect(scene.calls.some(({ call, query }) => call === 'GET /api/sessions' && query.includes(`dutyId=${chosen}`))).toBe(true));
  expect(scene.calls.find(({ call }) => call === 'GET /api/duties')?.query).not.toContain('status');
  await page.locator('.status', { hasText: '通信が切れています' }).waitFor();
  await page.context().close();
});
