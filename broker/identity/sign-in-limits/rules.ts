import type { PolicySource, SignInLimitRules } from '../../policy/index.ts';
import { WITHOUT_POLICY } from './limits.ts';

/** What the policy says of limits, as it was last looked at. */
export type LimitRules = {
  /** For a sign-in that begins, within its transaction: nothing is waited for. */
  now(): SignInLimitRules;
  /** Looks anew. Undefined where there is no policy. To be called every second. */
  look(): Promise<SignInLimitRules | undefined>;
};

export function createLimitRules(policy: PolicySource): LimitRules {
  let known: SignInLimitRules | undefined;
  return {
    now: () => known ?? WITHOUT_POLICY,
    async look() {
      known = (await policy.current())?.signIn.limits;
      return known;
    },
  };
}
