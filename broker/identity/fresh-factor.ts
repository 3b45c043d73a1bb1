import type { Clock } from '../environment.ts';
import type { Policy } from '../policy/policy.ts';
import { Refusal, type SignedIn } from '../port.ts';
import { provedOwnFactor } from './factors/may-change.ts';

/** Seconds that a second factor counts as fresh while no policy says so: sending everybody away shall work without one. */
export const FRESH_FACTOR_SECONDS = 300;

/**
 * For what a sign-in left open at a desk must not do. At its very age the factor is still fresh. One proved in the future
 * is measured alike, as after a clock was put back. A recovery code opens the door and is never fresh: it proves no factor
 * that the person holds.
 * @throws Refusal `step-up-required`; `bypass-may-not` where no factor of the person's own was proved, and none can be
 */
export function requireFreshFactor({ provedAt, method, since }: Pick<SignedIn, 'provedAt' | 'method' | 'since'>, policy: Pick<Policy, 'durations'> | undefined, clock: Clock): void {
  if (method === 'bypass') throw new Refusal('bypass-may-not');
  const age = Math.abs(clock.now().getTime() - provedAt.getTime()) / 1000;
  if (!provedOwnFactor({ provedAt, method, since }) || age > (policy?.durations.freshFactor ?? FRESH_FACTOR_SECONDS)) throw new Refusal('step-up-required');
}
