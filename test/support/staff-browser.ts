import { chromium, type BrowserContext, type CDPSession, type Page } from 'playwright-core';
import { browserFlags } from './web-pages.ts';
import type { Person } from './people.ts';

/** Where the product is, and what the person's authenticator shows. */
type Product = { readonly origin: string };
type Authenticator = { oneTimeCode(person: Account, steps?: number): string };
type Account = Pick<Person, 'username' | 'password' | 'totpSecret'>;

export type StaffBrowser = {
  /** A browser profile of its own. */
  context(options?: { language?: 'ja' | 'en'; width?: number; height?: number }): Promise<BrowserContext>;
  close(): Promise<void>;
};

/** Chromium in front of the real product. */
export async function startStaffBrowser(gateway: Product): Promise<StaffBrowser> {
  const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: browserFlags });
  return {
    context: ({ language = 'ja', width = 1024, height = 768 } = {}) =>
      browser.newContext({ baseURL: gateway.origin, ignoreHTTPSErrors: true, viewport: { width, height }, locale: language === 'ja' ? 'ja-JP' : 'en-US', reducedMotion: 'reduce' }),
    close: () => browser.close(),
  };
}

/** Signs in as a person does: by keyboard, one field after the other. A code counts once: a second time takes `steps` 1. */
export async function signIn(page: Page, gateway: Authenticator, person: Account, steps = 0): Promise<void> {
  await page.goto('/sign-in');
  for (const [name, value] of [['username', person.username], ['password', person.password]] as const) {
    await page.locator(`input[name=${name}]`).waitFor();
    await page.keyboard.type(value);
    await page.keyboard.press('Enter');
  }
  await page.locator('input[name=code]').waitFor();
  await page.keyboard.type(gateway.oneTimeCode(person, steps));
  await page.keyboard.press('Enter');
  await page.locator('.account-button').waitFor();
}

/** Opens a desktop from its card and waits for its picture. */
export async function openFromCard(page: Page, name: string): Promise<void> {
  await page.goto('/');
  await page.locator('.card', { hasText: name }).locator('.card-actions button').click();
  await page.locator('.session-view').waitFor();
  await page.locator('.session-connecting').waitFor({ state: 'detached', timeout: 30_000 });
  // A session that could not begin shows another page.
  await page.locator('.session-view').waitFor({ timeout: 1_000 });
}

/** The keyboard as hardware would press it, so that keys which Playwright does not know can be pressed. */
export function keyboardOf(page: Page) {
  let session: Promise<CDPSession> | undefined;
  const send = async (key: object) => {
    session ??= page.context().newCDPSession(page);
    for (const type of ['rawKeyDown', 'keyUp']) {
      await (await session).send('Input.dispatchKeyEvent', { type, ...key } as never);
      await page.waitForTimeout(40);
    }
  };
  return {
    /** Letters, digits and hyphens, at the speed of a quick typist. */
    type: (text: string) => page.keyboard.type(text, { delay: 40 }),
    press: (key: string) => page.keyboard.press(key, { delay: 40 }),
    /** 半角/全角 of a Japanese keyboard. */
    hankakuZenkaku: () => send({ key: 'ZenkakuHankaku', code: 'Backquote', windowsVirtualKeyCode: 244 }),
  };
}
