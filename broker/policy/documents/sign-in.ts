import { z } from 'zod';
import { oidc } from './oidc.ts';

/** sign-in.yaml: how people prove who they are, and for how long it holds. */
export const SignInDocument = z.strictObject({
  'sign-in': z.strictObject({
    oidc: oidc.exactOptional(),
  }),
});
