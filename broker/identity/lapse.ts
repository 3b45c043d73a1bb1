import type { SignInPolicy } from './policy.ts';

/** Why a sign-in is over by its own deadlines, whether or not anybody has ended it yet. A deadline is over at its very instant. */
export function lapse({ lastSeenAt, expiresAt }: { lastSeenAt: Date; expiresAt: Date }, policy: Pick<SignInPolicy, 'idleSeconds'>, now: Date): 'idle' | 'expired' | undefined {
  if (expiresAt <= now) return 'expired';
  return lastSeenAt <= idleSince(policy, now) ? 'idle' : undefined;
}

/** What was not seen after this is idle. */
export function idleSince({ idleSeconds }: Pick<SignInPolicy, 'idleSeconds'>, now: Date): Date {
  return new Date(now.getTime() - idleSeconds * 1000);
}
