import type { Policy, SecondFactorRules } from '../../policy/policy.ts';
import type { StepUpDeps } from '../step-up.ts';

/** What changing factors needs beside what signing in does. */
export type FactorDeps = StepUpDeps & {
  /** As the policy says now; undefined where there is none: then what needs one is refused. */
  readonly secondFactors: () => Promise<SecondFactorRules | undefined>;
  /** What people type to reach this system, which passkeys are made for. */
  readonly publicOrigin: () => string;
  readonly policyInForce: () => Promise<Pick<Policy, 'durations'> | undefined>;
};
