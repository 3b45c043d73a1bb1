import type { Actor, Trail } from '../audit/index.ts';
import type { Clock, Ids } from '../environment.ts';
import type { SecretBox } from '../secret-box.ts';
import type { Database, Transaction } from '../store/index.ts';
import type { LocalSignIn } from './oidc/local-sign-in.ts';
import type { Passwords } from './password/passwords.ts';
import type { SignInPolicy } from './policy.ts';
import type { TrustedClock } from './server-clock/require.ts';
import type { LimitRules } from './sign-in-limits/rules.ts';
import type { Throttle } from './throttle/throttle.ts';

/**
 * Ends the open leases of a sign-in, a person or a person's duty, in the transaction of the fact that ends them and after
 * the statement that states it.
 */
type EndLeasesOf = (
  transaction: Transaction,
  which: { readonly signInId?: string; readonly personId?: string; readonly dutyId?: string },
  because: 'sign-in-ended' | 'account-disabled' | 'duty-not-held' | 'role-not-held',
  by: Actor & { readonly address?: string },
) => Promise<unknown>;

export type SignInsDeps = {
  readonly database: Database;
  readonly trail: Trail;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly secretBox: Pick<SecretBox, 'seal' | 'open'>;
  readonly passwords: Passwords;
  readonly policy: SignInPolicy;
  readonly endLeasesOf: EndLeasesOf;
  /** Whether people may sign in by password. Absent: everybody may. */
  readonly localSignIn?: LocalSignIn;
};

/** What the steps of a sign-in share. */
export type StepDeps = SignInsDeps & { readonly throttle: Throttle; readonly serverClock: TrustedClock; readonly limitRules: LimitRules };
