import type { Page } from 'playwright-core';
import { right } from '../../support/web-double/api.ts';
import { eventually } from '../../support/eventually.ts';
import { pictureShown, startWebPages, type WebPages } from '../../support/web-pages.ts';

let pages: WebPages;
beforeAll(async () => {
  pages = await startWebPages();
});
afterAll(() => pages.close());

const mostStops = 40;
const focused = (page: Page) => page.locator('*:focus');
const focusedName = (page: Page): Promise<string> =>
  page.evaluate('(document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? "").trim()');

/** Walks on with one key until what has the focus is called so. */
async function goTo(page: Page, name: string | RegExp, key = 'Tab'): Promise<void> {
  const wanted = typeof name === 'string' ? (found: string) => found === name : (found: string) => name.test(found);
  const seen: string[] = [];
  for (let stop = 0; stop < mostStops; stop += 1) {
    const found = await focusedName(page);
    if (wanted(found)) return;
    seen.push(found.slice(0, 30));
    await page.keyboard.press(key);
  }
  throw new Error(`The keyboard does not reach ${String(name)}; it came past ${JSON.stringify(seen)}`);
}

async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

const texts = {
  ja: { back: 'ユーザー名を入れ直す', open: '防災課 自席パソコンを開く', duty: /これから行う業務|窓口事務/u, other: '災害対策本部', history: 'サインインの記録', end: /のサインインを終了する$/u, endConfirm: '終了する', account: /高橋 花子さん/u, signOut: 'サインアウト', english: 'English', stop: '終了', try: /分庁舎 予備機につながるか試す/u, move: /^この画面に移す：/u, moveConfirm: 'この画面に移す', back2: 'デスクトップに戻る' },
  en: { back: 'Change the username', open: 'Open 防災課 自席パソコン', duty: /What you are going to do|窓口事務/u, other: '災害対策本部', history: 'Sign-in history', end: /^End it: the sign-in of/u, endConfirm: 'End it', account: /Menu of/u, signOut: 'Sign out', english: '日本語', stop: 'End', try: /Try to connect to/u, move: /^Move it here:/u, moveConfirm: 'Move it here', back2: 'Back to the desktop' },
} as const;

describe.each(['ja', 'en'] as const)('by keyboard alone, in %s', (language) => {
  const t = texts[language];

  it('one signs in, with a way back, a mistake and full-width digits', async () => {
    const { page, scene } = await pages.open({ language });
    await page.goto('/');
    await page.locator('input[name=username]:focus').waitFor();
    await type(page, 'hanoko.t');
    await page.locator('input[name=password]:focus').waitFor();
    await goTo(page, t.back);
    await page.keyboard.press('Enter');
    await page.locator('input[name=username]:focus').waitFor();
    await page.keyboard.press('Control+A');
    await type(page, 'hanako.t');
    await page.locator('input[name=password]:focus').waitFor();
    await type(page, 'wrong');
    await page.locator('[role=alert]').waitFor();
    expect(await page.locator('[role=alert]').innerText()).toContain('SEK-1103');
    await page.locator('input[name=password]:focus').waitFor();
    await type(page, right.password);
    await page.locator('input[name=code]:focus').waitFor();
    await page.keyboard.insertText('２４６ ８１０');
    expect(await focused(page).inputValue()).toBe('246810');
    await page.keyboard.press('Enter');
    await page.locator('.card').first().waitFor();
    expect(scene.calls.filter(({ call }) => call === 'POST /api/sign-in').map(({ body }) => body['username'])).toEqual(['hanako.t', 'hanako.t']);
    expect(await page.locator('h1:focus').count()).toBe(1);
    await page.context().close();
  });

  it('one accepts an invitation and sets up the phone', async () => {
    const { page, scene } = await pages.open({ language });
    await page.goto('/welcome#one-time-token');
    await page.locator('input[name=new-password]:focus').waitFor();
    await type(page, 'short');
    expect(await page.locator('.field-error').innerText()).toContain('12');
    await page.keyboard.press('Control+A');
    await type(page, 'four unrelated words');
    await page.locator('svg.qr').waitFor();
    expect(page.url()).not.toContain('one-time-token');
    await page.locator('input[name=code]').focus();
    await type(page, right.code);
    await page.locator('.card').first().waitFor();
    expect(scene.calls.find(({ call }) => call === 'POST /api/invitations/redeem')?.body).toEqual({ token: 'one-time-token', password: 'four unrelated words' });
    await page.context().close();
  });

  it('one chooses a duty, opens the desktop, gets the keyboard back and ends', async () => {
    const { page, scene, double } = await pages.open({ language, signedIn: true });
    await page.goto('/');
    await page.locator('.card-ready').waitFor();
    await goTo(page, t.duty);
    await page.keyboard.press('Enter');
    await page.locator('[role=option]').first().waitFor();
    await goTo(page, t.other, 'ArrowDown');
    await page.keyboard.press('Enter');
    await goTo(page, t.open);
    await page.keyboard.press('Enter');
    await page.locator('.session-view:focus').waitFor();
    await pictureShown(page);
    expect(scene.calls.find(({ call }) => call === 'POST /api/leases')?.body['dutyId']).toBe(scene.user.duties[1]!.id);

    await page.keyboard.press('Tab');
    await page.keyboard.press('a');
    await eventually(() => expect(double.relay.received.filter(([opcode]) => opcode === 'key').map(([, keysym]) => Number(keysym))).toEqual([0xff09, 0xff09, 0x61, 0x61]));

    await page.keyboard.press('Control+Alt+Shift');
    await page.locator('.bar-body button:focus').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.session-view:focus').waitFor();
    await page.keyboard.press('Control+Alt+Shift');
    await page.locator('.bar-body button:focus').waitFor();
    await goTo(page, t.back2, 'ArrowRight');
    await page.keyboard.press('Enter');
    await page.locator('.session-view:focus').waitFor();
    await page.keyboard.press('Control+Alt+Shift');
    await page.locator('.bar-body button:focus').waitFor();
    await goTo(page, t.stop, 'ArrowRight');
    await page.keyboard.press('Enter');
    await page.locator('[role=alertdialog]').waitFor();
    await goTo(page, language === 'ja' ? '終了する' : 'End');
    await page.keyboard.press('Enter');
    await page.locator('.card-ready').waitFor();
    expect(scene.calls.map(({ call }) => call)).toContain(`DELETE /api/leases/7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0031`);
    await page.context().close();
  });

  it('one sends the keys that a keyboard or a browser lacks', async () => {
    const { page, double } = await pages.open({ language, signedIn: true });
    await page.goto('/');
    await page.locator('.card-ready').waitFor();
    await goTo(page, t.open);
    await page.keyboard.press('Enter');
    await pictureShown(page);
    await page.keyboard.press('Control+Alt+Shift');
    await page.locator('.bar-body button:focus').waitFor();
    double.relay.received.length = 0;
    await page.keyboard.press('Enter');
    await page.locator('[role=menuitem]').first().waitFor();
    await goTo(page, '半角/全角', 'ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('.session-view:focus').waitFor();
    await eventually(() => expect(double.relay.received.filter(([opcode]) => opcode === 'key')).toEqual([['key', `65322`, '1'], ['key', `65322`, '0']]));
    await page.context().close();
  });

  it('one gives the log-in of a desktop, and moves a session here', async () => {
    const { page, scene } = await pages.open({ language, signedIn: true });
    await page.goto('/');
    await page.locator('.card-unreachable').waitFor();
    await goTo(page, t.try);
    await page.keyboard.press('Enter');
    await page.locator('input[name=desktop-username]:focus').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('[role=dialog]').waitFor({ state: 'detached' });
    await goTo(page, t.try);
    await page.keyboard.press('Enter');
    await page.locator('input[name=desktop-username]:focus').waitFor();
    await page.keyboard.type('takahashi');
    await page.keyboard.press('Tab');
    await page.keyboard.type('desktop password');
    await page.keyboard.press('Enter');
    await page.locator('.session-view').waitFor();
    expect(scene.calls.find(({ call }) => call === 'POST /api/leases')?.body['credentials']).toEqual({ username: 'takahashi', password: 'desktop password' });

    await page.goto('/');
    await page.locator('.card-in-use-by-me').waitFor();
    await goTo(page, t.move);
    await page.keyboard.press('Enter');
    await page.locator('[role=alertdialog]').waitFor();
    await goTo(page, t.moveConfirm);
    await page.keyboard.press('Enter');
    await page.locator('.session-view').waitFor();
    const calls = scene.calls.map(({ call }) => call);
    expect(calls.lastIndexOf('POST /api/leases')).toBeGreaterThan(calls.indexOf('DELETE /api/leases/7d0c1c9e-2b53-4d0e-9b5e-0a8f6d3f0032'));
    await page.context().close();
  });

  it('one ends another sign-in, changes the language and signs out', async () => {
    const { page, scene } = await pages.open({ language, signedIn: true });
    await page.goto('/');
    await page.locator('.shell-nav').waitFor();
    await goTo(page, t.history);
    await page.keyboard.press('Enter');
    await page.locator('h1:focus').waitFor();
    await page.locator('.sign-in').first().waitFor();
    await goTo(page, language === 'ja' ? /のサインインを終了する/u : t.end);
    await page.keyboard.press('Enter');
    await page.locator('[role=alertdialog]').waitFor();
    await goTo(page, t.endConfirm);
    await page.keyboard.press('Enter');
    await page.locator('[role=alertdialog]').waitFor({ state: 'detached' });
    expect(scene.signIns[1]!.endedAt).toBeDefined();
    await goTo(page, t.english, 'Shift+Tab');
    await page.keyboard.press('Enter');
    await eventually(async () => expect(await page.locator('html').getAttribute('lang')).toBe(language === 'ja' ? 'en' : 'ja'));
    await eventually(() => expect(scene.user.language).toBe(language === 'ja' ? 'en' : 'ja'));
    const other = texts[language === 'ja' ? 'en' : 'ja'];
    await goTo(page, other.account);
    await page.keyboard.press('Enter');
    await page.locator('.account').waitFor();
    await goTo(page, other.signOut);
    await page.keyboard.press('Enter');
    await page.locator('input[name=username]').waitFor();
    expect(scene.signedIn).toBe(false);
    await page.context().close();
  });
});
