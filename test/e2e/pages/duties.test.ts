import type { Page } from 'playwright-core';
import { checkStates } from '../../support/page-states.ts';
import { delegation, dutyIds, rulesOf } from '../../support/web-double/duties-scene.ts';
import { officeIds } from '../../support/web-double/administered-office.ts';
import type { Scene } from '../../support/web-double/scene.ts';
import { startWebPages, type WebPages } from '../../support/web-pages.ts';

let pages: WebPages;
beforeAll(async () => (pages = await startWebPages()), 240_000);
afterAll(() => pages.close());

const asked = (scene: Scene) => {
  scene.duties.own = { ...scene.duties.own, rules: rulesOf(), duties: scene.duties.own.duties.map((duty) => ({ ...duty, reasons: ['acknowledgement-required', ...duty.reasons] })) };
};
const head = (scene: Scene) => {
  scene.user = { ...scene.user, roles: ['staff', 'unit-head', 'system-admin'], may: [...scene.user.may, 'duties.delegate', 'delegations.view', 'acknowledgements.view', 'directory.view', 'people.manage'] };
};
const loaned = (scene: Scene) => {
  head(scene);
  scene.office.people = scene.office.people.map((person) => (person.id === officeIds.suzuki ? { ...person, loan: { from: 'となり市', endsAt: new Date(Date.now() + 86_400_000 * 20).toISOString() } } : person));
};
const called = (scene: Scene, call: string) => scene.calls.filter((one) => one.call === call);
const go = async (page: Page, path: string) => {
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).waitFor();
};
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000 + 9 * 3_600_000).toISOString().slice(0, 16);

checkStates(
  [
    { name: 'own duties, the rules to be read', signedIn: true, prepare: asked, reach: async (page) => (await page.goto('/duties'), page.locator('.duty-rules').waitFor()) },
    { name: 'own duties of loaned staff, nothing handed over', signedIn: true, prepare: (scene) => ((scene.duties.own = { ...scene.duties.own, rules: rulesOf({ acknowledgedAt: new Date().toISOString() }), accountEnds: { at: new Date(Date.now() + 86_400_000).toISOString(), soon: true } }), (scene.duties.delegations = [])), reach: async (page) => (await page.goto('/duties'), page.locator('.empty-state').waitFor()) },
    { name: 'own duties, one for which the device has to be registered', signedIn: true, prepare: (scene) => (scene.duties.own = { ...scene.duties.own, device: 'to-register', duties: scene.duties.own.duties.map((duty) => ({ ...duty, reasons: ['registered-device-required'] })) }), reach: async (page) => (await page.goto('/duties'), page.locator('.duty-card a').first().waitFor()) },
    { name: 'no duty at all', signedIn: true, prepare: (scene) => (scene.duties.own = { ...scene.duties.own, duties: [] }), reach: async (page) => (await page.goto('/duties'), page.locator('.empty-state').first().waitFor()) },
    { name: 'handing a duty over', signedIn: true, reach: async (page) => (await page.goto('/duties'), await page.locator('.duty-card').first().locator('button').first().click(), page.getByRole('alertdialog').waitFor()) },
    { name: 'delegations', signedIn: true, prepare: head, reach: async (page) => (await page.goto('/administration/delegations'), page.getByRole('row').nth(2).waitFor()) },
    { name: 'delegations, none', signedIn: true, prepare: (scene) => (head(scene), (scene.duties.delegations = [])), reach: async (page) => (await page.goto('/administration/delegations'), page.locator('.empty-state').waitFor()) },
    { name: 'acknowledgements', signedIn: true, prepare: head, reach: async (page) => (await page.goto('/administration/acknowledgements'), page.getByRole('row').nth(2).waitFor()) },
    { name: 'acknowledgements, none', signedIn: true, prepare: (scene) => (head(scene), (scene.duties.acknowledgements = { version: null, items: [] })), reach: async (page) => (await page.goto('/administration/acknowledgements'), page.locator('.empty-state').waitFor()) },
    { name: 'loaned staff in the list', signedIn: true, prepare: loaned, reach: async (page) => (await page.goto('/administration/people'), page.getByText('となり市').first().waitFor()) },
    { name: 'one of loaned staff', signedIn: true, prepare: loaned, reach: async (page) => (await page.goto(`/administration/people/${officeIds.suzuki}`), page.getByText('となり市').first().waitFor()) },
  ],
  () => pages,
);

describe('the own duties', () => {
  it('say of each whether it can be done from here now, and why not', async () => {
    const { page } = await pages.open({ signedIn: true });
    await go(page, '/duties');
    const card = (name: string) => page.locator('.duty-card', { hasText: name });
    await card('戸籍の届出').getByText('在宅不可', { exact: true }).waitFor();
    await card('戸籍の届出').getByText('原本を窓口で扱うため。').waitFor();
    await card('窓口事務').getByText('時間外', { exact: true }).waitFor();
    await card('窓口事務').getByText('から行えます。').waitFor();
    await card('災害対策本部').getByText('今週のテレワーク: 3日のうち2日').waitFor();
    await card('災害対策本部').getByText('時間の制限が解除されています').waitFor();
    await page.context().close();
  });

  it.each([
    ['ja', '登録端末が必要', 'この端末を登録する', 'この端末は登録されているので'],
    ['en', 'Needs a registered device', 'Register this device', 'This device is registered'],
  ] as const)('of the LGWAN zone lead from home to registering the device, and say so where it is one (%s)', async (language, needed, register, here) => {
    const { page, scene } = await pages.open({ signedIn: true, language });
    const asks = (device: 'registered' | 'to-register' | 'not-allowed') => {
      scene.duties.own = { ...scene.duties.own, device, duties: scene.duties.own.duties.map((duty) => (duty.id === dutyIds.counter ? { id: duty.id, name: duty.name, class: duty.class, zone: duty.zone, lifted: [], handedTo: [], ...(device === 'registered' ? { reasons: [], onDevice: true } : { reasons: ['registered-device-required'] }) } : duty)) };
    };
    const card = page.locator('.duty-card', { hasText: '窓口事務' });
    asks('not-allowed');
    await go(page, '/duties');
    await card.getByText(needed, { exact: true }).waitFor();
    expect(await card.getByRole('link').count()).toBe(0);
    asks('to-register');
    await go(page, '/duties');
    await card.getByRole('link', { name: register }).click();
    await page.locator('#devices-title').waitFor();
    asks('registered');
    await go(page, '/duties');
    await card.getByText(here).waitFor();
    await page.context().close();
  });

  it('are told where a desktop is opened, before anybody asks', async () => {
    const { page } = await pages.open({ signedIn: true });
    await go(page, '/');
    await page.locator('.duty-button').first().click();
    await page.getByRole('option', { name: '窓口事務（時間外）' }).waitFor();
    await page.context().close();
  });

  it('are handed over and taken back', async () => {
    const { page, scene } = await pages.open({ signedIn: true });
    await go(page, '/duties');
    await page.getByRole('button', { name: '「災害対策本部」を委任する' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByRole('button', { name: '委任する' }).click();
    expect(await dialog.locator('[aria-invalid=true]').count()).toBe(3);
    await dialog.locator('select[name=toPersonId]').selectOption(dutyIds.ito);
    await dialog.locator('input[name=endsAt]').fill(inHours(48));
    await dialog.locator('textarea[name=reason]').fill('研修のため');
    await dialog.getByRole('button', { name: '委任する' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('status').getByText('伊藤 恵さんに「災害対策本部」を委任しました。').waitFor();
    expect(called(scene, 'POST /api/me/delegations')[0]?.body).toMatchObject({ dutyId: dutyIds.disaster, toPersonId: dutyIds.ito, reason: '研修のため', endsAt: expect.stringMatching(/Z$/) as unknown });
    await page.getByRole('button', { name: '伊藤 恵さんへの「災害対策本部」の委任を取り消す' }).click();
    await page.getByText('「災害対策本部」の委任を取り消しました。').waitFor();
    expect(called(scene, `POST /api/me/delegations/${dutyIds.delegation}/end`)).toHaveLength(1);
    await page.context().close();
  });

  it('keep what was typed where the gateway refuses, and say why', async () => {
    const { page, scene } = await pages.open({ signedIn: true });
    scene.refusals.set('POST /api/me/delegations', { code: 'span-too-long' });
    await go(page, '/duties');
    await page.getByRole('button', { name: '「災害対策本部」を委任する' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.locator('select[name=toPersonId]').selectOption(dutyIds.ito);
    await dialog.locator('input[name=endsAt]').fill(inHours(24 * 60));
    await dialog.locator('textarea[name=reason]').fill('研修のため');
    await dialog.getByRole('button', { name: '委任する' }).click();
    await dialog.getByText('SEK-1422').waitFor();
    expect(await dialog.locator('textarea[name=reason]').inputValue()).toBe('研修のため');
    await page.context().close();
  });
});

describe('the rules of telework', () => {
  it('are where a refusal leads, and are acknowledged by one press', async () => {
    const { page, scene } = await pages.open({ signedIn: true });
    asked(scene);
    scene.refusals.set('POST /api/leases', { code: 'acknowledgement-required', reasons: ['acknowledgement-required'], help: [{ kind: 'acknowledge', text: '規程を読んで確認すると利用できます。' }] });
    await go(page, '/');
    await page.locator('.card', { hasText: '防災課 自席パソコン' }).locator('.card-actions button').click();
    await page.getByRole('alertdialog').getByRole('button', { name: '規程を読んで確認する' }).click();
    await page.waitForURL('**/duties');
    await page.getByText('公共の場所では作業しません').waitFor();
    await page.getByRole('button', { name: '読んで確認しました' }).click();
    await page.getByText('規程の確認を記録しました。').waitFor();
    await page.getByText('2026-1版を').waitFor();
    expect(called(scene, 'POST /api/me/acknowledgement').map(({ body }) => body)).toEqual([{ version: '2026-1', digest: 'd'.repeat(64) }]);
    await page.context().close();
  });

  it('that have changed meanwhile are told to be read again', async () => {
    const { page, scene } = await pages.open({ signedIn: true });
    asked(scene);
    scene.refusals.set('POST /api/me/acknowledgement', { code: 'rules-changed' });
    await go(page, '/duties');
    await page.getByRole('button', { name: '読んで確認しました' }).click();
    await page.getByText('SEK-1421').waitFor();
    await page.context().close();
  });
});

describe('those who look after others', () => {
  it('hand a duty over for somebody, and end it', async () => {
    const { page, scene } = await pages.open({ signedIn: true });
    head(scene);
    scene.duties.delegations = [delegation({ id: officeIds.grant, state: 'ended', endedBecause: 'over' })];
    await go(page, '/administration/delegations');
    await page.getByRole('button', { name: '委任を登録' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.locator('select[name=fromPersonId]').selectOption(dutyIds.yamada);
    await dialog.locator('select[name=dutyId]').selectOption(dutyIds.registry);
    await dialog.locator('select[name=toPersonId]').selectOption(dutyIds.ito);
    await dialog.locator('input[name=endsAt]').fill(inHours(24));
    await dialog.locator('textarea[name=reason]').fill('病気のため');
    await dialog.getByRole('button', { name: '委任する' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(called(scene, 'POST /api/delegations')[0]?.body).toMatchObject({ fromPersonId: dutyIds.yamada, toPersonId: dutyIds.ito, dutyId: dutyIds.registry });
    await page.getByRole('button', { name: /の委任を終了する/u }).first().click();
    await page.getByRole('alertdialog').getByRole('button', { name: '終了する' }).click();
    await page.getByText('の委任を終了しました。').waitFor();
    await page.context().close();
  });

  it('see who has not acknowledged the rules', async () => {
    const { page, scene } = await pages.open({ signedIn: true });
    head(scene);
    await go(page, '/administration/acknowledgements');
    await page.getByRole('row', { name: /山田 太郎/u }).getByText('未確認').waitFor();
    await page.locator('select[name=filter-standing]').selectOption('missing');
    await page.waitForURL('**standing=missing');
    await page.context().close();
  });

  it('add loaned staff with an end, and give them another', async () => {
    const { page, scene } = await pages.open({ signedIn: true });
    loaned(scene);
    await go(page, '/administration/people');
    await page.getByRole('row', { name: /鈴木 花子/u }).getByText('となり市より').waitFor();
    await page.getByRole('button', { name: '職員を追加' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.locator('input[name=displayName]').fill('応援 太郎');
    await dialog.locator('input[name=username]').fill('ouen');
    await dialog.locator('select[name=unitId]').selectOption(officeIds.section);
    await dialog.locator('select[name=loaned]').selectOption('yes');
    await dialog.locator('input[name=loanFrom]').fill('となり市');
    await dialog.locator('input[name=loanEndsAt]').fill(inHours(240));
    await dialog.locator('button[type=submit]').click();
    await dialog.waitFor({ state: 'detached' });
    expect(called(scene, 'POST /api/people')[0]?.body).toMatchObject({ username: 'ouen', loan: { from: 'となり市', endsAt: expect.stringMatching(/Z$/) as unknown } });
    await go(page, `/administration/people/${officeIds.suzuki}`);
    await page.getByRole('button', { name: '期限を変える' }).click();
    await page.getByRole('alertdialog').locator('input[name=endsAt]').fill(inHours(480));
    await page.getByRole('alertdialog').locator('textarea[name=reason]').fill('復旧が長引いたため');
    await page.getByRole('alertdialog').locator('button[type=submit]').click();
    await page.getByText('さんの期限を').waitFor();
    expect(called(scene, `PUT /api/people/${officeIds.suzuki}/term`)[0]?.body).toMatchObject({ reason: '復旧が長引いたため' });
    await page.context().close();
  });
});
