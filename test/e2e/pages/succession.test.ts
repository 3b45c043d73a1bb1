import type { User } from '../../../gateway/http/schemas/index.ts';
import { proposed } from '../../support/web-double/administration.ts';
import { right } from '../../support/web-double/api.ts';
import { officeScene, type Scene } from '../../support/web-double/scene.ts';
import { deputyship, orderProposal, successionIds, zoneException } from '../../support/web-double/succession.ts';
import { eventually } from '../../support/eventually.ts';
import { startWebPages, type OpenPage, type WebPages } from '../../support/web-pages.ts';

let pages: WebPages;
beforeAll(async () => {
  pages = await startWebPages();
});
afterAll(() => pages.close());

const may: User['may'] = ['level.view', 'level.propose', 'level.approve', 'exceptions.view', 'exceptions.ask', 'exceptions.agree', 'exceptions.end'];
const openLevel = async (prepare: (scene: Scene) => void = () => undefined, options: { may?: User['may']; path?: string } = {}): Promise<OpenPage> => {
  const scene = officeScene();
  scene.user = { ...scene.user, may: options.may ?? may };
  prepare(scene);
  const opened = await pages.open({ signedIn: true, scene });
  await opened.page.goto(options.path ?? '/administration/level');
  return opened;
};
const sent = ({ scene }: OpenPage, call: string) => scene.calls.filter((one) => one.call === call).map(({ body }) => body);

describe('the succession order', () => {
  it('is put together one by one, sent with a reason, and waits for another person', async () => {
    const opened = await openLevel();
    const { page } = opened;
    await page.getByRole('button', { name: '順位の変更を申し出る' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByRole('button', { name: '小林 総務部長さんを一つ上へ' }).click();
    await dialog.getByRole('button', { name: 'ウィリアムズ・アレクサンドラさんを外す' }).click();
    await dialog.locator('input[name=candidate]').fill('高橋');
    await dialog.getByRole('button', { name: '高橋 花子さんを追加する' }).click();
    await dialog.getByRole('button', { name: 'この順位を申し出る' }).click();
    await dialog.locator('.field-error').waitFor();
    expect(sent(opened, 'POST /api/succession/orders')).toEqual([]);
    await dialog.locator('textarea').fill('人事異動のため');
    await dialog.getByRole('button', { name: 'この順位を申し出る' }).click();
    await page.getByRole('article', { name: '承認待ちの代行順位' }).waitFor();
    expect(sent(opened, 'POST /api/succession/orders')).toEqual([{ people: [successionIds.director, successionIds.deputyMayor, successionIds.clerk], reason: '人事異動のため' }]);
    expect(await page.getByRole('button', { name: 'この順位を承認' }).count()).toBe(0);
    await page.context().close();
  });

  it('is approved by another person after a look at it', async () => {
    const { page } = await openLevel(({ office }) => (office.succession = { ...office.succession, proposals: [orderProposal()], may: { ...office.succession.may, approve: true } }));
    await page.getByRole('button', { name: 'この順位を承認' }).click();
    expect(await page.getByRole('alertdialog').innerText()).toMatch(/小林 総務部長[\s\S]*中村 副市長/u);
    await page.getByRole('alertdialog').getByRole('button', { name: '承認する' }).click();
    await eventually(async () => expect(await page.locator('.succession strong').allInnerTexts()).toEqual(['小林 総務部長', '中村 副市長']));
    await page.context().close();
  });
});

describe('a deputy', () => {
  it('is shown with the time that is left, who is absent and why; whoever is back ends it', async () => {
    const { page } = await openLevel(({ office }) => (office.succession = { ...office.succession, deputyship: deputyship(), may: { ...office.succession.may, endDeputyship: true } }));
    const notice = page.locator('.notice', { hasText: '中村 副市長さんが代行しています' });
    expect(await notice.innerText()).toMatch(/あと23時間17分|あと23時間18分/u);
    expect(await notice.innerText()).toContain('不在とされた人：山本 市長');
    expect(await page.locator('.succession li').first().innerText()).toContain('代行中');
    await notice.getByRole('button').click();
    await page.getByRole('button', { name: '代行を終わらせる', exact: true }).click();
    await notice.waitFor({ state: 'detached' });
    await page.context().close();
  });

  it('declares those before absent with a reason, after a word of warning and a one-time code', async () => {
    const opened = await openLevel((scene) => {
      scene.office.succession = { ...scene.office.succession, may: { ...scene.office.succession.may, propose: false, declare: true } };
      scene.refusals.set('POST /api/deputyships/declaration', { code: 'step-up-required' });
    });
    const { page } = opened;
    await page.getByRole('button', { name: '代行を始める' }).click();
    expect(await page.getByRole('alertdialog').innerText()).toContain('山本 市長');
    await page.getByRole('alertdialog').locator('textarea').fill('電話も無線も通じない');
    await page.getByRole('button', { name: '不在を宣言して代行する' }).click();
    await page.locator('input[name=code]').fill(right.code);
    await page.keyboard.press('Enter');
    await page.locator('.notice', { hasText: 'あなたが代行しています' }).waitFor();
    expect(sent(opened, 'POST /api/deputyships/declaration').at(-1)).toEqual({ reason: '電話も無線も通じない' });
    await page.context().close();
  });

  it('is chosen by the authority from the order', async () => {
    const opened = await openLevel(({ office }) => (office.succession = { ...office.succession, may: { ...office.succession.may, handOver: true } }));
    const { page } = opened;
    await page.getByRole('button', { name: '代行を任せる' }).click();
    await page.locator('select[name=deputyId]').selectOption(successionIds.director);
    await page.getByRole('alertdialog').locator('textarea').fill('出張のため');
    await page.getByRole('alertdialog').getByRole('button', { name: '代行を任せる' }).click();
    await page.locator('.notice', { hasText: '小林 総務部長さんが代行しています' }).waitFor();
    expect(sent(opened, 'POST /api/deputyships')).toEqual([{ deputyId: successionIds.director, reason: '出張のため' }]);
    await page.context().close();
  });
});

it('a proposal is changed into another one, which shows what it was before', async () => {
  const opened = await openLevel(({ office }) => (office.situation = { ...office.situation, proposals: [proposed({ own: true })] }));
  const { page } = opened;
  await page.getByRole('button', { name: '内容を変える' }).click();
  await page.locator('.effect-numbers').waitFor();
  await page.locator('select[name=level]').selectOption('3');
  await page.getByRole('alertdialog').locator('textarea').fill('余震で庁舎が傾いた');
  await eventually(async () => expect(await page.getByRole('button', { name: '「3 最優先」を提案する' }).isEnabled()).toBe(true));
  await page.getByRole('button', { name: '「3 最優先」を提案する' }).click();
  await page.locator('.superseded').waitFor();
  expect(await page.locator('.superseded').innerText()).toContain('変更前：2 BCP発動');
  expect(await page.locator('.proposal').count()).toBe(1);
  expect(sent(opened, 'POST /api/level/proposals')[0]).toMatchObject({ level: '3', reason: '余震で庁舎が傾いた', supersedes: expect.any(String) });
  await page.context().close();
});

describe('a My Number exception', () => {
  it('is asked for, agreed to and revoked, each with its own question', async () => {
    const opened = await openLevel(undefined, { path: '/administration/exceptions' });
    const { page, scene } = opened;
    await page.getByRole('button', { name: '例外を申請' }).click();
    await page.locator('select[name=hours]').selectOption('4');
    await page.getByRole('alertdialog').locator('textarea').fill('罹災証明の発行');
    await page.getByRole('button', { name: '申請する' }).click();
    const article = page.locator('[aria-labelledby=exceptions-title] article');
    await article.waitFor();
    expect(sent(opened, 'POST /api/exceptions')).toEqual([{ personId: successionIds.clerk, dutyId: successionIds.duty, seconds: 14_400, reason: '罹災証明の発行' }]);
    expect(await article.getByRole('button', { name: '承認' }).count()).toBe(0);
    scene.office.exceptions = [zoneException()];
    await page.reload();
    await article.getByRole('button', { name: '承認' }).click();
    expect(await page.getByRole('alertdialog').innerText()).toContain('自宅、避難所、サテライトオフィスからは使えません');
    await page.getByRole('button', { name: '承認する' }).click();
    await article.getByText('有効', { exact: true }).waitFor();
    await article.getByRole('button', { name: '取り消す' }).click();
    await page.getByRole('alertdialog').locator('textarea').fill('用が済んだ');
    await page.getByRole('alertdialog').getByRole('button', { name: '取り消す' }).click();
    await article.waitFor({ state: 'detached' });
    expect(sent(opened, `POST /api/exceptions/${successionIds.exception}/end`)).toEqual([{ reason: '用が済んだ' }]);
    expect(await page.locator('tbody tr').first().innerText()).toContain('終了');
    await page.context().close();
  });

  it('is shown to the head of a unit, who sees no level', async () => {
    const { page } = await openLevel(undefined, { path: '/administration/exceptions', may: ['exceptions.view', 'exceptions.ask', 'exceptions.end'] });
    await page.locator('[aria-labelledby=exceptions-title] .empty-state').waitFor();
    expect(await page.locator('nav a[href="/administration/level"]').count()).toBe(0);
    await page.context().close();
  });

  it('asks whoever uses it for a one-time code on the way to the desktop', async () => {
    const { page, scene } = await pages.open({ signedIn: true });
    scene.refusals.set('POST /api/leases', { code: 'step-up-required', reasons: ['step-up-required'] });
    await page.goto('/');
    await page.locator('.card-ready .card-actions button').click();
    await page.locator('input[name=code]').fill(right.code);
    await page.keyboard.press('Enter');
    await eventually(() => expect(scene.calls.filter(({ call }) => call === 'POST /api/leases').length).toBe(2));
    await page.waitForURL('**/session/*');
    await page.context().close();
  });
});
