import type { Code } from '../codes.ts';
import { backAt } from '../policy/due.ts';
import { effectiveRank } from '../policy/level.ts';
import type { Policy } from '../policy/policy.ts';
import type { Help, Role, Site } from '../port.ts';
import type { Check } from './check.ts';
import type { Facts } from './facts.ts';
import { outcomeOf, reasonsOf } from './reasons.ts';
import { ADMISSION } from './table.ts';

/** Who can take the reason away, whatever else would work. */
const ASK: Partial<Record<Code, Role>> = {
  'policy-missing': 'system-admin',
  'account-disabled': 'system-admin',
  'role-not-held': 'system-admin',
  'entry-stopped': 'security-officer',
  'desktop-unknown': 'system-admin',
  'desktop-disabled': 'system-admin',
  'pool-unsuitable': 'system-admin',
  'desktop-not-assigned': 'system-admin',
  'duty-not-held': 'bcp-admin',
  'site-unknown': 'system-admin',
  'residual-session': 'system-admin',
};
/** Rules about the work itself: whom to ask only where nothing else would work. */
const ASK_AT_LAST: Partial<Record<Code, Role>> = {
  'class-suspended': 'bcp-admin',
  'level-too-low': 'bcp-admin',
  'duty-not-at-site': 'bcp-admin',
  'zone-forbidden-at-site': 'bcp-admin',
  'registered-device-required': 'bcp-admin',
  'exception-required': 'bcp-admin',
};

/**
 * What would work instead, the nearest first: another duty of the person, a higher level, another site, a seat that becomes
 * free, somebody to ask. Each is found by the same checks on facts changed so, and only one thing is changed at a time. A log-in
 * that is still to be typed stands in nobody's way.
 */
export function helpFor(facts: Facts, reasons: readonly Code[], table: readonly Check[] = ADMISSION): readonly Help[] {
  const outcome = outcomeOf(reasons);
  if (outcome === 'admit') return [];
  const typed: Facts = facts.credentials === 'missing' ? { ...facts, credentials: 'given' } : facts;
  const before = outcomeOf(reasonsOf(typed, table));
  const better = (changed: Facts): boolean => {
    const after = outcomeOf(reasonsOf(changed, table));
    return before === 'refuse' ? after !== 'refuse' : before === 'wait' && after === 'admit';
  };
  const later = times(typed, better);
  // Nobody is advised to raise the level for what comes back by itself.
  const ways = [...duties(typed, better), ...later, ...(later.length > 0 ? [] : levels(typed, better)), ...sites(typed, better), ...(before === 'wait' ? [{ kind: 'seat' } as const] : [])];
  return [...ways, ...rolesFor(reasons, ASK), ...(ways.length === 0 ? rolesFor(reasons, ASK_AT_LAST) : [])];
}

type Better = (changed: Facts) => boolean;

function duties(facts: Facts, better: Better): Help[] {
  return facts.otherDuties.filter((duty) => better(withDuty(facts, duty))).map(({ id, name }) => ({ kind: 'duty', dutyId: id, name }));
}

/** When the class is let in again. */
function times(facts: Facts, better: Better): Help[] {
  const { policy, level, duty, at: now } = facts;
  const at = policy && duty && backAt(policy, level, duty.class);
  return at !== undefined && at > now && better({ ...facts, at }) ? [{ kind: 'time', at }] : [];
}

/** The lowest that works. */
function levels(facts: Facts, better: Better): Help[] {
  const { duty } = facts;
  if (duty === undefined) return [];
  const level = (['1', '2', '3'] as const).find((level) => Number(level) > effectiveRank(facts.level, duty.class) && better(atLevel(facts, level)));
  return level === undefined ? [] : [{ kind: 'level', level }];
}

/** Of those that the networks of the policy can tell. */
function sites(facts: Facts, better: Better): Help[] {
  const found = facts.policy === undefined ? [] : knownSites(facts.policy, facts.organisationName).filter((site) => site !== facts.site && better(atSite(facts, site)));
  return found.length === 0 ? [] : [{ kind: 'site', sites: found }];
}

function knownSites({ networks, everywhereElse }: Policy, organisationName: string): readonly Site[] {
  const own = networks.filter(({ organisation }) => organisation === undefined || organisation === organisationName).map(({ site }) => site);
  const known = new Set(everywhereElse === undefined ? own : [everywhereElse, ...own]);
  return NEAREST.filter((site) => known.has(site));
}

/** `other` is nowhere that anybody could be sent to. */
const NEAREST: readonly Site[] = ['home', 'evacuation-site', 'satellite-office', 'alternative-office', 'office'];

function rolesFor(reasons: readonly Code[], table: Partial<Record<Code, Role>>): Help[] {
  const roles = new Set(reasons.map((reason) => table[reason]).filter((role) => role !== undefined));
  return [...roles].map((role) => ({ kind: 'ask', role }));
}

/** The same request for another duty of the person. */
export function withDuty(facts: Facts, duty: Facts['otherDuties'][number]): Facts {
  const others = facts.otherDuties.filter(({ id }) => id !== duty.id);
  return { ...facts, duty, otherDuties: facts.duty === undefined ? others : [...others, facts.duty] };
}

/** The same request once this level holds for everybody, for the same event. */
export function atLevel(facts: Facts, level: '1' | '2' | '3'): Facts {
  const { number, onset } = facts.level;
  return { ...facts, level: { number, level, since: facts.at, ...(onset && { onset }) } };
}

export function atSite(facts: Facts, site: Site): Facts {
  return { ...facts, site };
}
