import type { Budget, ThrottlePolicy } from '../policy.ts';

export type Failures = { readonly count: number; readonly lastAt: Date };

/**
 * Seconds until an account (or a known browser) may be tried again after its consecutive failures.
 * @returns 0 when it may be tried now, Infinity when only a reset opens it again
 */
export function waitOf(failures: Failures | undefined, { free, firstWaitSeconds, longestWaitSeconds, most }: Budget, now: Date): number {
  if (!failures || failures.count < free) return 0;
  if (failures.count >= most) return Infinity;
  const wait = Math.min(longestWaitSeconds, firstWaitSeconds * 2 ** (failures.count - free));
  return Math.max(0, wait - secondsSince(failures.lastAt, now));
}

/**
 * Seconds until an address may try again. Its failures are forgotten one by one, so that an office's everyday mistakes
 * never add up.
 */
export function waitOfAddress(failures: Failures | undefined, policy: ThrottlePolicy['address'], now: Date): number {
  const excess = remembered(failures, policy, now) - policy.most;
  return excess < 0 ? 0 : Math.max(1, (excess * 60) / policy.forgottenPerMinute);
}

/** How many of an address's failures still count. */
export function remembered(failures: Failures | undefined, { forgottenPerMinute }: ThrottlePolicy['address'], now: Date): number {
  if (!failures) return 0;
  return Math.max(0, failures.count - (secondsSince(failures.lastAt, now) * forgottenPerMinute) / 60);
}

/** Never below 0: a clock that was put back lengthens a wait, it does not shorten one. */
function secondsSince(past: Date, now: Date): number {
  return Math.max(0, (now.getTime() - past.getTime()) / 1000);
}
