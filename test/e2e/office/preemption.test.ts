// When seats are short: an urgent duty gets the seat of a less urgent one, whose work is there as it was left. Real browser, product, guacd and desktops.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { eventually } from '../../support/eventually.ts';
import { operator } from '../../support/office.ts';
import type { Person } from '../../support/people.ts';
import { writePolicy } from '../../support/policy.ts';
import { keyboardOf, openFromCard, signIn, startStaffBrowser, type StaffBrowser } from '../../support/staff-browser.ts';
import { startWholeProduct, type WholeProduct } from '../../support/whole-product.ts';

/** Seconds. */
const GRACE = 15;
const TENURE = 3;

let product: WholeProduct;
let browser: StaffBrowser;
let directory: string;
let urgent: Person;
const pages = {} as Record<'ordinary' | 'urgent' | 'administrator', Page>;
const path = (page: Page): string => new URL(page.url()).pathname;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sekisho-policy-'));
  await writePolicy(directory, {
    'capacity.yaml': { 'total: 500': 'total: 1', 'reserve: 10': 'reserve: 0', 'surplus-keeps: 5': 'surplus-keeps: 0' },
    'durations.yaml': { 'tenure: 15m': `tenure: ${TENURE}s` },
    'levels.yaml': { '    suspended: [PX]\n    grace: 5m': `    suspended: [PX]\n    grace: ${GRACE}s` },
  });
  product = await startWholeProduct({ settings: { SEKISHO_POLICY_DIR: directory } });
  const { gateway, owner, desktops } = product;
  browser = await startStaffBrowser(gateway);
  await gateway.database.updateTable('duty').set({ name: '庁内研修', priority_class: 'P5' }).where('id', '=', owner.dutyId).execute();
  urgent = await gateway.addPerson({ username: 'kinkyu', displayName: '急 一郎', colleagueOf: owner });
  const { id: shelter } = await gateway.broker.directory.addDuty({ organisationId: owner.organisationId, name: '避難所の運営', class: 'P1', zone: 'internet' });
  await gateway.broker.directory.assignDuty({ personId: urgent.id, dutyId: shelter });
  await gateway.database.deleteFrom('duty_assignment').where('person_id', '=', urgent.id).where('duty_id', '=', owner.dutyId).execute();
  await gateway.broker.desktopsAdmin.unassign({ organisationId: owner.organisationId, desktopId: desktops.vnc.id, personId: owner.id }, operator);
  await gateway.broker.desktopsAdmin.assign({ organisationId: owner.organisationId, desktopId: desktops.vnc.id, personId: urgent.id }, operator);
  const administrator = await raiseLevel();
  for (const [name, person] of Object.entries({ ordinary: owner, urgent, administrator })) {
    const page = await (await browser.context({ width: 1280, height: 900 })).newPage();
    await signIn(page, gateway, person, name === 'administrator' ? 1 : 0);
    pages[name as keyof typeof pages] = page;
  }
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await product?.stop();
  await rm(directory, { recursive: true, force: true });
});

it('P5 sees the countdown and is disconnected, P1 is in, P5 comes back to the same screen with what was being typed; the board shows it all', async () => {
  const { ordinary, administrator } = pages;
  const urgentPage = pages.urgent;
  await administrator.goto('/administration/board');
  await administrator.locator('.seat-summary').waitFor();

  await openFromCard(ordinary, product.desktops.rdp.name);
  await ordinary.waitForTimeout(1_000);
  const word = `unsaved-${Math.random().toString(36).slice(2)}`;
  await ordinary.locator('.session-view').click({ position: { x: 400, y: 450 } });
  await ordinary.waitForTimeout(300);
  await keyboardOf(ordinary).type(word);
  await ordinary.waitForTimeout(TENURE * 1000);
  await eventually(async () => expect(await administrator.locator('.seat-summary').textContent()).toContain('1席のうち1席'), 10_000);

  await urgentPage.goto('/');
  await urgentPage.locator('.card', { hasText: product.desktops.vnc.name }).locator('.card-actions button').click();
  await eventually(() => expect(path(urgentPage)).toBe('/waiting'), 10_000);
  expect(await urgentPage.locator('.waiting-place').textContent()).toMatch(/1番目|順番を確かめています/u);
  const asked = performance.now();

  const notice = ordinary.locator('.yield');
  await notice.waitFor({ timeout: 5_000 });
  expect(await notice.textContent()).toMatch(/あと\d+秒で席を譲ります.*業務「避難所の運営」（P1）/su);
  await administrator.locator('.board-preemptions', { hasText: '「庁内研修」（P5）が「避難所の運営」（P1）に譲ります' }).waitFor({ timeout: 10_000 });
  await administrator.locator('.table', { hasText: '急 一郎' }).waitFor();

  // Not logged off, and shown no error.
  await eventually(() => expect(path(ordinary)).toBe('/waiting'), (GRACE + 8) * 1000);
  await ordinary.getByText('同じ優先区分の中では先にご案内します').waitFor();
  await eventually(() => expect(path(urgentPage)).toMatch(/^\/session\//u), 10_000);
  await urgentPage.locator('.session-connecting').waitFor({ state: 'detached', timeout: 20_000 });
  const admittedAfter = (performance.now() - asked) / 1000;
  expect(admittedAfter).toBeLessThan(GRACE + 15);
  await administrator.locator('.board-preemptions', { hasText: '譲渡済み' }).waitFor({ timeout: 10_000 });

  const urgentLease = path(urgentPage).split('/').at(-1)!;
  const client = await product.gateway.signedIn(urgent);
  expect((await client.call('DELETE', `/api/leases/${urgentLease}`)).status).toBe(204);
  // By itself, to the same desktop, where the text still stands that nobody had saved.
  await eventually(() => expect(path(ordinary)).toMatch(/^\/session\//u), 20_000);
  await ordinary.locator('.session-connecting').waitFor({ state: 'detached', timeout: 20_000 });
  await ordinary.waitForTimeout(1_000);
  await ordinary.locator('.session-view').click({ position: { x: 400, y: 450 } });
  await keyboardOf(ordinary).press('Control+s');
  const { rdp } = product.office;
  await eventually(async () => expect(await rdp.run('cat', [rdp.documentFile])).toContain(word), 20_000);
}, 180_000);

/** By two people, as it has to be. @returns the one who proposed it */
async function raiseLevel(): Promise<Person> {
  const { gateway, owner } = product;
  const proposer = await gateway.addPerson({ username: 'bcp', displayName: 'BCP 管理', roles: ['bcp-admin'], colleagueOf: owner });
  const authority = await gateway.addPerson({ username: 'hatsudo', displayName: '発動 権者', roles: ['activation-authority'], colleagueOf: owner });
  const proposal = await (await gateway.signedIn(proposer)).call('POST', '/api/level/proposals', { json: { level: '2', event: 'earthquake', onset: new Date(Date.now() - 3 * 3_600_000).toISOString(), reason: '震度6弱の地震' } });
  const { id } = proposal.json<{ id: string }>();
  expect((await (await gateway.signedIn(authority)).call('POST', `/api/level/proposals/${id}/approval`, { json: {} })).status).toBe(200);
  return proposer;
}
