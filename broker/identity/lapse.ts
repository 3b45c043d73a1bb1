import { sql } from '../store/index.ts';

/** Why a sign-in is over by its own deadlines, whether or not anybody has ended it yet. A deadline is over at its very instant. */
export function lapse({ lastSeenAt, expiresAt, idleSeconds }: { lastSeenAt: Date; expiresAt: Date; idleSeconds: number }, now: Date): 'idle' | 'expired' | undefined {
  if (expiresAt <= now) return 'expired';
  return lastSeenAt.getTime() + idleSeconds * 1000 <= now.getTime() ? 'idle' : undefined;
}

/** Of rows of `sign_in`: the same in SQL. */
export const isIdle = (at: Date) => sql<boolean>`sign_in.last_seen_at + make_interval(secs => sign_in.idle_seconds) <= ${at}`;
export const isOver = (at: Date) => sql<boolean>`(sign_in.expires_at <= ${at} or ${isIdle(at)})`;
