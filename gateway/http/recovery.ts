import type { Broker, CompleteSignIn } from '../../broker/port.ts';
import { route, type Answer, type Route } from './route.ts';
import { RecoveryCodeTyped, SignInDone } from './schemas/index.ts';

/** The second step without a phone. */
export function recoveryRoutes({ signIns, done }: { signIns: Pick<Broker['signIns'], 'withRecoveryCode'>; done: (complete: CompleteSignIn) => Promise<Answer> }): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/sign-in/recovery-code',
      who: 'half-signed-in',
      summary: 'Second step: a printed recovery code, once. Factors cannot be changed in such a sign-in before the person has re-proved who it is.',
      accepts: { body: RecoveryCodeTyped },
      answers: { status: 200, schema: SignInDone },
      refusals: ['recovery-code-wrong', 'recovery-code-used', 'too-many-attempts'],
      handle: async ({ body, token, origin }) => done(await signIns.withRecoveryCode({ ...body, token, origin })),
    }),
  ];
}
