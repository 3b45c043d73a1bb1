import type { Page } from 'playwright-core';
import type { Board, Waiting } from '../../../gateway/http/schemas/index.ts';
import { eventually } from '../../support/eventually.ts';
import { checkStates, type PageState } from '../../support/page-states.ts';
import { busyBoard, offered, quietBoard, waitingPlace, yielding } from '../../support/web-double/queue.ts';
import { ids, leaseOn, officeScene, type Scene } from '../../support/web-double/scene.ts';
import { startWebPages, type WebPages } from '../../support/web-pages.ts';

let pages: WebPages;
beforeAll(async () => {
  pages = await startWebPages();
});
afterAll(() => pages.close());

const room = (places: readonly Waiting[], more: (scene: Scene) => void = () => undefined): Pick<PageState, 'signedIn' | 'prepare' | 'reach'> => ({
  signedIn: true,
  prepare: (scene) => {
    scene.waiting = [...places];
    more(scene);
  },
  reach: (page) => page.goto('/waiting').then(() => page.locator('main h1').first().waitFor()),
});
const onBoard = (board: Board): Pick<PageState, 'signedIn' | 'prepare' | 'reach'> => ({
  signedIn: true,
  prepare: (scene) => {
    scene.user = { ...scene.user, may: [...scene.user.may, 'level.view'] };
    scene.board = board;
  },
  reach: (page) => page.goto('/administration/board').then(() => page.locator('#board-seats-title').waitFor()),
});
const asks = (scene: Scene): void => {
  scene.desktops = scene.desktops.map((desktop) => ({ ...desktop, credentials: 'ask' }));
};
const yieldingSession = (scene: Scene): void => {
  scene.leases.set(ids.openLease, yielding(leaseOn(ids.mapPc, '都市計画図 端末', ids.openLease)));
};

/** Two duties that become due in so many minutes. */
const phasesOf = (one: number, other: number): Scene['phases'] =>
  [[ids.disaster, '災害対策本部', one] as const, [ids.counter, '窓口事務', other] as const].map(([dutyId, name, minutes]) => ({ dutyId, name, class: 'P2', dueAt: new Date(Date.now() + minutes * 60_000).toISOString(), due: minutes <= 0 }));

const unplaced = (place: Waiting): Waiting => {
  const { place: _place, waiting: _waiting, moreUrgent: _moreUrgent, ...rest } = place;
  return rest;
};

checkStates(
  [
    { name: 'waiting, with a range', ...room([waitingPlace()]) },
    { name: 'next, returning, at level 2', ...room([waitingPlace({ place: 1, returning: true, moreUrgent: 0, estimate: { kind: 'at-the-latest', by: new Date(Date.now() + 240_000).toISOString() } })], (scene) => (scene.user = { ...scene.user, level: { number: 2, level: '2', event: 'earthquake', reason: '地震' } })) },
    { name: 'waiting for work that is not due, nothing known', ...room([waitingPlace({ reasons: ['class-not-due', 'desktop-in-use'], lifted: true, dueAt: new Date(Date.now() + 9_000_000).toISOString(), estimate: { kind: 'unknown' }, freeing: [{ kind: 'desktop-free' }, { kind: 'class-due', at: new Date(Date.now() + 9_000_000).toISOString() }], help: [{ kind: 'ask', role: 'system-admin' }, { kind: 'site', sites: ['office', 'satellite-office'] }, { kind: 'level', level: '3' }] })]) },
    { name: 'a place that is being worked out', ...room([unplaced(waitingPlace())]) },
    { name: 'whose turn it is', ...room([offered()], asks) },
    { name: 'over', ...room([waitingPlace({ state: 'ended', endedBecause: 'not-seen', endedAt: new Date().toISOString() })]) },
    { name: 'over for a reason', ...room([waitingPlace({ state: 'ended', endedBecause: 'duty-not-held', endedAt: new Date().toISOString() })]) },
    { name: 'nobody waiting', ...room([]) },
    { name: 'the desktops of somebody who waits', ...room([waitingPlace()]), reach: (page) => page.goto('/').then(() => page.locator('.notice').first().waitFor()) },
    { name: 'duties of which one is due by now', ...room([], (scene) => (scene.phases = phasesOf(-5, 600))), reach: (page) => page.goto('/').then(() => page.locator('.notice').first().waitFor()) },
    { name: 'a session that yields', signedIn: true, prepare: yieldingSession, reach: (page) => page.goto(`/session/${ids.openLease}`).then(() => page.locator('.yield').waitFor()) },
    { name: 'the board on a bad day', ...onBoard(busyBoard()) },
    { name: 'the board on a quiet day', ...onBoard(quietBoard()) },
    { name: 'the board of a drill', ...onBoard({ ...busyBoard(), drill: { id: ids.lease, name: '秋の総合防災訓練' } }) },
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
const pathOf = (page: Page): string => new URL(page.url()).pathname;

describe('the waiting room', () => {
  it('is where one comes who finds no seat, and from where one is let in', async () => {
    const { page, scene } = await open((scene) => {
      scene.full = true;
      scene.waiting = [waitingPlace()];
    }, '/');
    await page.getByRole('button', { name: '防災課 自席パソコンを開く' }).click();
    await eventually(() => expect(pathOf(page)).toBe('/waiting'));
    expect(await page.locator('.waiting-place').innerText()).toContain('3番目');
    scene.full = false;
    scene.waiting = [offered()];
    await eventually(() => expect(pathOf(page)).toBe(`/session/${ids.lease}`), 15_000);
    await page.context().close();
  });

  it('waits for a press where the log-in of the desktop has to be typed', async () => {
    const { page } = await open((scene) => {
      asks(scene);
      scene.waiting = [offered()];
    }, '/waiting');
    await page.getByRole('button', { name: 'いま開く' }).click();
    await page.locator('input[name=desktop-username]').waitFor();
    expect(pathOf(page)).toBe('/waiting');
    expect(await page.title()).toContain('順番です');
    await page.context().close();
  });

  it('gives the place up after asking once more', async () => {
    const { page, scene } = await open((scene) => (scene.waiting = [waitingPlace()]), '/waiting');
    await page.getByRole('button', { name: '順番を取り消す' }).click();
    await page.locator('[role=alertdialog]').getByRole('button', { name: '取り消す' }).click();
    await page.getByText('ご自分で取り消しました。').waitFor();
    expect(scene.calls.filter(({ call }) => call.startsWith('DELETE /api/waiting/'))).toHaveLength(1);
    await page.context().close();
  });

  it('asks before a place for another desktop is given up', async () => {
    const { page, scene } = await open((scene) => {
      scene.refusals.set('POST /api/leases', { code: 'waiting-elsewhere' });
      scene.waiting = [waitingPlace()];
    }, '/');
    await page.getByRole('button', { name: '防災課 自席パソコンを開く' }).click();
    scene.full = true;
    await page.locator('[role=alertdialog]').getByRole('button', { name: 'こちらに替える' }).click();
    await eventually(() => expect(pathOf(page)).toBe('/waiting'));
    expect(scene.calls.findLast(({ call }) => call === 'POST /api/leases')?.body).toMatchObject({ changeWait: true });
    await page.context().close();
  });
});

describe('a session that yields', () => {
  it('says which duty needs the seat and how long is left, is extended once, and leads to the waiting room', async () => {
    const { page, scene } = await open(yieldingSession, `/session/${ids.openLease}`);
    const notice = page.locator('.yield');
    await notice.waitFor();
    expect(await notice.innerText()).toMatch(/業務「避難所の運営」（P1）/u);
    const before = await notice.locator('.yield-left').innerText();
    await eventually(async () => expect(await notice.locator('.yield-left').innerText()).not.toBe(before));
    await notice.getByRole('button').click();
    const dialog = page.locator('[role=dialog]');
    await dialog.locator('input').fill('起案を保存しています');
    await dialog.locator('button[type=submit]').click();
    await dialog.waitFor({ state: 'detached' });
    expect(await notice.getByRole('button').count()).toBe(0);

    scene.waiting = [waitingPlace({ returning: true, desktopId: ids.mapPc, name: '都市計画図 端末' })];
    scene.leases.set(ids.openLease, { ...scene.leases.get(ids.openLease)!, state: 'ended', endedAt: new Date().toISOString(), endedBecause: 'preempted', waitingId: scene.waiting[0]!.id });
    await page.reload();
    await eventually(() => expect(pathOf(page)).toBe('/waiting'));
    await page.getByText('同じ優先区分の中では先にご案内します').waitFor();
    await page.context().close();
  });
});

describe('a duty whose time comes while the page is open', () => {
  it('is told there, and called out', async () => {
    const { page, scene } = await open((scene) => (scene.phases = phasesOf(5, 600)), '/');
    await page.getByText('「災害対策本部」は').waitFor();
    // No sound card here: that it would be played is what counts.
    await page.evaluate("globalThis.played = 0; globalThis.AudioContext = function () { globalThis.played += 1; throw new Error('silent'); };");
    scene.phases = phasesOf(-1, 600);
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
    await page.getByText('「災害対策本部」の再開の時刻になりました').waitFor({ timeout: 75_000 });
    await eventually(async () => expect(await page.evaluate('globalThis.played')).toBe(1));
    await page.context().close();
  }, 100_000);
});
