import { AxeBuilder } from '@axe-core/playwright';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { ensureWebClient } from '../../scripts/setup/ensure-web-client.js';
import { officeScene, type Scene } from './web-double/scene.ts';
import { startWebDouble, type WebDouble } from './web-double/server.ts';

const root = join(import.meta.dirname, '../..');
/** Chromium asks nobody outside for anything. */
export const browserFlags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export type OpenPage = {
  readonly page: Page;
  readonly double: WebDouble;
  readonly scene: Scene;
  /** What the browser reported: breaches of the content security policy, faults of the page. */
  readonly reports: readonly string[];
};
export type PageOptions = { language?: 'ja' | 'en'; width?: number; height?: number; touch?: boolean; signedIn?: boolean; scene?: Scene };
export type WebPages = { open(options?: PageOptions): Promise<OpenPage>; close(): Promise<void> };

/** Chromium in front of the built web client, each page with a double of its own behind it. */
export async function startWebPages(): Promise<WebPages> {
  const dist = await builtPages();
  const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: browserFlags });
  const opened: WebDouble[] = [];
  return {
    open: async (options = {}) => {
      const scene = options.scene ?? officeScene();
      scene.user = { ...scene.user, language: options.language ?? 'ja' };
      scene.signedIn ||= options.signedIn ?? false;
      const double = await startWebDouble(dist, scene);
      opened.push(double);
      return { double, scene, ...(await openPage(browser, double.url, options)) };
    },
    close: async () => {
      await browser.close();
      await Promise.all(opened.map((double) => double.close()));
    },
  };
}

/** The web client as it is built, made anew first where its sources are newer. @returns its directory */
export async function builtPages(): Promise<string> {
  await ensureWebClient({ step: () => undefined, say: () => undefined });
  return join(root, 'web-client/dist');
}

/** Collects what the browser reports of this page: breaches of the content security policy, faults of the page. */
export function reportsOf(page: Page): readonly string[] {
  const reports: string[] = [];
  page.on('console', (message) => {
    if (/content security policy|trusted ?types|violates/iu.test(message.text())) reports.push(message.text());
  });
  page.on('pageerror', (error) => reports.push(error.message));
  return reports;
}

async function openPage(browser: Browser, baseURL: string, { language = 'ja', width = 1280, height = 800, touch = false }: PageOptions) {
  const context = await browser.newContext({ baseURL, viewport: { width, height }, locale: language === 'ja' ? 'ja-JP' : 'en-US', hasTouch: touch, reducedMotion: 'reduce' });
  const page = await context.newPage();
  return { page, reports: reportsOf(page) };
}

/** Waits until the first picture of the desktop is on the screen. */
export async function pictureShown(page: Page): Promise<void> {
  await page.locator('.session-view > div').waitFor({ state: 'attached' });
  await page.locator('.session-connecting').waitFor({ state: 'detached' });
}

/** What axe-core finds wrong with the page as it is now: the rule and the elements. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  const { violations, passes } = await new AxeBuilder({ page }).withTags(rules).analyze();
  if (passes.length < 5) throw new Error(`axe-core checked next to nothing (${passes.length} rules)`);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary ?? ''}`));
}
