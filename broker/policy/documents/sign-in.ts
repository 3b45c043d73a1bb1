import { z } from 'zod';
import { signInLimits } from './sign-in-limits.ts';

/** sign-in.yaml: how people prove who they are, and for how long it holds. */
export const SignInDocument = z.strictObject({ 'sign-in': z.strictObject({ limits: signInLimits }) });
