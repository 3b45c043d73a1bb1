export type Device = { readonly browser: Browser; readonly system: System };
export type Browser = 'edge' | 'chrome' | 'firefox' | 'safari' | 'unknown';
export type System = 'windows' | 'mac' | 'chromebook' | 'linux' | 'ipad' | 'iphone' | 'android' | 'unknown';

/** The first that matches wins: every browser also names the ones it descends from. */
const browsers: readonly (readonly [RegExp, Browser])[] = [
  [/\bEdg(?:e|A|iOS)?\//u, 'edge'],
  [/\b(?:Firefox|FxiOS)\//u, 'firefox'],
  [/\b(?:Chrome|CriOS|Chromium|HeadlessChrome)\//u, 'chrome'],
  [/\bVersion\/[\d.]+.*\bSafari\//u, 'safari'],
];
const systems: readonly (readonly [RegExp, System])[] = [
  [/\biPad\b/u, 'ipad'],
  [/\biPhone\b/u, 'iphone'],
  [/\bAndroid\b/u, 'android'],
  [/\bCrOS\b/u, 'chromebook'],
  [/\bWindows\b/u, 'windows'],
  [/\bMac(?:intosh|\s?OS)/u, 'mac'],
  [/\bLinux\b/u, 'linux'],
];

/** Browser and kind of device that a user agent header claims. Good for a person's memory, never for a decision. */
export function deviceOf(userAgent: string): Device {
  const first = <Name>(table: readonly (readonly [RegExp, Name])[]): Name | undefined => table.find(([pattern]) => pattern.test(userAgent))?.[1];
  return { browser: first(browsers) ?? 'unknown', system: first(systems) ?? 'unknown' };
}
