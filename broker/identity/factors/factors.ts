import type { Factors } from '../../port.ts';
import { createNotices } from '../notices/notices.ts';
import { createIssueRecoveryCodes } from '../recovery/issue.ts';
import { createThrottle } from '../throttle/throttle.ts';
import { createAuthenticators } from './authenticators.ts';
import { createChangeFactors, createPrepareChange } from './change.ts';
import { createConfirmAuthenticator } from './confirm-authenticator.ts';
import type { FactorDeps } from './deps.ts';
import { createOwnFactors } from './own.ts';

/** What people do with their own factors once they are signed in. */
export function createFactors(given: Omit<FactorDeps, 'throttle'>): Omit<Factors, 'ofPerson' | 'reprove'> {
  const deps: FactorDeps = { ...given, throttle: createThrottle(given.policy.throttle) };
  const prepareChange = createPrepareChange(deps);
  const changeFactors = createChangeFactors(deps, prepareChange);
  return {
    own: createOwnFactors(deps),
    ...createAuthenticators(deps, changeFactors),
    confirmAuthenticator: createConfirmAuthenticator(deps, prepareChange),
    issueRecoveryCodes: createIssueRecoveryCodes(deps, changeFactors),
    ...createNotices(deps),
  };
}
