import type { User } from '../../../gateway/http/schemas/index.ts';
import { toCode } from '../../support/to-code.ts';
import { right } from '../../support/web-double/api.ts';
import { bypass, bypassCode, bypassIds } from '../../support/web-double/bypass.ts';
import { officeScene, type Scene } from '../../support/web-double/scene.ts';
import { checkStates, type PageState } from '../../support/page-states.ts';
import { startWebPages, type OpenPage, type WebPages } from '../../support/web-pages.ts';
import type { Page } from 'playwright-core';

const hanako = { username: 'hanako.t', password: right.password };
let pages: WebPages;
beforeAll(async () => {
  pages = await startWebPages();
});
afterAll(() => pages.close());

const may: User['may'] = ['level.view', 'bypass.view', 'bypass.issue', 'bypass.approve', 'bypass.end'];
const openBypass = async (prepare: (scene: Scene) => void = () => undefined, path = '/administration/bypass', rights = may): Promise<OpenPage> => {
  const scene = officeScene();
  scene.user = { ...scene.user, may: rights };
  prepare(scene);
  const opened = await pages.open({ signedIn: true, scene });
  await opened.page.goto(path);
  return opened;
};
const sent = ({ scene }: OpenPage, call: string) => scene.calls.filter((one) => one.call === call).map(({ body }) => body);
const withoutPhone = (page: Page) => page.getByRole('button', { name: /スマートフォンが手元にない|no phone/iu }).click();
const toBypass = async (page: Page): Promise<void> => {
  await toCode(page, hanako);
  await withoutPhone(page);
  await page.locator('.way[aria-labelledby=way-bypass] button').click();
  await page.locator('input[name=bypass-code]').waitFor();
};

describe('signing in without a phone', () => {
  it('leads to the bypass, whose code may be typed in full width, and says afterwards what may be done', async () => {
    const { page, scene } = await pages.open();
    await toBypass(page);
    await page.locator('input[name=bypass-code]').fill('４７１-９３０');
    await page.keyboard.press('Enter');
    await page.locator('.field-error', { hasText: '10桁すべて' }).waitFor();
    expect(scene.calls.some(({ call }) => call === 'POST /api/sign-in/bypass')).toBe(false);
    await page.locator('input[name=bypass-code]').fill('４７１ー９３０ー６２５８');
    await page.keyboard.press('Enter');
    await page.locator('.notice', { hasText: '避難所バイパスで入っています' }).waitFor();
    expect(scene.calls.find(({ call }) => call === 'POST /api/sign-in/bypass')?.body).toEqual({ code: bypassCode });
    await page.context().close();
  });

  it('tells a wrong code with what to do, and keeps what was typed; and there is a way back', async () => {
    const { page } = await pages.open();
    await toBypass(page);
    await page.locator('input[name=bypass-code]').fill('0000000000');
    await page.keyboard.press('Enter');
    await page.locator('[role=alert]', { hasText: 'SEK-1541' }).waitFor();
    expect(await page.locator('input[name=bypass-code]').inputValue()).toBe('0000000000');
    await page.getByRole('button', { name: '前の画面に戻る' }).click();
    await page.locator('#way-bypass').waitFor();
    await page.getByRole('button', { name: '確認コードの入力に戻る' }).click();
    await page.locator('input[name=code]').waitFor();
    await page.context().close();
  });
});

describe('the shelter bypass', () => {
  it('is issued with everything that it takes, and waits for another person', async () => {
    const opened = await openBypass();
    const { page } = opened;
    await page.getByRole('button', { name: 'バイパスを発行' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.locator('input[name=search]').fill('高橋');
    await dialog.getByRole('button', { name: '発行する' }).click();
    expect(await dialog.locator('.field-error').count()).toBe(3);
    expect(sent(opened, 'POST /api/bypasses')).toEqual([]);
    await dialog.locator('input[name=shelter]').fill('第二中学校');
    await dialog.locator('input[name=reachedBy]').fill('防災無線 7番');
    await dialog.locator('textarea').fill('津波で携帯電話を失った');
    await dialog.getByRole('button', { name: '発行する' }).click();
    await page.getByRole('article', { name: '高橋 花子：第二中学校' }).waitFor();
    expect(sent(opened, 'POST /api/bypasses')).toEqual([{ personId: bypassIds.clerk, voucherId: bypassIds.manager, shelter: '第二中学校', reachedBy: '防災無線 7番', reason: '津波で携帯電話を失った' }]);
    expect(await page.getByRole('button', { name: '承認', exact: true }).count()).toBe(0);
    await page.context().close();
  });

  it('is approved after a word on what to check, asks for a fresh factor, and shows the code once', async () => {
    const opened = await openBypass((scene) => {
      scene.office.bypasses = [bypass(), ...scene.office.bypasses];
      scene.refusals.set('POST /api/bypasses/*/approval', { code: 'step-up-required' });
    });
    const { page } = opened;
    await page.getByRole('button', { name: '承認', exact: true }).click();
    expect(await page.getByRole('alertdialog').innerText()).toMatch(/渡辺 勇[\s\S]*自分で連絡し/u);
    await page.getByRole('button', { name: '承認して番号を表示' }).click();
    await page.locator('input[name=code]').fill(right.code);
    await page.keyboard.press('Enter');
    await page.locator('.bypass-code').waitFor();
    expect(await page.locator('.bypass-code span').allInnerTexts()).toEqual(['471', '930', '6258']);
    await page.getByRole('button', { name: '伝えたので閉じる' }).click();
    await page.getByRole('article').getByText('使用待ち').waitFor();
    expect(await page.locator('body').innerText()).not.toContain('6258');
    await page.context().close();
  });

  it('is ended with a reason by a security officer, who finds it under oversight', async () => {
    const opened = await openBypass((scene) => (scene.office.bypasses = [bypass({ state: 'in-use', usedAt: new Date().toISOString(), usedFrom: '10.40.7.12', until: new Date(Date.now() + 8 * 3_600_000).toISOString(), may: { approve: false, end: true } })]), '/oversight/bypass', ['sessions.view', 'bypass.view', 'bypass.end']);
    const { page } = opened;
    expect(await page.getByRole('button', { name: 'バイパスを発行' }).count()).toBe(0);
    await page.getByRole('button', { name: 'サインインを終わらせる' }).click();
    await page.getByRole('alertdialog').locator('textarea').fill('別人の疑い');
    await page.getByRole('alertdialog').getByRole('button', { name: 'サインインを終わらせる' }).click();
    await page.getByText('承認待ちや使えるバイパスはありません').waitFor();
    expect(sent(opened, `POST /api/bypasses/${bypassIds.bypass}/end`)).toEqual([{ reason: '別人の疑い' }]);
    await page.context().close();
  });

  it('is told to its person at the next sign-in and in the list', async () => {
    const { page } = await openBypass((scene) => {
      scene.user = { ...scene.user, previousSignIn: { at: new Date().toISOString(), address: '10.40.7.12', method: 'bypass' } };
    }, '/', ['desktops.use']);
    await page.locator('.notice', { hasText: '避難所バイパスが使われました' }).waitFor();
    await page.context().close();
  });
});

const rights = (scene: Scene): void => {
  scene.user = { ...scene.user, may };
};
const states: readonly PageState[] = [
  { name: 'sign-in without a phone', reach: async (page) => (await toCode(page, hanako), await withoutPhone(page), await page.locator('#way-bypass').waitFor()) },
  { name: 'bypass code', reach: toBypass },
  {
    name: 'bypasses',
    signedIn: true,
    prepare: (scene) => (rights(scene), (scene.office.bypasses = [bypass(), ...scene.office.bypasses])),
    reach: (page) => page.goto('/administration/bypass').then(() => page.getByRole('article').waitFor()),
  },
  {
    name: 'issuing a bypass',
    signedIn: true,
    prepare: rights,
    reach: async (page) => {
      await page.goto('/administration/bypass');
      await page.locator('.panel-head button').click();
      await page.getByRole('alertdialog').locator('input[name=shelter]').waitFor();
    },
  },
  {
    name: 'the code of a bypass',
    signedIn: true,
    prepare: (scene) => (rights(scene), (scene.office.bypasses = [bypass()])),
    reach: async (page) => {
      await page.goto('/administration/bypass');
      await page.getByRole('article').locator('button').first().click();
      await page.getByRole('alertdialog').locator('button[type=submit]').click();
      await page.locator('.bypass-code').waitFor();
    },
  },
];
checkStates(states, () => pages);
