import type { SignInLimitRules, SignInLimits } from '../../policy/index.ts';
import type { Level, Role } from '../../port.ts';

/** SP 800-63B-4, 2.2.3 (AAL2), in seconds: whatever a policy, a level or a row says, no sign-in is longer. */
export const LONGEST_IDLE = 3_600;
export const LONGEST_ABSOLUTE = 86_400;

/**
 * While there is no policy: enough to send everybody away and to put the policy right, for whoever signs in then. Sign-ins
 * that stand keep the limits they have.
 */
export const WITHOUT_POLICY: SignInLimitRules = { usual: { idle: 900, absolute: 3_600, atOnce: Infinity }, warnBefore: 60, roles: {}, levels: {} };

/** What holds for somebody with these roles: the strictest of what is said for everybody, which a level lengthens, and of what each role says. */
export function limitsOf({ usual, roles: narrower, levels }: SignInLimitRules, roles: readonly Role[], level: Level): SignInLimits {
  const everybody = { ...usual, ...levels[level] };
  const held = roles.map((role) => narrower[role] ?? {});
  const strictest = (key: keyof SignInLimits, longest: number) => Math.min(longest, everybody[key], ...held.map((own) => own[key] ?? Infinity));
  return { idle: strictest('idle', LONGEST_IDLE), absolute: strictest('absolute', LONGEST_ABSOLUTE), atOnce: strictest('atOnce', Infinity) };
}

/** The same at whichever level would let a sign-in last longest. */
export function longestLimitsOf(rules: SignInLimitRules, roles: readonly Role[]): SignInLimits {
  const all = (['0', ...Object.keys(rules.levels)] as Level[]).map((level) => limitsOf(rules, roles, level));
  return { idle: Math.max(...all.map(({ idle }) => idle)), absolute: Math.max(...all.map(({ absolute }) => absolute)), atOnce: all[0]!.atOnce };
}

export type Standing = { readonly at: Date; readonly expiresAt: Date; readonly endsBy: Date | null };

/**
 * When a sign-in that stands ends under these limits. What only a level had lengthened ends after a warning and no sooner; what the
 * policy or a role no longer allows at any level ends at once.
 * @param endsBy its own end, which no limit moves
 */
export function endOf({ at, expiresAt, endsBy }: Standing, now: { readonly limits: SignInLimits; readonly longest: SignInLimits; readonly warnBefore: number }, moment: Date): Date {
  const after = (from: Date, seconds: number) => from.getTime() + seconds * 1000;
  const plain = after(at, now.limits.absolute);
  const warned = Math.min(after(moment, now.warnBefore), expiresAt.getTime(), after(at, now.longest.absolute));
  return new Date(Math.min(Math.max(plain, warned), endsBy?.getTime() ?? Infinity));
}
