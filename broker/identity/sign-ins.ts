import type { SignIns } from '../port.ts';
import { createEnrolment } from './enrolment.ts';
import { createHistory } from './history.ts';
import { createOwnSignIns, type SitesOf } from './own-sign-ins.ts';
import { createRedeeming } from './redeeming.ts';
import { createSessions } from './sessions.ts';
import { createStepUp, type StepUpDeps } from './step-up.ts';
import { createThrottle } from './throttle/throttle.ts';
import { createWithRecoveryCode } from './recovery/with-recovery-code.ts';
import { createWithPassword, type WithPasswordDeps } from './with-password.ts';
import { createWithTotp } from './with-totp.ts';

/** The broker's part of signing in: password, second factor, and what stands afterwards. */
export function createSignIns(deps: Omit<StepUpDeps, 'throttle'> & Pick<WithPasswordDeps, 'isListed'> & { readonly sitesOf: SitesOf }): SignIns {
  const steps = { ...deps, throttle: createThrottle(deps.policy.throttle) };
  return {
    withPassword: createWithPassword(steps),
    withTotp: createWithTotp(steps),
    withRecoveryCode: createWithRecoveryCode(steps),
    ...createEnrolment(steps),
    ...createRedeeming(steps),
    ...createSessions(deps),
    ...createOwnSignIns(deps),
    stepUp: createStepUp(steps),
    history: createHistory(deps),
  };
}
