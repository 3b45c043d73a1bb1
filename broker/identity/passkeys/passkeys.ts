import type { Passkeys } from '../../port.ts';
import { createChangeFactors, createPrepareChange } from '../factors/change.ts';
import type { FactorDeps } from '../factors/deps.ts';
import { createThrottle } from '../throttle/throttle.ts';
import { createPasskeyRegistering } from './registering.ts';
import { createPasskeySignIn } from './sign-in.ts';
import { createPasskeyStepUp } from './step-up.ts';

/** Passkeys: the factor that no page of somebody else's can ask for. */
export function createPasskeys(given: Omit<FactorDeps, 'throttle'>): Passkeys {
  const deps: FactorDeps = { ...given, throttle: createThrottle(given.policy.throttle) };
  return { ...createPasskeySignIn(deps), ...createPasskeyRegistering(deps, createChangeFactors(deps, createPrepareChange(deps))), ...createPasskeyStepUp(deps) };
}
