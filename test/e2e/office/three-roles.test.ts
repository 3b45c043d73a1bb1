// Staff, administrators and a security officer side by side, each in a browser of their own, before the whole real product.
import type { Page } from 'playwright-core';
import { eventually } from '../../support/eventually.ts';
import { operator } from '../../support/office.ts';
import type { Person } from '../../support/people.ts';
import { signIn, startStaffBrowser, type StaffBrowser } from '../../support/staff-browser.ts';
import { startWholeProduct, type WholeProduct } from '../../support/whole-product.ts';

let product: WholeProduct;
let browser: StaffBrowser;
let staff: Person;
const pages = {} as Record<'staff' | 'administrator' | 'authority' | 'officer', Page>;
/** How soon what one person does is seen by another, in milliseconds. */
const SOON = 5_000;

beforeAll(async () => {
  product = await startWholeProduct();
  browser = await startStaffBrowser(product.gateway);
  const { gateway } = product;
  staff = await gateway.addPerson({ username: 'sato', displayName: '佐藤 健', duty: { class: 'P2', zone: 'lgwan' } });
  await moveDesktop(staff);
  const roles = { administrator: 'bcp-admin', authority: 'activation-authority', officer: 'security-officer' } as const;
  const people = { staff, ...Object.fromEntries(await Promise.all(Object.entries(roles).map(async ([name, role]) => [name, await gateway.addPerson({ username: name, displayName: name, roles: [role], colleagueOf: staff })]))) } as Record<keyof typeof pages, Person>;
  for (const [name, person] of Object.entries(people)) {
    const page = await (await browser.context({ width: 1280, height: 900 })).newPage();
    await signIn(page, gateway, person);
    pages[name as keyof typeof pages] = page;
  }
}, 150_000);
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

it('a refusal names what would help; two people raise the level; the staff page says so by itself and lets in; the officer watches and ends it', async () => {
  // The officer looks on from the beginning.
  await pages.officer.goto('/oversight/sessions');
  await pages.officer.locator('.table, .empty-state').first().waitFor();

  const card = pages.staff.locator('.card', { hasText: 'LGWAN 端末' });
  await pages.staff.goto('/');
  await card.locator('.card-actions button').click();
  const refusal = pages.staff.locator('[role=alertdialog]');
  await refusal.locator('.refusal-ways').waitFor();
  expect(await refusal.textContent()).toContain('SEK-1208');
  expect(await refusal.locator('.refusal-ways + ul').textContent()).toContain('継続レベルが2');
  await eventually(async () => expect(await pages.officer.locator('.table').textContent()).toContain('拒否'), SOON);

  await pages.administrator.goto('/administration/level');
  await pages.administrator.locator('.console-actions .button-solid').click();
  const proposal = pages.administrator.locator('[role=alertdialog]');
  await proposal.locator('select[name=level]').selectOption('2');
  await proposal.locator('select[name=event]').selectOption('earthquake');
  await proposal.locator('textarea[name=reason]').fill('震度6弱の地震により庁舎に入れない');
  // What it will do stands there before anything is pressed.
  await proposal.locator('li.effect-gain').waitFor();
  expect(await proposal.locator('li.effect-gain').textContent()).toContain('4');
  await proposal.locator('button[type=submit]').click();
  await proposal.waitFor({ state: 'detached' });
  expect(await pages.administrator.locator('.proposal .row-actions').textContent()).not.toContain('承認');

  await pages.authority.goto('/administration/level');
  await pages.authority.locator('.proposal .row-actions button').first().click();
  const approval = pages.authority.locator('[role=alertdialog]');
  await approval.locator('li.effect-gain').waitFor();
  await approval.locator('button[type=submit]').click();
  await approval.waitFor({ state: 'detached' });

  // Nobody reloads anything.
  await eventually(async () => expect(await pages.staff.locator('.level-value').textContent()).toContain('2'), SOON);
  await eventually(async () => expect(await pages.administrator.locator('main').textContent()).toContain('2 BCP発動'), SOON);
  await refusal.locator('.notice-success').waitFor({ timeout: SOON });
  await refusal.locator('.button-solid').last().click();
  await pages.staff.locator('.session-view').waitFor();
  await pages.staff.locator('.session-connecting').waitFor({ state: 'detached', timeout: 30_000 });

  await eventually(async () => expect(await pages.officer.locator('.table tbody tr').first().textContent()).toContain('接続中'), SOON);
  await pages.officer.locator('.table-name a').first().click();
  await pages.officer.locator('.timeline-event', { hasText: '画面を表示' }).waitFor();
  expect(await pages.officer.locator('.timeline').textContent()).toContain('受付判定');
  await pages.officer.locator('.timeline-inputs summary').first().click();
  expect(await pages.officer.locator('.timeline-facts').first().textContent()).toContain('lgwan');

  await pages.officer.locator('.console-actions .button-danger').click();
  await pages.officer.locator('textarea[name=reason]').fill('持ち主と連絡が取れない');
  await pages.officer.locator('[role=alertdialog] button[type=submit]').click();
  const pressed = performance.now();
  await pages.staff.locator('.session-view').waitFor({ state: 'detached', timeout: SOON });
  expect(performance.now() - pressed).toBeLessThan(SOON);
  await pages.staff.locator('.alone-box').waitFor();
  expect(await pages.staff.locator('.alone-box').textContent()).toContain('SEK-1308');
  await pages.officer.locator('.timeline-event', { hasText: 'セキュリティ責任者が終了' }).waitFor({ timeout: SOON });
}, 120_000);

/** The VNC desktop of the office, under another name, to the person's own organisation. */
async function moveDesktop({ id: personId, organisationId }: Person): Promise<void> {
  const { gateway, office, desktops, owner } = product;
  await gateway.broker.desktopsAdmin.unassign({ organisationId: owner.organisationId, desktopId: desktops.vnc.id, personId: owner.id }, operator);
  await gateway.database.updateTable('desktop').set({ host: 'nowhere.test' }).where('id', '=', desktops.vnc.id).execute();
  const { host, port, password } = office.vnc;
  const { id: desktopId } = await gateway.broker.desktopsAdmin.add({ organisationId, name: 'LGWAN 端末', protocol: 'vnc', host, port, credentials: { password } }, operator);
  await gateway.broker.desktopsAdmin.assign({ organisationId, desktopId, personId }, operator);
}
