import type { ContinuityDeps } from '../continuity/deps.ts';
import type { StepDeps } from '../identity/deps.ts';

/** Of deciding in twos, and of the second step of a sign-in. */
export type BypassDeps = Omit<ContinuityDeps, 'policy'> & Omit<StepDeps, 'policy'> & Pick<ContinuityDeps, 'policy'> & { readonly signInPolicy: StepDeps['policy'] };
