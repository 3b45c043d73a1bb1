import type { Code } from '../codes.ts';
import { hoursFor } from '../policy/duties.ts';
import { openings } from '../policy/hours.ts';
import { backAt } from '../policy/due.ts';
import { effectiveRank } from '../policy/level.ts';
import type { Policy } from '../policy/policy.ts';
import type { Help, Role, Site } from '../port.ts';
import { beginningOf, dayOf, daysAfter } from '../telework/japan-time.ts';
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
  'delegation-not-allowed': 'bcp-admin',
  'delegation-not-for-zone': 'bcp-admin',
  'site-unknown': 'system-admin',
  'residual-session': 'system-admin',
};
/** Rules about the work itself: whom to ask only where nothing else would work. */
const ASK_AT_LAST: Partial<Record<Code, Role>> = {
  'class-suspended': 'bcp-admin',
  'level-too-low': 'bcp-admin',
  'duty-not-teleworkable': 'bcp-admin',
  'duty-not-at-site': 'bcp-admin',
  'outside-hours': 'bcp-admin',
  'telework-days-used': 'bcp-admin',
  'zone-forbidden-at-site': 'bcp-admin',
  'registered-device-required': 'bcp-admin',
  'exception-required': 'bcp-admin',
  'bypass-not-for-class': 'bcp-admin',
};

/**
 * What would work instead, the nearest first: reading the rules, another duty of the person, a higher level, another site, a later time, a seat that becomes
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
  const back = backByItself(typed, better);
  // Nobody is advised to raise the level for what comes back by itself.
  const ways = [...acknowledging(typed, better), ...duties(typed, better), ...back, ...(back.length > 0 ? [] : levels(typed, better)), ...sites(typed, better), ...times(typed, reasons, better), ...(before === 'wait' ? [{ kind: 'seat' } as const] : [])];
  return [...ways, ...rolesFor(reasons, ASK), ...(ways.length === 0 ? rolesFor(reasons, ASK_AT_LAST) : [])];
}

type Better = (changed: Facts) => boolean;

function acknowledging(facts: Facts, better: Better): Help[] {
  return facts.acknowledged !== true && facts.policy?.telework?.acknowledgement !== undefined && better({ ...facts, acknowledged: true }) ? [{ kind: 'acknowledge' }] : [];
}

/** The first, where it is the hour or the days that stand in the way. */
function times(facts: Facts, reasons: readonly Code[], better: Better): Help[] {
  const { policy, duty, organisationName } = facts;
  if (policy === undefined || duty === undefined || !reasons.some((reason) => reason === 'outside-hours' || reason === 'telework-days-used')) return [];
  const hours = hoursFor(policy, { name: duty.name, organisationName });
  const later = hours === undefined ? midnights(facts.at) : openings(hours, policy.telework?.holidays ?? [], facts.at);
  const at = later.find((time) => better({ ...facts, at: time }));
  return at === undefined ? [] : [{ kind: 'time', at }];
}

/** Those of the next five weeks: a month's limit counts anew within them. */
function midnights(at: Date): readonly Date[] {
  const today = beginningOf(dayOf(at))!;
  return Array.from({ length: 35 }, (_, days) => daysAfter(today, days + 1));
}

function duties(facts: Facts, better: Better): Help[] {
  return facts.otherDuties.filter((duty) => better(withDuty(facts, duty))).map(({ id, name }) => ({ kind: 'duty', dutyId: id, name }));
}

/** When the class is let in again. */
function backByItself(facts: Facts, better: Better): Help[] {
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
