import { NEEDS, type Need } from './policy.ts';
import type { PolicyFileName, Said } from './documents/index.ts';
import { CLASSES } from './documents/parts.ts';
import { parseRange, rangeKey } from './ranges.ts';

export type Contradiction = { readonly file: PolicyFileName; readonly path: readonly PropertyKey[]; readonly cause: string };

/** What the files say that cannot hold together, although each of them can be read. */
export function contradictionsIn(said: Said): readonly Contradiction[] {
  return [...inNetworks(said), ...inLevels(said), ...inSuspensions(said), ...inClasses(said), ...inDuties(said), ...inCapacity(said)];
}

/** One range, of one organisation or of everybody, is one site. */
function* inNetworks({ 'access.yaml': { networks } }: Said): Iterable<Contradiction> {
  const sites = new Map<string, string>();
  for (const [index, { site, ranges, organisation }] of networks.entries()) {
    for (const [number, range] of ranges.entries()) {
      const key = JSON.stringify([rangeKey(parseRange(range)), organisation]);
      const other = sites.get(key) ?? site;
      if (other !== site) yield { file: 'access.yaml', path: ['networks', index, 'ranges', number], cause: `${range} is "${other}" already` };
      sites.set(key, other);
    }
  }
}

function* inLevels({ 'levels.yaml': { levels } }: Said): Iterable<Contradiction> {
  for (const [level, rules] of Object.entries(levels)) {
    const wrong = (key: string, cause: string): Contradiction => ({ file: 'levels.yaml', path: ['levels', level, key], cause });
    if (level === '0' && rules.suspended.length > 0) yield wrong('suspended', 'nothing is suspended at level 0');
    if (rules.suspended.includes('P0')) yield wrong('suspended', 'P0 is never suspended');
    const [urgent, spared] = [CLASSES.find((name) => rules.suspended.includes(name)), CLASSES.findLast((name) => !rules.suspended.includes(name))];
    if (urgent !== undefined && spared !== undefined && CLASSES.indexOf(spared) > CLASSES.indexOf(urgent)) yield wrong('suspended', `${urgent} is suspended and ${spared}, which is less urgent, is not`);
    if (!('expires-after' in rules)) continue;
    const expiresAfter = rules['expires-after'];
    if (rules.grace > expiresAfter) yield wrong('grace', 'longer than the level lasts');
    if (rules['warn-before'].some((seconds) => seconds >= expiresAfter)) yield wrong('warn-before', 'a warning before the level begins');
  }
}

/** What is suspended at a level is suspended at the ones above it. Recovery stands beside them. */
function* inSuspensions({ 'levels.yaml': { levels } }: Said): Iterable<Contradiction> {
  for (const [below, level] of [['1', '2'], ['2', '3']] as const) {
    const missing = levels[below].suspended.find((name) => !levels[level].suspended.includes(name));
    if (missing !== undefined) yield { file: 'levels.yaml', path: ['levels', level, 'suspended'], cause: `${missing} is suspended at level ${below}, and not here` };
  }
}

/** Less urgent work has a later target. Suspended work (PX) may share the last one. */
function* inClasses({ 'classes.yaml': { classes } }: Said): Iterable<Contradiction> {
  for (const [index, name] of CLASSES.entries()) {
    const before = CLASSES[index - 1];
    if (before === undefined) continue;
    const rises = name === 'PX' ? classes[name].target >= classes[before].target : classes[name].target > classes[before].target;
    if (!rises) yield { file: 'classes.yaml', path: ['classes', name, 'target'], cause: `not later than that of ${before}` };
  }
}

function* inDuties({ 'duties.yaml': { duties }, 'access.yaml': { zones } }: Said): Iterable<Contradiction> {
  const never = (need: { readonly needs: Need; readonly liftedFrom: unknown }) => need.needs === NEEDS.at(-1) && need.liftedFrom === undefined;
  const known = new Set<string>();
  for (const [index, { name, organisation, sites }] of duties.entries()) {
    const key = JSON.stringify([name, organisation]);
    if (known.has(key)) yield { file: 'duties.yaml', path: ['duties', index, 'name'], cause: 'there are rules for this duty already' };
    known.add(key);
    const nowhere = sites !== undefined && sites.every((site) => Object.values(zones).every((zone) => never(zone[site])));
    if (nowhere) yield { file: 'duties.yaml', path: ['duties', index, 'sites'], cause: 'access.yaml forbids every zone at each of these sites' };
  }
}

function* inCapacity({ 'capacity.yaml': { seats } }: Said): Iterable<Contradiction> {
  const { total, reserve, organisations = {} } = seats;
  if (total === undefined && reserve > 0) yield { file: 'capacity.yaml', path: ['seats', 'reserve'], cause: 'a reserve of a total that is not there' };
  if (total === undefined) return;
  if (reserve > total) yield { file: 'capacity.yaml', path: ['seats', 'reserve'], cause: 'more than the total' };
  if (Object.values(organisations).reduce((sum, own) => sum + own, 0) > total) yield { file: 'capacity.yaml', path: ['seats', 'organisations'], cause: 'more than the total, together' };
}
