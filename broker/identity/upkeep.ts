import { isOver, lapse } from './lapse.ts';
import { tellNoise } from './oidc/noise.ts';
import { clearSessions } from './oidc/session.ts';
import { clearTransactions } from './oidc/transactions.ts';
import { clearRefused, tellRefused } from './refused.ts';
import { endLapsed } from './sessions.ts';
import { reviewLimits, type ReviewDeps } from './sign-in-limits/review.ts';
import { clearThrottle } from './throttle/throttle.ts';
import { knownSince } from './known-browser.ts';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const BATCH = 200;
/** What was read is kept so long; the trail keeps what happened. */
const NOTICE_DAYS = 30;

/** What time does to sign-ins. Any number of processes may do it at once. */
export type SignInUpkeep = {
  /** Applies policy, level and roles to sign-ins that stand. To be called every second. */
  limits(): Promise<void>;
  /** Ends sign-ins whose time is over, and puts counted refusals on the trail. To be called every few seconds. */
  run(): Promise<void>;
  /** Clears away what nobody needs any more. To be called every hour or so. */
  clear(): Promise<void>;
};

export function createSignInUpkeep(deps: ReviewDeps): SignInUpkeep {
  const { database, clock, policy, trail } = deps;
  return {
    limits: () => reviewLimits(deps),

    async run() {
      const now = clock.now();
      const over = await database
        .selectFrom('sign_in')
        .where('ended_at', 'is', null)
        .where(isOver(now))
        .select(['id', 'last_seen_at as lastSeenAt', 'expires_at as expiresAt', 'idle_seconds as idleSeconds'])
        .limit(BATCH)
        .execute();
      for (const signIn of over) await endLapsed(deps, signIn.id, lapse(signIn, now)!);
      await tellRefused({ database, trail, now });
      await tellNoise({ database, trail, now });
    },

    async clear() {
      const now = clock.now();
      const yesterday = new Date(now.getTime() - DAY);
      await database.transaction().execute(async (transaction) => {
        await transaction.deleteFrom('authenticator').where('confirmed_at', 'is', null).where('created_at', '<', yesterday).execute();
        await transaction.deleteFrom('security_notice').where('read_at', '<', new Date(now.getTime() - NOTICE_DAYS * DAY)).execute();
        await transaction.deleteFrom('used_passkey_challenge').where('expires_at', '<', new Date(now.getTime() - HOUR)).execute();
        await transaction.deleteFrom('device_challenge').where('expires_at', '<', yesterday).execute();
        await transaction.deleteFrom('half_sign_in').where('expires_at', '<', yesterday).execute();
        await transaction.deleteFrom('known_browser').where('last_used_at', '<', knownSince(policy, now)).execute();
        await clearTransactions(transaction, now);
        await clearSessions(transaction, now);
        await clearRefused(transaction, now);
        await clearThrottle(transaction, { policy: policy.throttle, now });
      });
    },
  };
}
