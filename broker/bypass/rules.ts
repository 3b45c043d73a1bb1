import { effectiveRank } from '../policy/level.ts';
import type { BypassRules, Policy } from '../policy/policy.ts';
import { Refusal, type LevelInForce, type PriorityClass, type Site } from '../port.ts';

/** Eight hours and fifteen minutes, whatever a policy says. */
const LONGEST = 28_800;
const LONGEST_REDEEM = 900;

/** Pure: whether a bypass is possible at this level. @throws Refusal `policy-missing`, `bypass-not-now` */
export function requirePossible(policy: Policy | undefined, level: Pick<LevelInForce, 'level' | 'provisional'>): BypassRules {
  if (policy === undefined) throw new Refusal('policy-missing');
  const { bypass } = policy;
  // A level that one person raised alone counts as for the work that it was raised for.
  if (bypass === undefined || effectiveRank(level, 'P0') < bypass.fromLevel) throw new Refusal('bypass-not-now');
  return { ...bypass, lasts: Math.min(bypass.lasts, LONGEST), redeemWithin: Math.min(bypass.redeemWithin, LONGEST_REDEEM) };
}

/** @throws Refusal `bypass-unsuitable` for somebody who holds no duty that a bypass is for */
export function requireDuty(rules: BypassRules, classes: readonly PriorityClass[]): void {
  if (!classes.some((held) => rules.classes.includes(held))) throw new Refusal('bypass-unsuitable');
}

/** @throws Refusal `bypass-limit-reached` */
export function requireRoom(rules: BypassRules, counted: { readonly open: number; readonly ofPersonToday: number }): void {
  if (counted.open >= rules.atOnce || counted.ofPersonToday >= rules.aPersonADay) throw new Refusal('bypass-limit-reached');
}

/** @throws Refusal `bypass-not-at-site` */
export function requireSite(rules: BypassRules, site: Site | undefined): Site {
  if (site === undefined || !rules.sites.includes(site)) throw new Refusal('bypass-not-at-site');
  return site;
}
