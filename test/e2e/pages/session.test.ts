import type { Page } from 'playwright-core';
import { eventually } from '../../support/eventually.ts';
import { ids } from '../../support/web-double/scene.ts';
import { pictureShown, startWebPages, type OpenPage, type PageOptions, type WebPages } from '../../support/web-pages.ts';

let pages: WebPages;
beforeAll(async () => {
  pages = await startWebPages();
});
afterAll(() => pages.close());

async function inSession(options: PageOptions = {}, before: (opened: OpenPage) => void = () => undefined): Promise<OpenPage> {
  const opened = await pages.open({ signedIn: true, ...options });
  before(opened);
  await opened.page.goto('/');
  await opened.page.locator('.card-ready .card-actions button').click();
  await pictureShown(opened.page);
  return opened;
}
const sent = ({ double }: OpenPage, opcode: string): string[][] => double.relay.received.filter(([name]) => name === opcode).map(([, ...rest]) => rest);
const box = (page: Page): Promise<{ width: number; height: number }> => page.evaluate('(({ width, height }) => ({ width, height }))(document.querySelector(".session-view > div").getBoundingClientRect())');
const message = (page: Page) => page.locator('.toast-text');

describe('the display', () => {
  it('fills the window, and asks for a new size when the window has come to rest', async () => {
    const opened = await inSession({ width: 1280, height: 800 });
    expect(await box(opened.page)).toEqual({ width: 1280, height: 800 });
    await opened.page.setViewportSize({ width: 1100, height: 700 });
    await opened.page.setViewportSize({ width: 1400, height: 900 });
    await eventually(() => expect(sent(opened, 'size')).toEqual([['1400', '900']]));
    await eventually(async () => expect(await box(opened.page)).toEqual({ width: 1400, height: 900 }));
    await opened.page.context().close();
  });

  it('is scaled to fit where the desktop keeps its own size', async () => {
    const { page } = await inSession({ width: 1280, height: 960 }, ({ double }) => {
      double.relay.resizes = false;
    });
    await eventually(async () => expect(await box(page)).toEqual({ width: 1280, height: 960 }));
    await page.setViewportSize({ width: 640, height: 600 });
    await eventually(async () => expect(await box(page)).toEqual({ width: 640, height: 480 }));
    await page.context().close();
  });

  it('sends the pointer in the desktop’s own pixels and never outside of it', async () => {
    const opened = await inSession({ width: 1280, height: 960 }, ({ double }) => {
      double.relay.resizes = false;
    });
    await eventually(async () => expect(await box(opened.page)).toEqual({ width: 1280, height: 960 }));
    await opened.page.mouse.move(640, 480);
    await opened.page.mouse.down();
    await opened.page.mouse.up();
    await eventually(() => expect(sent(opened, 'mouse')).toEqual(expect.arrayContaining([['512', '384', '1'], ['512', '384', '0']])));
    await opened.page.mouse.move(1279, 959);
    for (const [x, y] of sent(opened, 'mouse')) expect(Number(x) >= 0 && Number(x) < 1024 && Number(y) >= 0 && Number(y) < 768).toBe(true);
    await opened.page.context().close();
  });

  it('takes a touch for a click', async () => {
    const opened = await inSession({ width: 1280, height: 800, touch: true });
    await opened.page.touchscreen.tap(400, 300);
    await eventually(() => expect(sent(opened, 'mouse')).toEqual(expect.arrayContaining([['400', '300', '1'], ['400', '300', '0']])));
    await opened.page.context().close();
  });
});

describe('the keyboard', () => {
  it('lets go of what is held when the focus leaves', async () => {
    const opened = await inSession();
    await opened.page.keyboard.down('Control');
    await opened.page.keyboard.down('x');
    await eventually(() => expect(sent(opened, 'key').at(-1)).toEqual(['120', '1']));
    await opened.page.locator('.session-view').evaluate((view) => (view as unknown as { blur(): void }).blur());
    await eventually(() => {
      const held = new Set<string>();
      for (const [keysym, pressed] of sent(opened, 'key')) if (pressed === '1') held.add(keysym!);
      else held.delete(keysym!);
      expect([...held]).toEqual([]);
    });
    await opened.page.context().close();
  });

  it('passes on 変換, 無変換, 半角/全角 and かな as one stroke each', async () => {
    const opened = await inSession();
    for (const [key, code] of [['Convert', 'Convert'], ['NonConvert', 'NonConvert'], ['Zenkaku', 'Backquote'], ['HiraganaKatakana', 'KanaMode']]) {
      await opened.page.locator('.session-view').dispatchEvent('keydown', { key, code, bubbles: true });
      await opened.page.locator('.session-view').dispatchEvent('keyup', { key, code, bubbles: true });
    }
    await eventually(() => expect(sent(opened, 'key').map(([keysym]) => Number(keysym))).toEqual([0xff23, 0xff23, 0xff22, 0xff22, 0xff2a, 0xff2a, 0xff27, 0xff27]));
    await opened.page.context().close();
  });
});

describe('the keyboard of a tablet', () => {
  it('comes up with a field of its own, which passes on each letter and refuses what is pasted', async () => {
    const opened = await inSession({ width: 768, height: 1024, touch: true });
    const { page } = opened;
    await page.getByRole('button', { name: '画面キーボードで入力' }).tap();
    await page.locator('.sink-field:focus').waitFor();
    await page.keyboard.type('aZ');
    await page.keyboard.press('Backspace');
    await eventually(() => expect(sent(opened, 'key').filter(([, pressed]) => pressed === '1').map(([keysym]) => Number(keysym))).toEqual([0x61, 0x5a, 0xff08]));
    await page.keyboard.insertText('東');
    await eventually(() => expect(sent(opened, 'key').map(([keysym]) => Number(keysym))).toContain(0x0100_6771));
    const refused = await page.evaluate(`!document.activeElement.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true }))`);
    expect(refused).toBe(true);
    await eventually(async () => expect(await message(page).innerText()).toContain('貼り付けはできません'));
    await page.context().close();
  });
});

describe('taking in or out', () => {
  it.each(['paste', 'drop', 'copy', 'cut'])('by %s is refused at once, with the reason, and nothing is sent', async (kind) => {
    const opened = await inSession();
    const before = opened.double.relay.received.length;
    const refused = await opened.page.evaluate(`!document.querySelector('.session-view').dispatchEvent(new Event(${JSON.stringify(kind)}, { bubbles: true, cancelable: true }))`);
    expect(refused).toBe(true);
    await eventually(async () => expect(await message(opened.page).innerText()).toContain('禁止しています'));
    expect(opened.double.relay.received.slice(before).filter(([opcode]) => opcode !== 'nop' && opcode !== 'sync')).toEqual([]);
    await opened.page.keyboard.press('a');
    await eventually(() => expect(sent(opened, 'key').at(-1)).toEqual(['97', '0']));
    await opened.page.context().close();
  });

  it('is explained at the first Ctrl+V after coming back, while the desktop gets its keys', async () => {
    const opened = await inSession();
    await opened.page.keyboard.press('Control+v');
    await eventually(async () => expect(await message(opened.page).innerText()).toContain('貼り付け'));
    await eventually(() => expect(sent(opened, 'key').map(([keysym]) => keysym)).toContain('118'));
    await opened.page.context().close();
  });

  it('has no menu of the browser over the display', async () => {
    const opened = await inSession();
    expect(await opened.page.evaluate(`!document.querySelector('.session-view').dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }))`)).toBe(true);
    await opened.page.context().close();
  });
});

describe('the watermark', () => {
  const marks = (page: Page): Promise<number> => page.locator('canvas.watermark').count();
  it('covers the display, lets the pointer through, and comes back when it is removed or altered', async () => {
    const { page } = await inSession();
    expect(await marks(page)).toBe(1);
    const inked = 'const c = document.querySelector("canvas.watermark"); c.getContext("2d").getImageData(0, 0, c.width, c.height).data.some((value) => value > 0)';
    expect(await page.evaluate(`(() => { ${inked.replace('c.getContext', 'return c.getContext')} })()`)).toBe(true);
    expect(await page.evaluate('getComputedStyle(document.querySelector("canvas.watermark")).pointerEvents')).toBe('none');
    await page.evaluate('document.querySelector("canvas.watermark").remove()');
    await eventually(async () => expect(await marks(page)).toBe(1));
    await page.evaluate('document.querySelector("canvas.watermark").style.display = "none"');
    await eventually(async () => expect(await page.evaluate('getComputedStyle(document.querySelector("canvas.watermark")).display')).not.toBe('none'));
    await page.evaluate('document.querySelector("canvas.watermark").className = ""');
    await eventually(async () => expect(await marks(page)).toBe(1));
    await page.context().close();
  });
});

describe('the end of a session', () => {
  const end = async ({ page, scene, double }: OpenPage, status: string, because?: 'sign-in-ended' | 'lease-expired' | 'desktop-ended'): Promise<string> => {
    const lease = scene.leases.get(ids.lease)!;
    scene.leases.set(ids.lease, because === undefined ? { ...lease, state: 'parked' } : { ...lease, state: 'ended', endedBecause: because });
    double.relay.closeAll(1008, status);
    await page.locator('.alone-box').waitFor();
    return page.locator('h1').innerText();
  };

  it.each([
    ['522', 'lease-expired', '利用時間が終わりました'],
    ['523', 'sign-in-ended', 'サインインが終わったため、終了しました'],
    ['523', 'desktop-ended', 'デスクトップ側で終了しました'],
  ] as const)('is told as the lease has it: %s %s', async (status, because, title) => {
    const opened = await inSession();
    expect(await end(opened, status, because)).toBe(title);
    expect(await opened.page.getByRole('button').count()).toBe(0);
    expect(await opened.page.getByRole('link', { name: 'デスクトップの一覧へ' }).count()).toBe(1);
    await opened.page.context().close();
  });

  it('leaves a way back into a session that is parked', async () => {
    const opened = await inSession();
    expect(await end(opened, '519')).toBe('デスクトップにつながりません');
    await opened.page.getByRole('button', { name: 'つなぎ直す' }).click();
    await opened.page.locator('.session-view canvas').first().waitFor();
    expect(opened.double.relay.open()).toBe(1);
    await opened.page.context().close();
  });

  it('is told apart from a line that broke', async () => {
    const opened = await inSession();
    opened.double.relay.cutAll();
    await opened.page.locator('.alone-box').waitFor();
    expect(await opened.page.locator('h1').innerText()).toBe('接続が切れました');
    await opened.page.context().close();
  });

  it('is told in silence too: the line is called lost before it is given up', async () => {
    const opened = await inSession();
    await opened.page.locator('.bar-line-good').waitFor({ state: 'attached' });
    opened.double.relay.pingDelay = undefined;
    await opened.page.locator('.bar-line-lost').waitFor({ state: 'attached', timeout: 15_000 });
    await opened.page.context().close();
  });

  it('closes the line when one leaves the page', async () => {
    const opened = await inSession();
    expect(opened.double.relay.open()).toBe(1);
    await opened.page.goBack();
    await opened.page.locator('.card').first().waitFor();
    await eventually(() => expect(opened.double.relay.open()).toBe(0));
    expect(sent(opened, 'disconnect').length).toBe(1);
    await opened.page.context().close();
  });
});

describe('the bar', () => {
  it('gets out of the way, and comes back by its handle', async () => {
    const { page } = await inSession();
    await page.mouse.move(640, 600);
    await page.locator('.bar:not(.bar-open)').waitFor({ timeout: 15_000 });
    await page.locator('.bar-handle').click();
    await page.locator('.bar-open').waitFor();
    expect(await page.locator('.bar-body').innerText()).toMatch(/残り 7時間\d+分/u);
    await page.context().close();
  });
});
