import type { Page } from 'playwright-core';
import { eventually } from '../../support/eventually.ts';
import { checkStates, type PageState } from '../../support/page-states.ts';
import { drillBoard, drillId, drillOver, drillUnderWay, partOf, runningDrill, type Running } from '../../support/web-double/drills.ts';
import { officeScene, type Scene } from '../../support/web-double/scene.ts';
import { startWebPages, type WebPages } from '../../support/web-pages.ts';

let pages: WebPages;
beforeAll(async () => {
  pages = await startWebPages();
});
afterAll(() => pages.close());

const runs = (scene: Scene): void => {
  scene.user = { ...scene.user, may: [...scene.user.may, 'level.view', 'drills.run'] };
};
const staff = (drill: Running | undefined, path = '/drill', shows = 'main h1'): Pick<PageState, 'signedIn' | 'prepare' | 'reach'> => ({
  signedIn: true,
  prepare: (scene) => {
    if (drill !== undefined) scene.drill = drill;
  },
  reach: (page) => page.goto(path).then(() => page.locator(shows).first().waitFor()),
});
const administrator = (path: string, shows: string, prepare: (scene: Scene) => void = () => undefined): Pick<PageState, 'signedIn' | 'prepare' | 'reach'> => ({
  signedIn: true,
  prepare: (scene) => {
    runs(scene);
    scene.drills = [drillUnderWay(), drillOver()];
    scene.drillBoard = drillBoard();
    prepare(scene);
  },
  reach: (page) => page.goto(path).then(() => page.locator(shows).first().waitFor()),
});

checkStates(
  [
    { name: 'the desktops during a drill', ...staff(runningDrill(), '/', '.drill-strip') },
    { name: 'taking part in a drill', ...staff(runningDrill(), '/drill', '.drill-form') },
    { name: 'waiting in a drill', ...staff(runningDrill(partOf()), '/drill', '.drill-part') },
    { name: 'seated in a drill', ...staff(runningDrill(partOf({ state: 'seated', reasons: [], admittedAfter: 1_320 })), '/drill', '.drill-part') },
    { name: 'yielding in a drill', ...staff(runningDrill(partOf({ state: 'yielding', reasons: [], yieldsAt: new Date(Date.now() + 45_000).toISOString(), yieldsTo: '避難所の運営', displaced: 1 })), '/drill', '.drill-part') },
    { name: 'no drill', ...staff(undefined) },
    { name: 'the list of drills', ...administrator('/administration/drills', '.table') },
    { name: 'no drill yet', ...administrator('/administration/drills', '.empty-state', (scene) => (scene.drills = [])) },
    { name: 'a drill under way', ...administrator(`/administration/drills/${drillId}`, '.seat-picture') },
    { name: 'the result of a drill', ...administrator(`/administration/drills/${drillOver().id}`, '.drill-chart') },
    {
      name: 'starting a drill',
      ...administrator('/administration/drills', '.empty-state', (scene) => (scene.drills = [])),
      reach: async (page) => {
        await page.goto('/administration/drills');
        await page.locator('.empty-state').waitFor();
        await page.locator('main .button').first().click();
        await page.getByRole('alertdialog').waitFor();
      },
    },
  ],
  () => pages,
);

const open = async (prepare: (scene: Scene) => void, path: string): Promise<{ page: Page; scene: Scene }> => {
  const scene = officeScene();
  prepare(scene);
  const { page } = await pages.open({ signedIn: true, scene });
  await page.goto(path);
  return { page, scene };
};
const callsOf = (scene: Scene, call: RegExp) => scene.calls.filter((one) => call.test(one.call));

describe('staff', () => {
  it('find the drill from any page, ask with the duty they choose, and leave again', async () => {
    const { page, scene } = await open((scene) => (scene.drill = runningDrill()), '/');
    await page.getByRole('link', { name: '訓練に参加する' }).click();
    await page.locator('select[name=duty]').selectOption({ index: 1 });
    await page.getByRole('button', { name: '訓練で席を求める' }).click();
    await page.locator('.drill-part-waiting').waitFor();
    const [asked] = callsOf(scene, /^POST \/api\/drills\/.*\/part$/);
    expect(asked?.body).toEqual({ desktopId: expect.any(String) as string, dutyId: scene.user.duties[1]!.id });

    await page.getByRole('button', { name: '訓練から抜ける' }).click();
    await page.locator('.drill-part-left').waitFor();
    await page.getByRole('button', { name: '訓練で席を求める' }).waitFor();
    await page.context().close();
  });

  it('are told why they would not be let in', async () => {
    const { page } = await open((scene) => {
      scene.drill = runningDrill();
      scene.refusals.set('POST /api/drills/*/part', { code: 'level-too-low', reasons: ['level-too-low'] });
    }, '/drill');
    await page.getByRole('button', { name: '訓練で席を求める' }).click();
    await page.locator('main .notice-error').waitFor();
    expect(await page.locator('main .notice-error').textContent()).toContain('SEK-1214');
    await page.context().close();
  });

  it('see nothing of it on the page where it has ended', async () => {
    const { page, scene } = await open((scene) => (scene.drill = runningDrill(partOf())), '/drill');
    await page.locator('.drill-part').waitFor();
    delete scene.drill;
    await page.getByRole('heading', { name: '進行中の訓練はありません' }).waitFor({ timeout: 10_000 });
    expect(await page.locator('.drill-strip').count()).toBe(0);
    await page.context().close();
  });
});

describe('administrators', () => {
  it('start one with what they typed, change its level and end it', async () => {
    const { page, scene } = await open((scene) => {
      runs(scene);
      scene.drillBoard = drillBoard();
    }, '/administration/drills');
    await page.getByRole('button', { name: '訓練を始める' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByRole('button', { name: 'この内容で始める' }).click();
    await dialog.getByText('入力してください。').waitFor();
    await dialog.getByLabel('訓練の名前').fill('秋の訓練');
    await dialog.getByLabel('席数').fill('0');
    await dialog.getByRole('button', { name: 'この内容で始める' }).click();
    await dialog.getByText('1から100000までの整数を入力してください。').waitFor();
    expect(callsOf(scene, /^POST \/api\/drills$/)).toEqual([]);
    await dialog.getByLabel('席数').fill('120');
    await dialog.getByRole('button', { name: 'この内容で始める' }).click();
    await page.locator('.seat-picture').waitFor();
    expect(callsOf(scene, /^POST \/api\/drills$/)[0]?.body).toEqual({ name: '秋の訓練', event: 'earthquake', level: '2', pace: 60, seats: 120, minutes: 30, turnout: 100, asksWithin: 3 });

    await page.getByRole('button', { name: '訓練のレベルを変える' }).click();
    await page.getByRole('alertdialog').locator('select[name=level]').selectOption('3');
    await page.getByRole('alertdialog').getByRole('button', { name: /訓練を.*にする/ }).click();
    await eventually(() => expect(scene.drills[0]?.levelNow).toBe('3'));
    await page.getByRole('button', { name: '訓練を終える' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: '訓練を終える' }).click();
    await page.getByRole('heading', { name: '結果' }).waitFor();
    await page.context().close();
  });

  it('who may only look see neither start nor end', async () => {
    const { page } = await open((scene) => {
      scene.user = { ...scene.user, may: [...scene.user.may, 'level.view'] };
      scene.drills = [drillUnderWay()];
      scene.drillBoard = drillBoard();
    }, `/administration/drills/${drillId}`);
    await page.locator('.seat-picture').waitFor();
    expect(await page.getByRole('button', { name: /訓練を/ }).count()).toBe(0);
    await page.context().close();
  });
});
