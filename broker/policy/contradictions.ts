import type { Contradiction } from './contradiction.ts';
import { NEEDS, type Need, type Share } from './policy.ts';
import { inOidc } from './oidc.ts';
import { sharesOf } from './shares.ts';
import type { Said } from './documents/index.ts';
import { CLASSES } from './documents/parts.ts';
import { inSignInLimits } from './sign-in-limits.ts';
import { inTelework } from './telework-contradictions.ts';
import { parseRange, rangeKey } from './ranges.ts';

/** What the files say that cannot hold together, although each of them can be read. */
export function contradictionsIn(said: Said): readonly Contradiction[] {
  return [...inNetworks(said), ...inLevels(said), ...inSuspensions(said), ...inClasses(said), ...inDuties(said), ...inCapacity(said), ...inShares(said), ...inPhases(said), ...inStages(said), ...inReach(said), ...inTelework(said), ...inOidc(said), ...inSignInLimits(said)];
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
  const promised = Object.values(organisations).map((said) => (typeof said === 'number' ? said : (said.floor ?? 0)));
  if (promised.reduce((sum, own) => sum + own, 0) > total) yield { file: 'capacity.yaml', path: ['seats', 'organisations'], cause: 'more than the total, together' };
  const guaranteed = claimOf(tree(sharesOf(seats)));
  if (guaranteed > 0 && guaranteed + reserve > total) yield { file: 'capacity.yaml', path: ['seats', 'reserve'], cause: `the floors (${guaranteed}) and the reserve are more than the total` };
}

/** A floor above what its own or an enclosing share allows, and a share that is given twice. */
function* inShares({ 'capacity.yaml': { seats } }: Said): Iterable<Contradiction> {
  const where = [...Object.keys(seats.organisations ?? {}).map((name) => ['organisations', name]), ...(seats.units ?? []).map((_, index) => ['units', index])];
  const shares = sharesOf(seats);
  const known = new Set<string>();
  for (const [index, { path, floor, most = Infinity }] of shares.entries()) {
    const wrong = (cause: string): Contradiction => ({ file: 'capacity.yaml', path: ['seats', ...(where[index] ?? [])], cause });
    const key = JSON.stringify(path);
    if (known.has(key)) yield wrong('this unit has a share already');
    known.add(key);
    if (floor > most) yield wrong('a floor above the most that it gets');
    const within = claimOf(tree(shares.filter((other) => path.every((name, depth) => other.path[depth] === name)))) - floor;
    if (within > 0 && within + floor > most) yield wrong('the floors below it are more than the most that it gets');
  }
}

/** What a level says of preemption and of the phase clock. */
function* inPhases({ 'levels.yaml': { levels } }: Said): Iterable<Contradiction> {
  for (const [level, { suspended, preempting = [], due = 'at-once' }] of Object.entries(levels)) {
    const wrong = (key: string, cause: string): Contradiction => ({ file: 'levels.yaml', path: ['levels', level, key], cause });
    // A suspended P0 is a contradiction of its own.
    const idle = suspended.includes('P0') ? undefined : preempting.find((name) => suspended.includes(name));
    if (idle !== undefined) yield wrong('preempting', `${idle} is suspended here, so that nobody yields to it`);
    const unserved = CLASSES.find((name, index) => !preempting.includes(name as (typeof preempting)[number]) && preempting.some((other) => CLASSES.indexOf(other) > index));
    if (unserved !== undefined) yield wrong('preempting', `${unserved} is more urgent than what is named, and nobody yields to it`);
    if (due === 'by-target' && level === '0') yield wrong('due', 'there is no onset at level 0');
    if (typeof due === 'string') continue;
    let before = 0;
    for (const name of CLASSES) {
      const after = name === 'P0' ? undefined : due[name];
      if (after === undefined) continue;
      if (suspended.includes(name) && suspended.includes('PX')) yield wrong('due', `${name} is suspended here, and never becomes due`);
      if (after < before) yield wrong('due', `${name} becomes due before a class that is more urgent`);
      before = after;
    }
  }
}

/** What is more urgent comes back no later, and what is suspended does not come back. */
function* inStages({ 'levels.yaml': { levels } }: Said): Iterable<Contradiction> {
  const { stages = {}, suspended } = levels.R;
  let before = 0;
  for (const name of CLASSES) {
    const after = name === 'P0' ? 0 : (stages[name] ?? 0);
    const wrong = (cause: string): Contradiction => ({ file: 'levels.yaml', path: ['levels', 'R', 'stages'], cause });
    if (after > 0 && suspended.includes(name) && suspended.includes('PX')) yield wrong(`${name} is suspended here, and never comes back`);
    if (after < before) yield wrong(`${name} comes back before a class that is more urgent`);
    before = after;
  }
}

/** A rule that nothing can ever meet. */
function* inReach({ 'classes.yaml': { classes }, 'levels.yaml': { levels } }: Said): Iterable<Contradiction> {
  for (const name of CLASSES) {
    const from = classes[name]['outside-from-level'];
    const open = (['0', '1', '2', '3'] as const).slice(from).some((level) => !levels[level].suspended.includes(name));
    if (!open) yield { file: 'classes.yaml', path: ['classes', name, 'outside-from-level'], cause: `${name} is suspended at every level from there on: nobody could ever work outside` };
  }
}

/** Shares by path; each node claims the larger of its floor and of what is claimed below it. */
type Tree = { floor: number; readonly below: Map<string, Tree> };

function tree(shares: readonly Share[]): Tree {
  const root: Tree = { floor: 0, below: new Map() };
  for (const { path, floor } of shares) {
    let node = root;
    for (const name of path) {
      const next = node.below.get(name) ?? { floor: 0, below: new Map() };
      node.below.set(name, next);
      node = next;
    }
    node.floor = floor;
  }
  return root;
}

function claimOf({ floor, below }: Tree): number {
  return Math.max(floor, [...below.values()].reduce((sum, node) => sum + claimOf(node), 0));
}
