import type { Contradiction } from './contradiction.ts';
import type { Said } from './documents/index.ts';
import type { SignInLimitRules } from './policy.ts';

type Limits = Said['sign-in.yaml']['sign-in']['limits'];

export function signInLimitsOf({ idle, absolute, 'at-once': atOnce, 'warn-before': warnBefore, roles = {}, levels = {} }: Limits): SignInLimitRules {
  const narrower = Object.entries(roles).map(([role, { 'at-once': most, ...length }]) => [role, { ...length, ...(most !== undefined && { atOnce: most }) }] as const);
  return { usual: { idle, absolute, atOnce }, warnBefore, roles: Object.fromEntries(narrower), levels };
}

/** A limit that never counts was meant otherwise. */
export function* inSignInLimits({ 'sign-in.yaml': { 'sign-in': { limits } } }: Said): Iterable<Contradiction> {
  const wrong = (path: readonly PropertyKey[], cause: string): Contradiction => ({ file: 'sign-in.yaml', path: ['sign-in', 'limits', ...path], cause });
  const { roles = {}, levels = {} } = limits;
  if (limits.idle > limits.absolute) yield wrong(['idle'], 'longer than a sign-in lasts');
  const shortest = Math.min(...[limits, ...Object.values(roles)].flatMap(({ idle, absolute }) => [idle ?? Infinity, absolute ?? Infinity]));
  if (limits['warn-before'] >= shortest) yield wrong(['warn-before'], 'a warning before the sign-in begins: some limit is no longer than that');
  for (const [role, rules] of Object.entries(roles)) {
    for (const key of ['idle', 'absolute', 'at-once'] as const) if ((rules[key] ?? 0) > limits[key]) yield wrong(['roles', role, key], 'more than for everybody, so that it never counts');
    if ((rules.idle ?? 0) > (rules.absolute ?? Infinity)) yield wrong(['roles', role, 'idle'], 'longer than a sign-in lasts');
  }
  for (const [level, rules] of Object.entries(levels)) {
    for (const key of ['idle', 'absolute'] as const) if ((rules[key] ?? Infinity) < limits[key]) yield wrong(['levels', level, key], 'less than at level 0: a level lengthens');
    if ((rules.idle ?? 0) > (rules.absolute ?? limits.absolute)) yield wrong(['levels', level, 'idle'], 'longer than a sign-in lasts');
  }
}
