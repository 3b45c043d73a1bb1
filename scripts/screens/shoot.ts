import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Language } from '../../broker/port.ts';

export const FOLDER = join(import.meta.dirname, '../../docs/screens');
const SIZES: readonly (readonly [width: number, height: number])[] = [
  [360, 740],
  [768, 1024],
  [1440, 900],
];

/** The page as it stands, at each width; from where `from` begins, if it is said. */
export async function shoot(page: Page, name: string, language: Language, from?: string): Promise<void> {
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height });
    await page.waitForTimeout(600);
    if (from !== undefined) await page.locator(from).evaluate((element) => (element as unknown as { scrollIntoView(): void }).scrollIntoView());
    await page.screenshot({ path: join(FOLDER, `${name}-${language}-${width}.png`) });
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}
