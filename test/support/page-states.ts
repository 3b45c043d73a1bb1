import type { Page } from 'playwright-core';
import { eventually } from './eventually.ts';
import type { Scene } from './web-double/scene.ts';
import { accessibilityFaults, type WebPages } from './web-pages.ts';

/** A page in a state that looks different, and the way to it. */
export type PageState = { readonly name: string; readonly signedIn?: boolean; readonly prepare?: (scene: Scene) => void; readonly reach: (page: Page) => Promise<unknown> };

/** Tests of each state, in both languages. */
export function checkStates(states: readonly PageState[], pages: () => WebPages): void {
  describe.each(['ja', 'en'] as const)('in %s', (language) => {
    it.each(states)('$name: axe-core finds nothing, no policy is breached, nothing is cut off at 360 pixels and at 320 (400 %% zoom)', async ({ signedIn = false, prepare, reach }) => {
      const { page, scene, reports } = await pages().open({ language, signedIn });
      prepare?.(scene);
      await reach(page);
      expect(await page.locator('html').getAttribute('lang')).toBe(language);
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(reports).toEqual([]);
      for (const width of [360, 320]) {
        await page.setViewportSize({ width, height: 640 });
        await eventually(async () => expect(await overflow(page)).toBe(0));
      }
      await page.context().close();
    });
  });
}

/** Pixels that stick out to the side. */
function overflow(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}
