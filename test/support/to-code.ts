import type { Page } from 'playwright-core';

/** Through username and password to where the one-time code is asked for. */
export async function toCode(page: Page, { username, password }: { readonly username: string; readonly password: string }): Promise<void> {
  await page.goto('/sign-in');
  for (const [name, value] of [['username', username], ['password', password]] as const) {
    await page.locator(`input[name=${name}]:not([readonly])`).fill(value);
    await page.keyboard.press('Enter');
  }
  await page.locator('input[name=code]').waitFor();
}
