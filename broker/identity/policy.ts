import { availableParallelism } from 'node:os';

/** Figures of signing in that no organisation decides: how long sign-ins last is in policies/sign-in.yaml. Injected, so that a test can use its own. */
export type SignInPolicy = {
  /** How long the second factor may be owed. */
  readonly halfSignInSeconds: number;
  /** Half-finished sign-ins that a person may have open at once; the oldest makes room. */
  readonly halfSignInsAtOnce: number;
  /** How often at most a sign-in is marked as seen. */
  readonly seenEverySeconds: number;
  /** Code points after NFKC. A second factor is always required, so 8 would do (SP 800-63B-4, 3.1.1.2). */
  readonly password: { readonly shortest: number; readonly longest: number };
  readonly throttle: ThrottlePolicy;
  /** A browser is forgotten when it was not used for so long. */
  readonly knownBrowserDays: number;
  /** Of one person; the one used least recently makes room. */
  readonly knownBrowsers: number;
  readonly hashing: {
    /** Passwords hashed at once; each takes 19 MiB and a core for some 40 ms. One core is left to those who are at work. */
    readonly atOnce: number;
    /** Tries that may wait for it. */
    readonly waiting: number;
    /** How long a try waits for its turn before it is told to ask again, with its place. */
    readonly patienceSeconds: number;
  };
  /** Tries whose budgets are looked up at once, so that a flood leaves the database's connections to those who are at work. */
  readonly lookUpsAtOnce: number;
};

export type ThrottlePolicy = {
  /** For tries on an account from all browsers that are not known together. */
  readonly account: Budget;
  /** For each known browser by itself. `account.most + knownBrowsers * browser.most` is what an account can suffer in a row. */
  readonly browser: Budget;
  /** For one IPv4 address or IPv6 /64. Generous: a town hall is one address. Known browsers are not measured by it. */
  readonly address: { readonly most: number; readonly forgottenPerMinute: number };
};

/** Consecutive failures: the first `free` cost nothing, then each wait is double the one before, and after `most` there is no other try until a reset. */
export type Budget = { readonly free: number; readonly firstWaitSeconds: number; readonly longestWaitSeconds: number; readonly most: number };

/** At most 40 + 4 × 15 = 100 consecutive failures on an account (SP 800-63B-4, 3.2.2). */
export const SIGN_IN_POLICY: SignInPolicy = {
  halfSignInSeconds: 10 * 60,
  halfSignInsAtOnce: 300,
  seenEverySeconds: 60,
  password: { shortest: 12, longest: 128 },
  throttle: {
    account: { free: 5, firstWaitSeconds: 1, longestWaitSeconds: 15 * 60, most: 40 },
    browser: { free: 5, firstWaitSeconds: 1, longestWaitSeconds: 15 * 60, most: 15 },
    address: { most: 300, forgottenPerMinute: 30 },
  },
  knownBrowserDays: 400,
  knownBrowsers: 4,
  hashing: { atOnce: Math.max(1, availableParallelism() - 1), waiting: 5_000, patienceSeconds: 15 },
  lookUpsAtOnce: 3,
};
