import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { POLICY_FILES, SITES, type PolicyFileName } from '../../broker/policy/documents/index.ts';
import type { Access, Capacity, ClassRules, LevelRules, Need, Policy, Share } from '../../broker/policy/policy.ts';
import type { Site } from '../../broker/port.ts';

/** The policy that the product is shipped with. */
export const SHIPPED = join(import.meta.dirname, '../../policies');

/** For each file a new text, or what is to be put where in the shipped one. */
export type PolicyChanges = { readonly [Name in PolicyFileName]?: string | Readonly<Record<string, string>> };

/**
 * Writes a whole policy: the shipped files with changes.
 * @throws Error where a text that is to be replaced is not there
 */
export async function writePolicy(directory: string, changes: PolicyChanges = {}): Promise<void> {
  await mkdir(directory, { recursive: true });
  for (const [name, text] of Object.entries(await shippedTexts(changes))) await writeFile(join(directory, name), text);
}

/** The same as texts by name of file. */
export async function shippedTexts(changes: PolicyChanges = {}): Promise<Record<PolicyFileName, string>> {
  const texts = POLICY_FILES.map(async (name) => [name, changed(name, await readFile(join(SHIPPED, name), 'utf8'), changes[name])] as const);
  return Object.fromEntries(await Promise.all(texts)) as Record<PolicyFileName, string>;
}

function changed(name: string, shipped: string, change: string | Readonly<Record<string, string>> = {}): string {
  if (typeof change === 'string') return change;
  return Object.entries(change).reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`policies/${name} does not say ${JSON.stringify(from)}`);
    return text.replace(from, to);
  }, shipped);
}

const access = (needs: Need, liftedFrom?: 1 | 2 | 3): Access => ({ needs, liftedFrom });
const zone = (cells: Partial<Record<Site, Access>> = {}) => ({ ...(Object.fromEntries(SITES.map((site) => [site, access('allow')])) as Record<Site, Access>), ...cells });
const level = (rules: Partial<LevelRules> = {}): LevelRules => ({ expiresAfter: 86_400, warnBefore: [3_600], suspended: [], grace: 300, preempting: [], due: 'at-once', ...rules });
const priority = (target: number): ClassRules => ({ target, outsideFromLevel: 0 });

/** Nothing is limited, but for what is said. */
export const testCapacity = (limits: Partial<Capacity> = {}): Capacity => ({ total: undefined, shares: [], reserve: 0, surplusKeeps: 0, guacd: undefined, ...limits });
/** An hour idle, twelve in all, a minute's warning, and nothing narrower, but for what is said. */
export const testLimits = (rules: Partial<Policy['signIn']['limits']> = {}): Policy['signIn']['limits'] => ({ usual: { idle: 3_600, absolute: 43_200, atOnce: 50 }, warnBefore: 60, roles: {}, levels: {}, ...rules });
/** The most that organisations get, by name. */
export const shareOf = (name: string, most: number): Share => ({ path: [name], floor: 0, most });

/** Sites are told by the networks 10.0.0.0/24 (home) to 10.0.5.0/24 (other); the rest is as it is shipped, or nearly. */
export function testPolicy(overrides: Partial<Policy> = {}): Policy {
  const lifted = access('registered-device', 2);
  const forbid = access('forbid');
  return {
    version: 'a'.repeat(64),
    networks: SITES.map((site, index) => ({ site, ranges: [`10.0.${index}.0/24`], organisation: undefined })),
    everywhereElse: undefined,
    zones: {
      internet: zone(),
      lgwan: zone({ home: lifted, 'evacuation-site': lifted }),
      'my-number': zone({ home: forbid, 'evacuation-site': forbid, 'satellite-office': forbid, other: forbid, 'alternative-office': access('exception') }),
    },
    levels: {
      '0': level({ expiresAfter: undefined, warnBefore: [] }),
      '1': level(),
      '2': level({ suspended: ['PX'] }),
      '3': level({ suspended: ['PX'], grace: 60 }),
      R: level(),
    },
    classes: { P0: priority(0), P1: priority(10_800), P2: priority(86_400), P3: priority(259_200), P4: priority(1_209_600), P5: priority(2_592_000), PX: priority(2_592_000) },
    duties: [],
    capacity: testCapacity(),
    durations: { lease: 28_800, unused: 120, parking: 90, provisional: 7_200, proposal: 86_400, freshFactor: 600, deputy: 259_200, exception: 28_800, dueBefore: 3_600, ageing: 1_800, tenure: 900, extension: 180, sitDown: 180, placeKept: 1_800, absentAfter: 90 },
    signIn: { limits: testLimits() },
    ...overrides,
  };
}
